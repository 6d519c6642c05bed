"""``rugkompas fhir``: our questions, rules, answers and results as FHIR R4, and back."""

from __future__ import annotations

import click

from rugkompas.cli.app import group
from rugkompas.cli.say import Say

COMMANDS = {
    "questionnaire": "rugkompas.cli.fhir.questionnaire",
    "plan-definition": "rugkompas.cli.fhir.plan_definition",
    "terminology": "rugkompas.cli.fhir.terminology",
    "capability": "rugkompas.cli.fhir.capability",
    "response": "rugkompas.cli.fhir.response",
    "answers": "rugkompas.cli.fhir.answers",
    "assess": "rugkompas.cli.fhir.assess",
    "apply": "rugkompas.cli.fhir.apply",
    "populate": "rugkompas.cli.fhir.populate",
    "diary": "rugkompas.cli.fhir.diary",
}
"""Name -> module, in the order of ``--help``."""


def command(say: Say) -> click.Command:
    """``fhir`` in the language of ``say``."""
    return group("fhir", COMMANDS).speaks(say)
