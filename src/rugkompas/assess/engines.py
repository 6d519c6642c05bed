"""Tables where they are: Polars, Arrow, DuckDB and Spark frames in, the same kind out.

A batch of rows goes through ``assess.table`` and nothing else, whichever engine brings it, so
that all of them give the same results by construction. DuckDB, lazy Polars and Spark stream:
nothing is collected, and Spark assesses each part where it lies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import narwhals.stable.v2 as nw
import polars as pl
import pyarrow as pa

from rugkompas.assess.table import assess_coded
from rugkompas.catalogue import Knowledge, load
from rugkompas.people import columns

__all__ = ["RESULT", "assess_table"]

F = TypeVar("F")
_LISTS = ("rules", "factors", "options_offered", "options_dropped")
_NAMES = (
    *("id", "urgency", "category", "complete", "rules", "course", "factors", "options_offered"),
    *("direction", "contact", "options_dropped", "problems"),
)
RESULT = pl.Schema(
    {
        name: pl.Boolean
        if name == "complete"
        else pl.List(pl.String)
        if name in (*_LISTS, "problems")
        else pl.String
        for name in _NAMES
    }
)
"""The columns of a result. ``problems``: null, or sentences on what is wrong with
the answers; such a row has no result."""
ROWS_AT_ONCE = 65_536


def assess_table(
    frame: F,
    *,
    on: dt.date | None = None,
    knowledge: Knowledge | None = None,
    language: str = "nl",
    where: str = "table",
) -> F:
    """Assess every row of a table on the engine that holds it.

    frame: a Polars ``DataFrame`` or ``LazyFrame``, an Arrow ``Table``, a DuckDB relation or a
    Spark ``DataFrame``, with a column per question (CONTRACT.md: a map may also be a column per
    part, "factors.low_mood") and optionally ``id``; an empty cell was not asked.
    on: the day for which it holds (default: today). language: of the sentences in ``problems``.
    Returns the same kind of frame with the columns of ``RESULT``, a row for every row, in the
    order of the engine. A DuckDB relation that comes back can be read once.
    Raises BadTable when no column, or not every column, is known; TypeError for another thing.
    """
    day = on or dt.date.today()
    known = knowledge or load()
    found: Any = nw.from_native(frame)
    columns.known_columns(found.collect_schema().names(), known, where)

    def assessed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # A worker of a cluster loads the same files; sending them along would cost more.
        held = knowledge or load()
        for batch in _gathered(batches):
            yield from _assess(batch, day, held, language)

    carry = _CARRIERS.get(str(found.implementation))
    if carry is None:
        raise TypeError(f"{type(frame).__name__} is no frame of Polars, Arrow, DuckDB or Spark")
    return carry(frame, assessed)  # type: ignore[no-any-return]


Assess = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def _polars(frame: pl.DataFrame | pl.LazyFrame, assessed: Assess) -> pl.DataFrame | pl.LazyFrame:
    if isinstance(frame, pl.DataFrame):
        return _one_frame(frame, assessed)
    return frame.map_batches(
        lambda part: _one_frame(part, assessed), schema=RESULT, streamable=True
    )


def _one_frame(frame: pl.DataFrame, assessed: Assess) -> pl.DataFrame:
    made = pl.from_arrow(_arrow(frame.to_arrow(), assessed))
    assert isinstance(made, pl.DataFrame)
    return made


def _arrow(table: pa.Table, assessed: Assess) -> pa.Table:
    return pa.Table.from_batches(assessed(table.to_batches(ROWS_AT_ONCE)), _SCHEMA)


def _duckdb(relation: Any, assessed: Assess) -> Any:
    import duckdb

    batches = assessed(relation.to_arrow_reader(ROWS_AT_ONCE))
    # A connection gives one result at a time, and the one of the caller gives the rows.
    own = duckdb.connect()
    return own.from_arrow(pa.RecordBatchReader.from_batches(_SCHEMA, batches))


def _spark(frame: Any, assessed: Assess) -> Any:
    kinds = {"complete": "boolean"} | dict.fromkeys((*_LISTS, "problems"), "array<string>")
    schema = ", ".join(f"{name} {kinds.get(name, 'string')}" for name in _NAMES)
    names = frame.columns

    def named(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return assessed(batch.rename_columns(names) for batch in batches)

    # In a name with a point Spark sees a part of another column.
    numbered = frame.toDF(*(f"column_{place}" for place in range(len(names))))
    return numbered.mapInArrow(named, schema)


_CARRIERS: dict[str, Callable[[Any, Assess], Any]] = {
    "polars": _polars,
    "pyarrow": _arrow,
    "duckdb": _duckdb,
    "pyspark": _spark,
}
_SCHEMA = pa.schema(
    [
        (name, pa.bool_() if kind == pl.Boolean else pa.string())
        if not isinstance(kind, pl.List)
        else (name, pa.list_(pa.string()))
        for name, kind in RESULT.items()
    ]
)


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches put together: an engine brings small ones, and each costs a plan anew."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(part.num_rows for part in held) >= ROWS_AT_ONCE:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _assess(
    batch: pa.Table, day: dt.date, knowledge: Knowledge, language: str
) -> Iterator[pa.RecordBatch]:
    """One batch of rows, each with its result or its problems."""
    frame = pl.DataFrame(pl.from_arrow(_maps_apart(batch)))
    coded = columns.code(frame, knowledge)
    done = assess_coded(coded, on=day, knowledge=knowledge, with_options=True)
    places = coded.rows.rename("_row")
    good = done.results.with_columns(places)
    bad = pl.DataFrame(
        {
            "_row": pl.Series(list(done.rejected), dtype=pl.UInt32),
            "problems": pl.Series(
                [[it.said(knowledge, language) for it in bad] for bad in done.rejected.values()],
                dtype=pl.List(pl.String),
            ),
        }
    )
    if columns.ID in frame.columns:
        bad = bad.with_columns(frame[columns.ID].gather(bad["_row"]).cast(pl.String))
    rows = pl.concat([_plain(good), _plain(bad)], how="diagonal").sort("_row")
    missing = [pl.lit(None, kind).alias(name) for name, kind in RESULT.items() if name not in rows]
    yield from (
        rows.with_columns(missing).select(_NAMES).to_arrow().cast(_SCHEMA).to_batches()
        or [pa.RecordBatch.from_pylist([], _SCHEMA)]
    )


def _plain(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        pl.col(name).cast(RESULT[name]) for name in rows.columns if name in RESULT
    )


def _maps_apart(batch: pa.Table) -> pa.Table:
    """Maps of Spark and DuckDB as a column per key, as ``people.columns`` reads them."""
    made = {}
    for name, column in zip(batch.column_names, batch.columns, strict=True):
        if not pa.types.is_map(column.type):
            made[name] = column
            continue
        cells = [None if cell is None else dict(cell) for cell in column.to_pylist()]
        for key in dict.fromkeys(key for cell in cells if cell for key in cell):
            values = [cell.get(key) if cell else None for cell in cells]
            made[f"{name}.{key}"] = pa.array(values, column.type.item_type)
    return pa.table(made)
