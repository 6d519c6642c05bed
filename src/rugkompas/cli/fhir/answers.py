"""``rugkompas fhir answers``: a QuestionnaireResponse as our answers."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import output_option
from rugkompas.cli.fhir.shared import (
    check_target,
    fhir_command,
    outcome_option,
    refusals,
    resource,
    write,
)
from rugkompas.cli.say import Say
from rugkompas.fhir.answers import answers_from


def command(say: Say) -> click.Command:
    """``fhir answers`` in the language of ``say``."""

    def run(file: Path, output: Path | None, outcome: Path | None) -> None:
        check_target(file, output)
        with refusals(say, outcome):
            found = answers_from(resource(file), say.knowledge)
        write(say, found.answers, output)

    params = [one_person.file_argument(), output_option(), outcome_option()]
    return fhir_command("answers", say, run, params)
