"""``rugkompas fhir questionnaire``: our questions as a Questionnaire."""

from __future__ import annotations

import click

from rugkompas.catalogue.load import LANGUAGES
from rugkompas.cli.fhir.shared import definition_command
from rugkompas.cli.say import Say
from rugkompas.fhir.questionnaire import questionnaire


def command(say: Say) -> click.Command:
    """``fhir questionnaire``: the language of ``say`` first, the others as translations."""
    languages = sorted(LANGUAGES, key=lambda language: language != say.language)
    return definition_command(
        "questionnaire", say, lambda day: questionnaire(say.knowledge, languages, on=day)
    )
