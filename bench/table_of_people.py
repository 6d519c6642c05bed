"""Tables of made-up people for the benchmarks, in the form in which users bring them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from rugkompas.catalogue import Knowledge
from rugkompas.logic.codebook import TRI
from rugkompas.people.made_up import people

DIFFERENT = 20_000


def table(rows: int, seed: int, knowledge: Knowledge) -> pl.DataFrame:
    """That many rows, drawn from ``DIFFERENT`` made-up people; words as Enum columns."""
    base = _columns(list(people(min(rows, DIFFERENT), seed, knowledge)), knowledge)
    drawn = np.random.default_rng(seed).integers(0, base.height, rows)
    ids = pl.int_range(rows, dtype=pl.UInt32, eager=True).alias("id")
    return base[drawn].insert_column(0, ids)


def write_parquet(path: Path, rows: int, seed: int, knowledge: Knowledge) -> None:
    """A Parquet file of many rows, written in groups so that memory stays small."""
    group = table(262_144, seed, knowledge)
    arrow = group.to_arrow()
    with pq.ParquetWriter(path, arrow.schema) as writer:
        for start in range(0, rows, group.height):
            writer.write_table(arrow.slice(0, min(group.height, rows - start)))


def _columns(answers: list[dict[str, Any]], knowledge: Knowledge) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {}
    for question in knowledge.questions.values():
        id_ = question.id
        if question.member_of:
            given = [person.get(question.member_of, {}).get(id_) for person in answers]
        elif question.kind == "map" and question.keys_from == "factors":
            columns |= _factor_columns(answers, id_, knowledge)
            continue
        else:
            given = [person.get(id_) for person in answers]
        if question.kind == "group" or all(value is None for value in given):
            continue
        columns[id_] = pl.Series(given, dtype=_dtype(question.kind, question.values))
    return pl.DataFrame(columns)


def _factor_columns(
    answers: list[dict[str, Any]], id_: str, knowledge: Knowledge
) -> Mapping[str, pl.Series]:
    columns = {}
    for factor in knowledge.factors:
        given = [person.get(id_, {}).get(factor) for person in answers]
        if any(value is not None for value in given):
            columns[f"{id_}.{factor}"] = pl.Series(given, dtype=pl.Enum(TRI))
    return columns


def _dtype(kind: str, values: list[str]) -> Any:
    if kind == "tri":
        return pl.Enum(TRI)
    if kind == "choice":
        return pl.Enum(values)
    return pl.List(pl.String) if kind == "set" else pl.Int32
