"""``rugkompas fhir populate``: what a record surely says, filled in beforehand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

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
from rugkompas.fhir.elements import instant_of
from rugkompas.fhir.populate import populate, sorted_out


def command(say: Say) -> click.Command:
    """``fhir populate`` in the language of ``say``."""

    def run(file: Path, output: Path | None, on: dt.date | None, outcome: Path | None) -> None:
        day = one_person.day_or_today(say.knowledge, on)
        check_target(file, output)
        with refusals(say, outcome):
            patient, conditions, observations = sorted_out(resource(file))
            made: Any = populate(
                patient,
                conditions,
                observations,
                knowledge=say.knowledge,
                on=day,
                authored=instant_of(moment(day)),
            )
        write(say, made, output)

    params = [one_person.file_argument(), output_option(), on_option(), outcome_option()]
    return fhir_command("populate", say, run, params)
