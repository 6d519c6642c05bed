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
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import polars.selectors as cs
import pyarrow as pa
import pyarrow.parquet as pq

from rugkompas.assess.table import assess_coded
from rugkompas.cli.one_person import opened
from rugkompas.cli.say import RefusedError, Say, is_coloured
from rugkompas.cli.table_job import Job, Places
from rugkompas.cli.writing import whole_file
from rugkompas.people import columns, tables
from rugkompas.people.columns import BadTable
from rugkompas.people.files import FileError

LISTS = ("rules", "factors", "options_offered", "options_dropped")
COLUMNS = (
    "id", "urgency", "category", "complete", "rules", "course", "factors", "options_offered",
    "direction", "contact", "options_dropped",
)  # fmt: skip
"""The order of the result's columns; those of options are there unless they are not wanted."""
REJECTED = 3
_WORDS = pl.List(pl.String)


def assessed(say: Say, day: dt.date, with_options: bool) -> Callable[[columns.Coded], pl.DataFrame]:
    """What finds the results of ``assess``. with_options: also the columns of options, which
    take several times as long."""

    def find(coded: columns.Coded) -> pl.DataFrame:
        found = assess_coded(
            coded, on=day, knowledge=say.knowledge, with_options=with_options
        ).results
        return found.select(name for name in COLUMNS if name in found.columns)

    return find


def run(say: Say, job: Job) -> int:
    """Find the result of every row. Returns the exit code: 0, or 3 when rows were rejected."""
    where = "stdin" if str(job.file) == "-" else str(job.file)
    rejected, rows = 0, 0
    with ExitStack() as stack:
        stream = _stream(stack, job)
        target = stack.enter_context(results_stream(job.places.output))
        writer = (job.writer or WRITERS[job.places.written])(target)
        rejects: BinaryIO | None = None
        progress = stack.enter_context(_progress(say))
        try:
            for batch in _batches(stream, say, job, where):
                found = job.find(batch.coded)
                writer.write(_plain(found))
                rows += found.height + len(batch.rejects)
                rejected += len(batch.rejects)
                if batch.rejects and rejects is None:
                    rejects = stack.enter_context(whole_file(job.places.rejects))
                for reject in batch.rejects:
                    assert rejects is not None
                    rejects.write(job.line(reject) if job.line else _line(reject, say))
                progress(rows, batch.done)
        except (FileError, BadTable) as error:
            raise RefusedError([error.problem]) from None
        writer.close()
    return told(say, job.places, rows - rejected, rows, rejected)


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


def _batches(stream: BinaryIO | None, say: Say, job: Job, where: str) -> Iterator[tables.Batch]:
    if stream is None:
        return tables.read_list(job.values or [], say.knowledge, where, job.ignore)
    if job.read is not None:
        return job.read(stream, where)
    return tables.read(stream, job.kind, say.knowledge, where, job.ignore)


@contextmanager
def results_stream(output: Path | None) -> Iterator[BinaryIO]:
    """The stream for results. Standard output gets them only when all went well."""
    if output is not None:
        with whole_file(output) as stream:
            yield stream
        return
    with tempfile.TemporaryFile() as stream:
        yield stream
        stream.seek(0)
        shutil.copyfileobj(stream, sys.stdout.buffer)


def _plain(found: pl.DataFrame) -> pl.DataFrame:
    """Results with words as plain text."""
    return found.with_columns(
        pl.col(pl.Enum).cast(pl.String), cs.by_name(*LISTS, require_all=False).cast(_WORDS)
    )


def _line(reject: tables.Reject, say: Say) -> bytes:
    sentences = [say.problem(problem) for problem in reject.problems]
    told = {"row": reject.row, "id": reject.id, "problems": sentences}
    return json.dumps(told, ensure_ascii=False).encode(errors="replace") + b"\n"


class _Csv:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._first = True

    def write(self, found: pl.DataFrame) -> None:
        flat = found.with_columns(cs.by_name(*LISTS, require_all=False).list.join(";"))
        self._stream.write(flat.write_csv(include_header=self._first).encode())
        self._first = False

    def close(self) -> None:
        self._stream.flush()


class _JsonLines:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, found: pl.DataFrame) -> None:
        self._stream.write(found.write_ndjson().encode())

    def close(self) -> None:
        self._stream.flush()


class _Parquet:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._writer: pq.ParquetWriter | None = None

    def write(self, found: pl.DataFrame) -> None:
        table: pa.Table = found.to_arrow()
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._stream, table.schema, compression="zstd")
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


WRITERS: dict[str, Callable[[BinaryIO], Any]] = {
    "csv": _Csv,
    "jsonl": _JsonLines,
    "parquet": _Parquet,
}


@contextmanager
def _progress(say: Say) -> Iterator[Callable[[int, float | None], None]]:
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
