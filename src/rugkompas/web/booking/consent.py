"""The text that a person agrees to, under a name that changes with every letter of it."""

from __future__ import annotations

import hashlib

from rugkompas.web.rules import knowledge

TEXTS = ("booking_agree", "booking_agree_text", "booking_share_lead", "booking_keep")


def consent_version(language: str) -> str:
    """Twelve digits of the SHA-256 of the sentences, with the language before them."""
    said = knowledge().words[language].web
    text = "\n".join(said[key] for key in TEXTS)
    return f"{language}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
