"""The person of the example, and readers of what the outputs made of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rugkompas import assess
from rugkompas.assess import Assessment
from rugkompas.catalogue.load import FOLDER
from rugkompas.outputs.parts import Report, sentences
from rugkompas.people.files import yaml_value

DAY = dt.date(2026, 11, 25)
LANGUAGES = ("nl", "en")
EXAMPLE = FOLDER / "examples" / "author.yaml"


def author(**more: Any) -> Assessment:
    """The father of the example; an answer of None takes that answer away."""
    answers = {**yaml_value(EXAMPLE.read_text("utf-8"), EXAMPLE.name), **more}
    return assess(answers, on=DAY)


def tiers() -> dict[str, Assessment]:
    """The same father at every tier."""
    return {
        "planned": author(),
        "within_days": author(cancer="past"),
        "same_day": author(fever_or_chills="yes"),
        "emergency": author(saddle_change="new_or_changed"),
    }


def said(report: Report) -> str:
    """Everything that a report tells, one sentence to a line."""
    return "\n".join(sentences(report))
