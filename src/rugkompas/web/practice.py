"""Who runs the site. Without a practice it is a demonstration (hazard H-40)."""

from __future__ import annotations

from dataclasses import dataclass

from environs import Env

NAMES = ("OPERATOR", "CONTACT", "CLINICIAN", "COUNTRY")
COUNTRIES = ("NL",)
"""Countries of which the contacts and their numbers are in the knowledge (hazard H-16)."""


@dataclass(frozen=True, slots=True)
class Practice:
    """operator: name and address. contact: e-mail or phone for complaints and privacy.
    clinician: who signs for the rules. country: ISO 3166 code; its numbers are shown."""

    operator: str
    contact: str
    clinician: str
    country: str


def practice_from(env: Env) -> tuple[Practice | None, list[str]]:
    """(the practice in the settings, what is wrong with them). Half a practice is wrong."""
    found = {name: env.str(name, default="").strip() for name in NAMES}
    missing = [f"RUGKOMPAS_{name}" for name, value in found.items() if not value]
    if len(missing) == len(NAMES):
        return None, []
    if missing:
        return None, [
            f"{', '.join(missing)} not set, while other names of the practice are. Set all four "
            "(operator, contact, clinician, country), or none for a demonstration."
        ]
    if found["COUNTRY"] not in COUNTRIES:
        return None, [
            "RUGKOMPAS_COUNTRY has no phone numbers in the knowledge. "
            f"Choose one of: {', '.join(COUNTRIES)}."
        ]
    return Practice(**{name.lower(): value for name, value in found.items()}), []
