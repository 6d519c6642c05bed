"""``rugkompas fhir response``: our answers as a QuestionnaireResponse."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import output_option
from rugkompas.cli.fhir.shared import check_target, fhir_command, refusals, subject_option, write
from rugkompas.cli.say import Say
from rugkompas.fhir.elements import reference
from rugkompas.fhir.response import response_from
from rugkompas.fhir.subject import subject_of


def command(say: Say) -> click.Command:
    """``fhir response`` in the language of ``say``."""

    def run(file: Path, output: Path | None, subject: str) -> None:
        check_target(file, output)
        answers = one_person.answers_of(file, None)
        with refusals(say):
            whom = subject_of({}, subject or None, "--subject")
            who = reference(whom) if whom else None
            made = response_from(answers, say.knowledge, subject=who)
        write(say, made, output)

    params = [one_person.file_argument(), output_option(), subject_option()]
    return fhir_command("response", say, run, params)
