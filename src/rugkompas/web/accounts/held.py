"""All that the server holds of one account, the diary apart: to read and to take along."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from rugkompas.web.accounts.models import Account, Consent, Session


def all_that_is_held(account: Account) -> dict[str, Any]:
    """Plain values under plain names. Of a password and of second factors stands there that
    they are, never the secret."""
    reminder = getattr(account, "reminder", None)
    return {
        "kind": "rugkompas_account",
        "format": 1,
        "email": account.email,
        "addresses": [
            {"email": it.email, "confirmed": it.verified}
            for it in EmailAddress.objects.filter(user=account).order_by("pk")
        ],
        "language": account.language,
        "made_on": account.made_on.isoformat(),
        "used_on": account.used_on.isoformat(),
        "warned_on": account.warned_on.isoformat() if account.warned_on else None,
        "consents": [
            {
                "purpose": it.purpose,
                "version": it.version,
                "language": it.language,
                "given_at": it.given_at.isoformat(),
                "ended_at": it.ended_at.isoformat() if it.ended_at else None,
            }
            for it in Consent.objects.filter(owner=account).order_by("pk")
        ],
        "reminder_weekday": reminder.weekday if reminder else None,
        "reminder_sent_on": str(reminder.sent_on) if reminder and reminder.sent_on else None,
        "second_factors": [
            {"kind": it.type, "made_at": it.created_at.isoformat()}
            for it in Authenticator.objects.filter(user=account).order_by("pk")
        ],
        "sessions": Session.objects.filter(owner=account).count(),
    }
