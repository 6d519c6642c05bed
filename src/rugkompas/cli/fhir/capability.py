"""``rugkompas fhir capability``: what we read and write."""

from __future__ import annotations

import click

from rugkompas.cli.fhir.shared import definition_command
from rugkompas.cli.say import Say
from rugkompas.fhir.capability import capability


def command(say: Say) -> click.Command:
    """``fhir capability`` in the language of ``say``."""
    return definition_command("capability", say, lambda _: capability(say.knowledge, say.language))
