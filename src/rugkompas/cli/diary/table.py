"""A table of many people's diaries through the command."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import ExitStack
from pathlib import Path

import polars as pl

from rugkompas.assess.follow_up_table import follow_up_table
from rugkompas.cli.one_person import TABLES, kind_of, opened, shown_name
from rugkompas.cli.say import RefusedError, Say, refused
from rugkompas.cli.table import REJECTED, WRITERS, results_stream
from rugkompas.cli.table_job import job
from rugkompas.cli.writing import whole_file
from rugkompas.people.columns import BadTable, Coded

READERS = {"csv": pl.read_csv, "jsonl": pl.read_ndjson, "parquet": pl.read_parquet}


def courses(
    say: Say,
    file: Path,
    format_: str | None,
    output: Path | None,
    on: dt.date | None,
    rejects: Path | None,
) -> int:
    """The course of every diary in a table. Returns the exit code: 0, or 3 when rows were
    rejected; the reasons stand in the rejects file, without the scores."""
    where = shown_name(file)
    kind = kind_of(file)
    if kind not in TABLES.values():
        raise refused("diary_table", where)
    wanted = job(file, str(kind), None, format_, output, (), rejects, _unused)
    table = _read(file, str(kind), where)
    try:
        found = follow_up_table(table, on=on, knowledge=say.knowledge, where=where)
    except BadTable as error:
        raise RefusedError([error.problem]) from None
    with ExitStack() as stack:
        target = stack.enter_context(results_stream(output))
        writer = WRITERS[wanted.written](target)
        writer.write(found.results.with_columns(pl.col(pl.Enum).cast(pl.String)))
        writer.close()
        if found.rejected:
            refuse = stack.enter_context(whole_file(wanted.rejects))
            for row, problems in sorted(found.rejected.items()):
                told = {"row": row + 1, "problems": [say.problem(p) for p in problems]}
                refuse.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    if output is not None:
        say.error(say("table_written", count=found.results.height, where=str(output)))
    if not found.rejected:
        wanted.rejects.unlink(missing_ok=True)
        return 0
    said = say(
        "table_rejected", count=len(found.rejected), rows=table.height, where=str(wanted.rejects)
    )
    say.error(said)
    return REJECTED


def _unused(_: Coded) -> pl.DataFrame:
    """A job finds results batch by batch; a diary is not cut into batches."""
    raise NotImplementedError


def _read(file: Path, kind: str, where: str) -> pl.DataFrame:
    with opened(file) as stream:
        try:
            options = {"infer_schema_length": None} if kind != "parquet" else {}
            table: pl.DataFrame = READERS[kind](stream, **options)  # type: ignore[operator]
        except (pl.exceptions.PolarsError, OSError, ValueError):
            raise refused("file_unreadable", where, format=kind.upper()) from None
    return table
