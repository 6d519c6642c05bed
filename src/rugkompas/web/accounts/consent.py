"""Consent: one for each purpose, under the exact text that was shown (hazard H-48)."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.utils import timezone

from rugkompas.web.accounts.models import Account, Consent
from rugkompas.web.cookies import LANGUAGES
from rugkompas.web.rules import knowledge

TEXTS = {
    "account": ("account_consent_account_1", "account_consent_account_2"),
    "diary": ("account_consent_diary_1", "account_consent_diary_2", "account_consent_diary_3"),
    "reminder": ("account_consent_reminder_1", "account_consent_reminder_2"),
}
"""Purpose -> the sentences of the site that somebody agrees to."""


@lru_cache(maxsize=len(TEXTS))
def version(purpose: str) -> str:
    """Names the text in all languages. Whoever changes a word asks everybody anew: that cannot
    be forgotten."""
    said = [
        knowledge().words[language].web[key] for language in LANGUAGES for key in TEXTS[purpose]
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def has_given(account: Account, purpose: str) -> bool:
    """They agreed to the text as it is now, and did not take it back."""
    given = Consent.objects.filter(owner=account, purpose=purpose, ended_at=None)
    return given.filter(version=version(purpose)).exists()


def give(account: Account, purpose: str, language: str) -> None:
    """They agree, in this language, to the text as it is now."""
    if not has_given(account, purpose):
        end(account, purpose)
        Consent.objects.create(
            owner=account, purpose=purpose, version=version(purpose), language=language
        )


def end(account: Account, purpose: str) -> None:
    """They take it back, or it is replaced: it counts no more from the next request on."""
    Consent.objects.filter(owner=account, purpose=purpose, ended_at=None).update(
        ended_at=timezone.now()
    )
