"""The pages of allauth, as pages of the site: our templates, our frame, our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.template import TemplateDoesNotExist
from django.template.backends.base import BaseEngine

from rugkompas.web.accounts.adapter import SAID
from rugkompas.web.codes import drawn
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import Words, framed, words

PAGES = {
    "account/login.html": "sign_in",
    "account/signup.html": "sign_up",
    "account/logout.html": "sign_out",
    "account/account_inactive.html": "closed",
    "account/confirm_email_verification_code.html": "code",
    "account/confirm_password_reset_code.html": "code",
    "account/email_change.html": "address",
    "account/password_change.html": "password",
    "account/password_reset.html": "forgotten",
    "account/password_reset_from_key.html": "password",
    "account/password_reset_from_key_done.html": "password_done",
    "account/reauthenticate.html": "again",
    "mfa/authenticate.html": "second_step",
    "mfa/reauthenticate.html": "again",
    "mfa/webauthn/reauthenticate.html": "again",
    "mfa/index.html": "second",
    "mfa/totp/activate_form.html": "app_on",
    "mfa/totp/deactivate_form.html": "app_off",
    "mfa/recovery_codes/index.html": "spare",
    "mfa/recovery_codes/generate.html": "spare_new",
    "mfa/webauthn/add_form.html": "key_add",
    "mfa/webauthn/authenticator_list.html": "keys",
    "mfa/webauthn/authenticator_confirm_delete.html": "key_remove",
    "mfa/webauthn/login.html": "key_sign_in",
}
"""What allauth calls a page -> our template. What is not here is not shown."""


class House(BaseEngine):
    """A template engine for Django that knows only those pages."""

    def __init__(self, params: dict[str, Any]) -> None:
        params = dict(params)
        params.pop("OPTIONS", None)
        super().__init__(params)

    def get_template(self, template_name: str) -> Any:
        if template_name not in PAGES:
            raise TemplateDoesNotExist(template_name, backend=self)
        return Page(f"account/{PAGES[template_name]}.html")


class Page:
    """One template, as Django wants it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def render(self, context: Mapping[str, Any], request: VisitRequest) -> str:
        """The page. ``errors`` holds what is wrong in its form, in our words."""
        t = words(request.language)
        given = {name: it for name, it in (context or {}).items() if name != "request"}
        forms = [it for it in (given.get("form"), given.get("webauthn_form")) if it is not None]
        errors = [error for form in forms for error in problems(form, t)]
        if "totp_url" in given:
            given["code_drawing"] = drawn(given["totp_url"])
        return framed(request, self._name, **given, errors=errors, said=told(request))


def told(request: VisitRequest) -> list[str]:
    """What the page before left to tell, once."""
    t, known = words(request.language), knowledge().words[request.language].web
    keys = request.session.pop(SAID, []) if request.session.get(SAID) else []
    return [t(f"account_{key}") for key in keys if f"account_{key}" in known]


def problems(form: BaseForm, t: Words) -> list[dict[str, str]]:
    """What is wrong in a form: the field, or ``form`` for all of it, and a sentence."""
    if not form.is_bound:
        return []
    return [
        {"field": "form" if name == "__all__" else name, "text": _sentence(name, str(it.code), t)}
        for name, data in form.errors.as_data().items()
        for it in data
    ]


def _sentence(field: str, code: str, t: Words) -> str:
    # allauth gives no code when two passwords differ: then the field has the sentence.
    for key in (f"account_wrong_{code}_{field}", f"account_wrong_{code}", f"account_wrong_{field}"):
        try:
            return t(key)
        except KeyError:
            continue
    return t("account_wrong_other")
