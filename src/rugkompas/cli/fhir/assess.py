"""``rugkompas fhir assess``: one response becomes a bundle, an NDJSON of them a table or NDJSON."""

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
    subject_option,
    write,
)
from rugkompas.cli.one_person import TABLES
from rugkompas.cli.say import Say, refused
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.bundle import bundle

MANY = ".ndjson"


def command(say: Say) -> click.Command:
    """``fhir assess`` in the language of ``say``."""

    def run(
        file: Path,
        output: Path | None,
        on: dt.date | None,
        subject: str,
        outcome: Path | None,
        rejects: Path | None,
        options: bool,
    ) -> int:
        day = one_person.day_or_today(say.knowledge, on)
        if file.suffix.lower() == MANY:
            return _many(say, file, day, output, rejects, options)
        check_target(file, output)
        with refusals(say, outcome):
            found = answers_from(resource(file), say.knowledge)
        assessment = assess(found.answers, on=day, knowledge=say.knowledge)
        try:
            chosen = plan(assessment)
        except NotOffered as error:
            raise refused("fhir_not_offered", ", ".join(pick.id for pick in error.picks)) from None
        made = bundle(assessment, chosen, at=moment(day), language=say.language, subject=subject)
        write(say, made, output)
        return 0

    params = [
        one_person.file_argument(),
        output_option(),
        on_option(),
        subject_option(),
        outcome_option(),
        click.Option(["--rejects"], metavar="FILE", type=click.Path(path_type=Path)),
        click.Option(["--options/--no-options"], default=False),
    ]
    return fhir_command("assess", say, run, params)


def _many(
    say: Say,
    file: Path,
    day: dt.date,
    output: Path | None,
    rejects: Path | None,
    options: bool,
) -> int:
    from rugkompas.cli import table
    from rugkompas.cli.table_job import Job, Wanted, places
    from rugkompas.fhir.bulk import read
    from rugkompas.fhir.bulk_out import ObservationWriter, outcome_line

    if output is None or output.suffix.lower() not in (*TABLES, MANY):
        raise refused("fhir_no_ndjson", str(output or file))
    as_fhir = output.suffix.lower() == MANY
    rejects = rejects or output.with_suffix(f".rejects{MANY if as_fhir else '.jsonl'}")
    subjects: list[str] = []
    job = Job(
        file=file,
        kind="jsonl",
        values=None,
        places=places(file, None, output, rejects, {**TABLES, MANY: "fhir"}),
        ignore=(),
        find=table.assessed(say, day, Wanted(options and not as_fhir)),
        read=lambda stream, where: read(stream, say.knowledge, where, subjects),
        writer=(
            lambda stream: ObservationWriter(stream, subjects, say.knowledge, day, say.language)
        )
        if as_fhir
        else None,
        line=(lambda reject: outcome_line(reject, say.knowledge, say.language))
        if as_fhir
        else None,
    )
    return table.run(say, job)
