"""What allauth says and sends, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from rugkompas.web.accounts import mails, sealing
from rugkompas.web.middleware.log import log
from rugkompas.web.shown import words
from rugkompas.web.views.errors import error_page

SAID = "said"
"""Where a session keeps what the next page has to tell: names of sentences."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mails and messages of accounts, and what counts as one name that is guessed at."""

    def _get_login_attempts_cache_key(
        self,
        request: HttpRequest,  # noqa: ARG002
        **credentials: Any,
    ) -> str:
        """allauth counts per host, and the port in that header is whatever a guesser makes up:
        each one would be five more tries (hazard H-56)."""
        return str(credentials.get("email", "")).lower()

    def add_message(
        self,
        request: HttpRequest,
        level: int,  # noqa: ARG002
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",  # noqa: ARG002
        message: str | None = None,
    ) -> None:
        """Keep the name of the sentence for the next page; a name without one says nothing."""
        if message is not None:
            codes = [code for code, text in self.error_messages.items() if str(text) == message]
            key = f"wrong_{codes[0] if codes else 'other'}"
        else:
            key = f"said_{(message_template or '').rpartition('/')[2].removesuffix('.txt')}"
        request.session[SAID] = [*request.session.get(SAID, []), key]

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,  # noqa: ARG002
    ) -> EmailMessage:
        request = allauth_context.request
        return mails.written(
            template_prefix.rpartition("/")[2],
            email if isinstance(email, str) else email[0],
            request.language,
            site=request.get_host(),
            code=str(context.get("code", "")),
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises ImmediateHttpResponse when a mail with a code cannot be sent; of what was
        changed, a mail that fails changes nothing."""
        kind = template_prefix.rpartition("/")[2]
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            log.error("mail", error=type(error).__name__, at=kind)
            if kind not in mails.CHANGES:
                raise ImmediateHttpResponse(error_page(allauth_context.request, 503)) from None


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of second factors are sealed in the database."""

    def encrypt(self, text: str) -> str:
        return sealing.seal_secret(text)

    def generate_authenticator_name(self, user: object, type: object) -> str:  # noqa: ARG002
        return words(allauth_context.request.language)("account_key_named")

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_secret(encrypted_text)
