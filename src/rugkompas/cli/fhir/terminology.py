"""``rugkompas fhir terminology``: our code systems and our extension."""

from __future__ import annotations

import click

from rugkompas.catalogue.load import LANGUAGES
from rugkompas.cli.fhir.shared import definition_command
from rugkompas.cli.say import Say
from rugkompas.fhir.terminology import terminology


def command(say: Say) -> click.Command:
    """``fhir terminology``: the language of ``say`` first."""
    languages = sorted(LANGUAGES, key=lambda language: language != say.language)
    return definition_command("terminology", say, lambda _: terminology(say.knowledge, languages))
