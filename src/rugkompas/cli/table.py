"""A table of people through a command: batch by batch, results and rejects into whole files."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

import polars as pl

from rugkompas.assess.prognosis import URGENT
from rugkompas.assess.prognosis_table import prognosis_coded
from rugkompas.assess.table import assess_coded
from rugkompas.cli.begun import Far, making
from rugkompas.cli.one_person import opened
from rugkompas.cli.say import RefusedError, Say, is_coloured
from rugkompas.cli.table_job import Job, Places, Wanted
from rugkompas.people import columns, tables
from rugkompas.people.columns import BadTable
from rugkompas.people.files import FileError

COLUMNS = (
    "id", "urgency", "category", "complete", "rules", "course", "factors", "options_offered",
    "direction", "contact", "options_dropped",
)  # fmt: skip
"""The order of the result's columns; those of options are there unless they are not wanted."""
LOOKS_AHEAD = ("limited_3m", "limited_3m_lower", "limited_3m_upper")
REJECTED = 3
Hear = Callable[[int, float | None], None]
"""Told how many rows are done and, when known, which part of all, 0-1."""


def assessed(say: Say, day: dt.date, wanted: Wanted) -> Callable[[columns.Coded], pl.DataFrame]:
    """What finds the results of ``assess``."""

    def find(coded: columns.Coded) -> pl.DataFrame:
        found = assess_coded(
            coded, on=day, knowledge=say.knowledge, with_options=wanted.options
        ).results
        shown = found.select(name for name in COLUMNS if name in found.columns)
        return _with_prognosis(shown, coded, say) if wanted.prognosis else shown

    return find


def _with_prognosis(found: pl.DataFrame, coded: columns.Coded, say: Say) -> pl.DataFrame:
    """Empty where a call comes first."""
    chances = prognosis_coded(coded, say.knowledge).select(LOOKS_AHEAD)
    waits = pl.col("urgency").cast(pl.String).is_in(URGENT)
    return found.hstack(chances).with_columns(
        pl.when(~waits).then(pl.col(name)).alias(name) for name in LOOKS_AHEAD
    )


def run(say: Say, job: Job) -> int:
    """Find the result of every row. Returns the exit code: 0, or 3 when rows were rejected."""
    with progress(say) as hear:
        rows, rejected = carried_out(say, job, hear)
    return told(say, job.places, rows - rejected, rows, rejected)


def carried_out(say: Say, job: Job, hear: Hear) -> tuple[int, int]:
    """Write results and rejects of one table: (rows, rejected). The results appear last, so
    where they are, the table is done. A run that broke goes on where it was. Raises RefusedError,
    and then nothing was written."""
    where = "stdin" if str(job.file) == "-" else str(job.file)
    with ExitStack() as stack:
        stream = _stream(stack, job)
        made = stack.enter_context(making(say, job, stream))
        rows, rejected = made.far.rows, made.far.rejected
        if rows:
            say.error(say("table_goes_on", where=where, count=rows))
            hear(rows, made.far.done)
        elif made.is_other:
            say.error(say("table_starts_over", where=where))
        try:
            for batch in _batches(stream, say, job, where, made.far.after):
                found = job.find(batch.coded)
                rejects = [job.line(one) if job.line else _line(one, say) for one in batch.rejects]
                rows += found.height + len(rejects)
                rejected += len(rejects)
                made.add(found, rejects, Far(rows, rejected, batch.done, batch.after))
                hear(rows, batch.done)
            if not rows and not job.may_be_empty:
                raise FileError("no_rows", where)
        except (FileError, BadTable) as error:
            raise RefusedError([error.problem]) from None
        made.finish()
    return rows, rejected


def told(say: Say, places: Places, written: int, rows: int, rejected: int) -> int:
    """Say where everything is. written: rows of results; rejected: so many of the rows that came
    in. The exit code: 0, or 3 when rows were rejected."""
    if places.output is not None:
        say.error(say("table_written", count=written, where=str(places.output)))
    if not rejected:
        # One of an earlier run would speak of rows that are fine now.
        places.rejects.unlink(missing_ok=True)
        return 0
    say.error(say("table_rejected", count=rejected, rows=rows, where=str(places.rejects)))
    return REJECTED


def _stream(stack: ExitStack, job: Job) -> BinaryIO | None:
    """The table's bytes, until the stack is left; None when its values were read already."""
    if job.values is not None:
        return None
    stream: BinaryIO = stack.enter_context(opened(job.file))
    if job.kind == "jsonl" or stream.seekable():
        return stream
    # Columns are read in blocks, which a pipe cannot give; the copy has no name.
    copy: BinaryIO = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy


def _batches(
    stream: BinaryIO | None, say: Say, job: Job, where: str, after: tables.Mark
) -> Iterator[tables.Batch]:
    if stream is None:
        return tables.read_list(job.values or [], say.knowledge, where, job.ignore)
    if job.read is not None:
        return job.read(stream, where, after)
    return tables.read(stream, job.kind, say.knowledge, where, job.ignore, after)


def _line(reject: tables.Reject, say: Say) -> bytes:
    sentences = [say.problem(problem) for problem in reject.problems]
    told = {"row": reject.row, "id": reject.id, "problems": sentences}
    return json.dumps(told, ensure_ascii=False).encode(errors="replace") + b"\n"


@contextmanager
def progress(say: Say) -> Iterator[Hear]:
    """A bar on stderr that hears rows done and the part of the table read; only on a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _rows, _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, no_color=not is_coloured(sys.stderr))
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
                   console=console, transient=True)  # fmt: skip
    with bar:
        task = bar.add_task(say("table_rows", count=0), total=1.0)

        def hear(rows: int, done: float | None) -> None:
            total = None if done is None else 1.0
            bar.update(task, completed=done or 0, total=total,
                       description=say("table_rows", count=rows))  # fmt: skip

        yield hear
