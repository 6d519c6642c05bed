"""A table of many people's diaries through the command."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

import polars as pl

from rugkompas.assess.follow_up_table import follow_up_table
from rugkompas.assess.patterns import Outcome
from rugkompas.cli.one_person import TABLES, kind_of, opened, shown_name
from rugkompas.cli.say import RefusedError, Say, refused
from rugkompas.cli.table import progress, told
from rugkompas.cli.table_job import places
from rugkompas.cli.table_writers import WRITERS, results_stream
from rugkompas.cli.writing import whole_file
from rugkompas.people.columns import BadTable
from rugkompas.people.problems import Problem

Found = tuple[pl.DataFrame, Mapping[int, list[Problem]]]
READERS = {"csv": pl.read_csv, "jsonl": pl.read_ndjson, "parquet": pl.read_parquet}


def courses(
    say: Say,
    file: Path,
    format_: str | None,
    output: Path | None,
    on: dt.date | None,
    rejects: Path | None,
) -> int:
    """The course of every diary in a table. Returns the exit code."""

    def find(table: pl.DataFrame, where: str) -> Found:
        found = follow_up_table(table, on=on, knowledge=say.knowledge, where=where)
        return found.results, found.rejected

    return _run(say, file, format_, output, rejects, find)


def patterns(
    say: Say,
    file: Path,
    format_: str | None,
    output: Path | None,
    outcome: Outcome,
    rejects: Path | None,
) -> int:
    """The patterns of every diary in a table. Returns the exit code."""
    from rugkompas.assess.patterns_table import patterns_table

    def find(table: pl.DataFrame, where: str) -> Found:
        with progress(say) as hear:
            found = patterns_table(table, outcome=outcome, where=where, progress=hear)
        return found.results, found.rejected

    return _run(say, file, format_, output, rejects, find)


def _run(
    say: Say,
    file: Path,
    format_: str | None,
    output: Path | None,
    rejects: Path | None,
    find: Callable[[pl.DataFrame, str], Found],
) -> int:
    """Read, find, write. The exit code: 0, or 3 when rows were rejected; the reasons stand in
    the rejects file, without the scores."""
    where = shown_name(file)
    kind = kind_of(file)
    if kind not in TABLES.values():
        raise refused("diary_table", where)
    wanted = places(file, format_, output, rejects)
    table = _read(file, str(kind), where)
    try:
        results, rejected = find(table, where)
    except BadTable as error:
        raise RefusedError([error.problem]) from None
    with ExitStack() as stack:
        target = stack.enter_context(results_stream(output))
        writer = WRITERS[wanted.written](target)
        writer.write(results.with_columns(pl.col(pl.Enum).cast(pl.String)))
        writer.close()
        if rejected:
            refuse = stack.enter_context(whole_file(wanted.rejects))
            for row, problems in sorted(rejected.items()):
                line = {"row": row + 1, "problems": [say.problem(p) for p in problems]}
                refuse.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return told(say, wanted, results.height, table.height, len(rejected))


def _read(file: Path, kind: str, where: str) -> pl.DataFrame:
    with opened(file) as stream:
        try:
            options = {"infer_schema_length": None} if kind != "parquet" else {}
            table: pl.DataFrame = READERS[kind](stream, **options)  # type: ignore[operator]
        except (pl.exceptions.PolarsError, OSError, ValueError):
            raise refused("file_unreadable", where, format=kind.upper()) from None
    return table
