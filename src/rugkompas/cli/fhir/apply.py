"""``rugkompas fhir apply``: the rules, applied to one response: a CarePlan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.assess import assess
from rugkompas.assess.plan import NotOffered, plan
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
from rugkompas.cli.say import Say, refused
from rugkompas.fhir.answers import answers_from, place_of
from rugkompas.fhir.guideline import apply
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
            found = answers_from(response, say.knowledge)
            whom = subject_of(response, subject, "--subject")
        assessment = assess(found.answers, on=day, knowledge=say.knowledge)
        try:
            chosen = plan(assessment)
        except NotOffered as error:
            picks = ", ".join(pick.id for pick in error.picks)
            raise refused("fhir_not_offered", place_of(response, "picks"), picks=picks) from None
        at = moment(day)
        write(say, apply(assessment, chosen, at=at, language=say.language, subject=whom), output)

    params = [
        one_person.file_argument(),
        output_option(),
        on_option(),
        click.Option(["--subject"], metavar="REFERENCE", required=True),
        outcome_option(),
    ]
    return fhir_command("apply", say, run, params)
