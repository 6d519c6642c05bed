"""``rugkompas fhir assess``: a response becomes a bundle, NDJSON of them a table or NDJSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

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
    subject_option,
    write,
)
from rugkompas.cli.one_person import TABLES
from rugkompas.cli.say import Say, refused
from rugkompas.fhir.bundle import bundle
from rugkompas.fhir.operations import assessed_with_plan
from rugkompas.fhir.subject import subject_of

if TYPE_CHECKING:
    import polars as pl

    from rugkompas.cli.table_job import Job, Places
    from rugkompas.people.columns import Coded
    from rugkompas.people.tables import Batch, Mark, Reject

MANY, PACKED = ".ndjson", ".ndjson.gz"


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
        if file.is_dir():
            return _folder(say, file, day, output)
        if file.name.lower().endswith((MANY, PACKED)):
            return _many(say, file, day, output, rejects, options)
        check_target(file, output)
        with refusals(say, outcome):
            response = resource(file)
            whom = subject_of(response, subject or None, "--subject")
            found, plan = assessed_with_plan(response, say.knowledge, day)
        made = bundle(found, plan, at=moment(day), language=say.language, subject=whom)
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
    from rugkompas.cli.table_job import Wanted, asked, places

    if output is None or output.suffix.lower() not in (*TABLES, MANY):
        raise refused("fhir_no_ndjson", str(output or file))
    as_fhir = output.suffix.lower() == MANY
    rejects = rejects or output.with_suffix(f".rejects{MANY if as_fhir else '.jsonl'}")
    kept = places(file, None, output, rejects, {**TABLES, MANY: "fhir"})
    wanted = Wanted(options and not as_fhir)
    choices = asked(say, day, wanted, ())
    return table.run(say, _job(say, day, table.assessed(say, day, wanted), file, kept, choices))


def _folder(say: Say, folder_: Path, day: dt.date, output: Path | None) -> int:
    """A folder of NDJSON, as Bulk Data comes: observations, and on with the rest after a break."""
    from rugkompas.cli import folder, table
    from rugkompas.cli.table_job import Wanted

    find = table.assessed(say, day, Wanted(options=False))
    asked = {
        "knowledge": say.knowledge.version,
        "on": day.isoformat(),
        "language": say.language,
        "results": "observations",
    }

    def job(part: Path, kept: Places) -> Job:
        return _job(say, day, find, part, kept, asked)

    kinds = dict.fromkeys((MANY, PACKED), "fhir")
    parts = folder.Parts(kinds, asked, job, empty="fhir_folder_empty", rejects=MANY)
    return folder.run(say, folder_, output, parts)


def _job(
    say: Say,
    day: dt.date,
    find: Callable[[Coded], pl.DataFrame],
    file: Path,
    kept: Places,
    asked: Mapping[str, Any],
) -> Job:
    """One NDJSON of responses: into a table, or into observations when the places say so."""
    from rugkompas.cli.table_job import Job
    from rugkompas.fhir.bulk import read
    from rugkompas.fhir.bulk_out import ObservationWriter, outcome_line
    from rugkompas.fhir.packed import Unpacked

    subjects: list[str] = []
    packed = file.name.lower().endswith(PACKED)

    def batches(stream: BinaryIO, where: str, after: Mark) -> Iterator[Batch]:
        plain = cast(BinaryIO, Unpacked(stream, where)) if packed else stream
        return read(plain, say.knowledge, where, subjects, after)

    def writer(stream: BinaryIO) -> ObservationWriter:
        return ObservationWriter(stream, subjects, say.knowledge, day, say.language)

    def line(reject: Reject) -> bytes:
        return outcome_line(reject, say.knowledge, say.language)

    made = Job(file, "jsonl", None, kept, (), find, batches, asked=asked, may_be_empty=True)
    return replace(made, writer=writer, line=line) if kept.written == "fhir" else made
