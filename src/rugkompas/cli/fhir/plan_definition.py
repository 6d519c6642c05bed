"""``rugkompas fhir plan-definition``: the rules, and all that they lead to."""

from __future__ import annotations

import click

from rugkompas.cli.fhir.shared import definition_command
from rugkompas.cli.say import Say
from rugkompas.fhir.guideline import guideline


def command(say: Say) -> click.Command:
    """``fhir plan-definition`` in the language of ``say``."""
    return definition_command(
        "plan-definition", say, lambda day: guideline(say.knowledge, say.language, on=day)
    )
