"""Reading tables of people in batches, so that memory does not grow with the table.

Parquet and CSV go through ``columns``; JSON Lines go through ``person``, line by line. One bad
row never stops the rest: it comes back as a ``Reject``. Only what makes the whole table
useless raises: FileError (cannot be read) or BadTable (its columns do not fit).
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from rugkompas.catalogue import Knowledge
from rugkompas.people import columns
from rugkompas.people.columns import ID
from rugkompas.people.files import FileError, answers_in, json_value, text_of
from rugkompas.people.person import Person, person
from rugkompas.people.problems import BadAnswers, Problem

ROWS_AT_ONCE = 262_144
LINES_AT_ONCE = 32_768
LONGEST_LINE = 10_000_000
_CSV_BLOCK = 1 << 22
_LETS_GO = 10
"""Seconds that Arrow gets at most to let go of what it read with."""
_HEADER = 1 << 20
Mark = tuple[int, ...]
"""A place in a table, to read on from. Only who reads such a table knows what it says; () is the
start, or no place at all."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be used. row: its number, from 1 (in JSON Lines: of the line; in the
    others a header does not count)."""

    row: int
    id: str | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Batch:
    """The next part of a table. Every person in ``coded`` has an id: the number of the row
    where the table has none. done: the part of the table read so far, 0-1, when known. after:
    where the next batch begins; () when nothing can be read on from there."""

    coded: columns.Coded
    rejects: list[Reject]
    done: float | None
    after: Mark = ()


def read(
    stream: BinaryIO,
    format_: str,
    knowledge: Knowledge,
    where: str,
    ignore: Sequence[str] = (),
    after: Mark = (),
) -> Iterator[Batch]:
    """The people in a table, in its order. format_: csv, parquet (both need a stream that can
    seek) or jsonl. ignore: columns (jsonl: names) to leave out. after: of the batch after which
    to go on; the batches are then those that would have followed. A table of nobody is a batch
    of nobody.

    Raises FileError and BadTable, also halfway: what was read until then does not count.
    """
    reader = {"csv": _csv, "parquet": _parquet, "jsonl": _json_lines}[format_]
    yield from reader(stream, knowledge, where, ignore, after)


def read_list(
    values: Sequence[Any], knowledge: Knowledge, where: str, ignore: Sequence[str] = ()
) -> Iterator[Batch]:
    """The people in a JSON or YAML list; each item is a row."""
    numbered = enumerate(values, start=1)
    yield from _people(numbered, knowledge, where, ignore, lambda: (None, ()))


def _json_lines(
    stream: BinaryIO, knowledge: Knowledge, where: str, ignore: Sequence[str], after: Mark
) -> Iterator[Batch]:
    source = Lines(stream, after)

    def values() -> Iterator[tuple[int, Any]]:
        for number, line in source:
            here = f"{where}:{number}"
            if not line.strip(codecs.BOM_UTF8 + b" \t\r\n"):
                continue
            try:
                if len(line) > LONGEST_LINE:
                    limit = f"{LONGEST_LINE // 1_000_000} MB"
                    raise FileError("row_too_long", here, limit=limit)
                yield number, json_value(text_of(line, here).rstrip("\r\n"), here)
            except FileError as error:
                problem = error.problem
                if problem.kind == "file_broken":
                    problem = Problem("row_broken", here, {"format": "JSON"})
                yield number, problem

    yield from _people(values(), knowledge, where, ignore, source.so_far)


class Lines:
    """The lines of a stream with their numbers, from 1; of a line longer than ``longest`` only
    the first part, one byte over the limit. after: bytes and lines to pass over."""

    def __init__(self, stream: BinaryIO, after: Mark = (), longest: int = LONGEST_LINE) -> None:
        self._stream = stream
        self._longest = longest
        self._size = size_of(stream)
        self._read, self._number = after or (0, 0)
        if after:
            stream.seek(self._read)

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        for line in lines(self._stream, self._longest):
            self._read += len(line)
            self._number += 1
            yield self._number, line

    def so_far(self) -> tuple[float | None, Mark]:
        """The part that was read, 0-1, when known, and where the next line begins."""
        done = min(self._read / self._size, 1.0) if self._size else None
        after = (self._stream.tell(), self._number) if self._stream.seekable() else ()
        return done, after


def lines(stream: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """Lines; of a line that is too long only the first part, one byte over the limit."""
    while line := stream.readline(longest + 1):
        rest = line
        while len(rest) > longest and not rest.endswith(b"\n"):
            rest = stream.readline(longest + 1)
        yield line


def _people(
    values: Iterable[tuple[int, Any]],
    knowledge: Knowledge,
    where: str,
    ignore: Sequence[str],
    so_far: Callable[[], tuple[float | None, Mark]],
) -> Iterator[Batch]:
    """Batches of people who are read one by one; a value that is a Problem is a bad row."""
    people: list[Person] = []
    rejects: list[Reject] = []
    for number, value in values:
        name = None
        try:
            if isinstance(value, Problem):
                raise BadAnswers([value])
            answers = answers_in(value, f"{where}:{number}")
            name = None if answers.get(ID) is None else str(answers[ID])
            for left_out in ignore:
                answers.pop(left_out, None)
            one = person(answers, knowledge)
            people.append(one if one.id is not None else replace(one, id=str(number)))
        except BadAnswers as error:
            rejects.append(Reject(number, name, error.problems))
        except FileError as error:
            rejects.append(Reject(number, name, [error.problem]))
        if len(people) + len(rejects) >= LINES_AT_ONCE:
            yield Batch(columns.of_people(people, knowledge), rejects, *so_far())
            people, rejects = [], []
    yield Batch(columns.of_people(people, knowledge), rejects, *so_far())


def _parquet(
    stream: BinaryIO, knowledge: Knowledge, where: str, ignore: Sequence[str], after: Mark
) -> Iterator[Batch]:
    passed = after[0] if after else 0
    if not size_of(stream):
        raise FileError("file_empty", where)
    try:
        # Buffering ahead would keep the whole file in memory by the time it is read.
        file = pq.ParquetFile(stream, pre_buffer=False)
        names, rows = file.schema_arrow.names, file.metadata.num_rows
        batches = file.iter_batches(batch_size=ROWS_AT_ONCE)
    except (pa.ArrowException, OSError):
        raise FileError("file_unreadable", where, format="Parquet") from None
    columns.known_columns([name for name in names if name not in ignore], knowledge, where)
    if not rows:
        # An engine that writes a file for each of its parts writes empty ones too.
        nobody = pl.DataFrame(pl.from_arrow(file.schema_arrow.empty_table()))
        numbers = pl.Series([], dtype=pl.Int64)
        yield _batch(nobody.drop(ignore, strict=False), numbers, [], 1.0, knowledge, (0,))
        return
    first = 1
    while True:
        try:
            batch = next(batches, None)
            if batch is not None and first <= passed:
                first += batch.num_rows
                continue
            frame = None if batch is None else pl.DataFrame(pl.from_arrow(batch))
        except (pa.ArrowException, OSError, pl.exceptions.PolarsError):
            raise FileError("file_unreadable", where, format="Parquet") from None
        if frame is None:
            return
        numbers = pl.int_range(first, first + frame.height, eager=True)
        first += frame.height
        frame = frame.drop(ignore, strict=False)
        yield _batch(frame, numbers, [], (first - 1) / rows, knowledge, (first - 1,))


def _csv(
    stream: BinaryIO, knowledge: Knowledge, where: str, ignore: Sequence[str], after: Mark
) -> Iterator[Batch]:
    passed = after[0] if after else 0
    size = size_of(stream) or 1
    delimiter, names = _header(stream, knowledge, where)
    columns.known_columns([name for name in names if name not in ignore], knowledge, where)
    wrong_width: list[int] = []
    following = 1
    records = _records(stream, delimiter, names, wrong_width, where)
    for place, (batch, position) in enumerate(records, start=1):
        bad = set(wrong_width)
        numbers = []
        for _ in range(0 if batch is None else batch.num_rows):
            while following in bad:
                following += 1
            numbers.append(following)
            following += 1
        told = [number for number in wrong_width if batch is None or number < following]
        wrong_width = _without(wrong_width, told)
        if place <= passed:
            continue
        rejects = [Reject(number, None, [Problem("row_wrong_width", where)]) for number in told]
        frame = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
        if batch is not None:
            frame = pl.DataFrame(pl.from_arrow(batch))
        frame = frame.drop(ignore, strict=False)
        done = min(position / size, 1.0)
        rows = pl.Series(numbers, dtype=pl.Int64)
        yield _batch(frame, rows, rejects, done, knowledge, (place,))


def _records(
    stream: BinaryIO, delimiter: str, names: list[str], wrong_width: list[int], where: str
) -> Iterator[tuple[pa.RecordBatch | None, int]]:
    """(rows as text, how far in the file), and at the end (None, ...). wrong_width: gets the
    number of each row with too few or too many cells; it is left out."""

    def keep_number(row: Any) -> str:
        # The header is row 1 here, and for people the first row below it is.
        wrong_width.append(row.number - 1)
        return "skip"

    let_go = threading.Event()
    weakref.finalize(keep_number, let_go.set)
    source = _without_interpreter(stream)
    reader = None
    try:
        reader = pa_csv.open_csv(
            source,
            # Only one thread knows the numbers of the rows.
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=_CSV_BLOCK),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=keep_number
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        if reader.schema.names != names:
            raise FileError("file_broken", where, format="CSV", line="1")
        for batch in reader:
            yield batch, source.tell()
        yield None, source.tell()
    except (pa.ArrowException, OSError) as error:
        raise _csv_problem(error, where) from None
    finally:
        # Arrow reads ahead on a thread of its own, which takes the interpreter once more to let go
        # of the handler. When the program ends before that, after an error, it is aborted.
        del reader, keep_number
        let_go.wait(_LETS_GO)


def _without_interpreter(stream: BinaryIO) -> pa.NativeFile:
    """The same bytes for Arrow, whose thread then reads ahead without the interpreter."""
    try:
        number = stream.fileno()
    except OSError:
        return pa.BufferReader(stream.read())
    return pa.OSFile(stream.name if isinstance(stream.name, str) else f"/dev/fd/{number}")


def _without(numbers: list[int], told: list[int]) -> list[int]:
    """The same list, emptied of these: the reader keeps adding to it."""
    gone = set(told)
    numbers[:] = [number for number in numbers if number not in gone]
    return numbers


def _csv_problem(error: Exception, where: str) -> FileError:
    message = str(error)
    if "straddling" in message:
        return FileError("row_too_long", where, limit=f"{_CSV_BLOCK >> 20} MB")
    if "UTF8" in message:
        return FileError("file_not_text", where)
    return FileError("file_unreadable", where, format="CSV")


def _header(stream: BinaryIO, knowledge: Knowledge, where: str) -> tuple[str, list[str]]:
    """What separates the columns (comma, semicolon or tab: what gives the most names that are
    known), and their names. The stream is back at its start."""
    start = stream.read(_HEADER)
    stream.seek(0)
    if not start.strip():
        raise FileError("file_empty", where)
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(start)
    except UnicodeDecodeError:
        raise FileError("file_not_text", where) from None
    if "\0" in text:
        raise FileError("file_not_text", where)
    headers = {}
    for delimiter in (",", ";", "\t"):
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            headers[delimiter] = next((row for row in rows if row), [])
        except csv.Error:
            raise FileError("file_broken", where, format="CSV", line="1") from None
    known = {*knowledge.questions, ID}
    best = max(headers, key=lambda d: sum(name.split(".")[0] in known for name in headers[d]))
    return best, headers[best]


def _batch(
    frame: pl.DataFrame,
    numbers: pl.Series,
    rejects: list[Reject],
    done: float,
    knowledge: Knowledge,
    after: Mark,
) -> Batch:
    coded = columns.code(frame, knowledge)
    own = numbers.gather(coded.rows).cast(pl.String)
    ids = own if coded.ids is None else pl.select(pl.coalesce(coded.ids, own)).to_series()
    names = frame[ID] if ID in frame.columns else None
    for place, problems in coded.rejected.items():
        name = None if names is None or names[place] is None else str(names[place])
        rejects.append(Reject(numbers[place], name, problems))
    rejects.sort(key=lambda reject: reject.row)
    return Batch(replace(coded, ids=ids.alias(ID)), rejects, done, after)


def size_of(stream: BinaryIO) -> int | None:
    """Bytes in the file behind the stream; None for a pipe."""
    try:
        return os.fstat(stream.fileno()).st_size or None
    except (OSError, AttributeError, ValueError):
        return None
