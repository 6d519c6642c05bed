"""``rugkompas fhir apply``: the rules, applied to one response: a CarePlan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import output_option
from rugkompas.cli.fhir.shared import (
    check_target,
    fhir_command,
    moment,
    on_option,
    outcome_option,
    refusals,
    resource,
    write,
)
from rugkompas.cli.say import Say
from rugkompas.fhir.guideline import apply
from rugkompas.fhir.operations import assessed_with_plan
from rugkompas.fhir.subject import subject_of


def command(say: Say) -> click.Command:
    """``fhir apply`` in the language of ``say``."""

    def run(
        file: Path, output: Path | None, on: dt.date | None, subject: str, outcome: Path | None
    ) -> None:
        day = one_person.day_or_today(say.knowledge, on)
        check_target(file, output)
        with refusals(say, outcome):
            response = resource(file)
            whom = subject_of(response, subject, "--subject")
            found, plan = assessed_with_plan(response, say.knowledge, day)
        at = moment(day)
        write(say, apply(found, plan, at=at, language=say.language, subject=whom), output)

    params = [
        one_person.file_argument(),
        output_option(),
        on_option(),
        click.Option(["--subject"], metavar="REFERENCE", required=True),
        outcome_option(),
    ]
    return fhir_command("apply", say, run, params)
