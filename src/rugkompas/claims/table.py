"""A table of titles: one row in, one row out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from rugkompas.catalogue.load import LANGUAGES
from rugkompas.claims.judge import Judge, Verdict
from rugkompas.people.files import FileError

TITLES = ("title", "text")
"""Columns that may hold what is judged; the first one that is there counts."""
RESULT = (
    "language", "state", "oversimplified", "probability", "reasons", "debunks", "topics", "spans",
)  # fmt: skip
"""Columns of the result, after ``id``, ``lang`` and the title as they came in."""
KEPT = ("id", "lang")
_LONGEST_CELL = 10_000_000

Row = dict[str, Any]


def read(data: bytes, kind: str, where: str) -> list[Row]:
    """The rows, each with ``title`` or ``text``. Raises FileError."""
    if kind == "parquet":
        import polars as pl

        try:
            frame = pl.read_parquet(io.BytesIO(data))
        except (pl.exceptions.PolarsError, OSError):
            raise FileError("file_unreadable", where, format="Parquet") from None
        rows, columns = frame.to_dicts(), frame.columns
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise FileError("file_not_text", where) from None
        if "\0" in text:
            raise FileError("file_not_text", where)
        rows, columns = _jsonl(text, where) if kind == "jsonl" else _csv(text, where)
    if not any(name in columns for name in TITLES):
        raise FileError("no_title_column", where)
    return rows


def _csv(text: str, where: str) -> tuple[list[Row], list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        header, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    except csv.Error:
        raise FileError("file_unreadable", where, format="CSV") from None
    columns = [name.strip() for name in header]
    # An empty line is an empty title only where a line holds nothing else.
    rows = [dict(zip(columns, line, strict=False)) for line in lines if line or len(columns) == 1]
    return rows, columns


def _jsonl(text: str, where: str) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    columns: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise FileError("file_broken", where, format="JSON", line=str(number))
        rows.append(row)
        columns |= dict.fromkeys(row)
    return rows, list(columns)


def judged(rows: Iterable[Row], judge: Judge, language: str | None) -> Iterator[Row]:
    """One result for each row, in order. language: told for all; otherwise that of the column
    ``lang``, otherwise detected."""
    for row in rows:
        title = next((row[name] for name in TITLES if row.get(name) is not None), "")
        told = language or row.get("lang")
        found = judge(str(title), told if told in LANGUAGES else None)
        yield {name: row[name] for name in KEPT if name in row} | as_row(found)


def as_row(found: Verdict) -> Row:
    """The columns of one result."""
    return {
        "language": found.language,
        "state": found.state,
        "oversimplified": found.oversimplified,
        "probability": found.probability,
        "reasons": ";".join(found.reasons),
        "debunks": found.debunks,
        "topics": ";".join(found.topics),
        "spans": [
            {"start": span.start, "end": span.end, "reason": span.reason} for span in found.spans
        ],
    }


def written(rows: list[Row], kind: str) -> bytes:
    """The results as a file of this kind."""
    columns = [name for name in KEPT if any(name in row for row in rows[:1])] + list(RESULT)
    if kind == "jsonl":
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        return "".join(lines).encode(errors="replace")
    if kind == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            cells = {
                **row,
                "debunks": str(row["debunks"]).lower(),
                "spans": json.dumps(row["spans"]),
            }
            writer.writerow([cells.get(name, "") for name in columns])
        return out.getvalue().encode(errors="replace")
    import polars as pl

    span = pl.Struct({"start": pl.Int64, "end": pl.Int64, "reason": pl.String})
    buffer = io.BytesIO()
    pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in columns},
        schema_overrides={"spans": pl.List(span), "probability": pl.Float64, "debunks": pl.Boolean},
        strict=False,
    ).write_parquet(buffer)
    return buffer.getvalue()
