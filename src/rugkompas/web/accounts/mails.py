"""The mails of accounts. None of them says anything about health, nor the name of the site, which
does: whoever looks along over a shoulder reads the name of a host (hazard H-43)."""

from __future__ import annotations

import datetime as dt

from django.core.mail import EmailMessage

from rugkompas.outputs.sentences import Voice
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words

CODES = (
    *("email_confirmation_signup", "email_confirmation", "password_reset_code"),
    *("account_already_exists", "unknown_account"),
)
"""Mails that somebody waits for. Each has a subject and a text of its own."""
CHANGES = (
    *("password_changed", "password_reset", "email_changed", "email_confirm"),
    *("totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed"),
    *("recovery_codes_generated",),
)
"""Something in the account changed: the same subject, and a line that says what."""


def written(kind: str, to: str, language: str, **values: str) -> EmailMessage:
    """A mail, not yet sent. values: ``site``, and what its sentences need besides."""
    t = words(language)
    if kind in CHANGES:
        subject = t("mail_changed_subject")
        parts = [t(f"mail_changed_{kind}"), t("mail_changed_not_you")]
    else:
        subject = t(f"mail_{kind}_subject", **values)
        parts = [t(f"mail_{kind}_text", **values)]
    body = "\n\n".join([*parts, t("mail_end", **values)])
    return EmailMessage(subject, body + "\n", to=[to])


def date(day: dt.date, language: str) -> str:
    """A day in words, as a mail or a page says it."""
    return Voice(knowledge(), language).date(day)
