"""The prognosis of a table of people: the same rules, on columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from rugkompas.catalogue import Knowledge, load
from rugkompas.logic.arithmetic_many import ForMany
from rugkompas.people import columns
from rugkompas.people.problems import Problem
from rugkompas.rules import prognosis as rules

COLUMNS = tuple(
    f"limited_{months}m{end}" for months in rules.MONTHS for end in ("", "_lower", "_upper")
)


@dataclass(frozen=True, slots=True)
class TablePrognosis:
    """results: a row per usable person. rejected: place in the table, from 0 -> what was wrong
    with that row."""

    results: pl.DataFrame
    rejected: Mapping[int, list[Problem]]


def prognosis_table(
    table: pl.DataFrame, *, knowledge: Knowledge | None = None, where: str = "table"
) -> TablePrognosis:
    """The prognosis of every row of a table.

    table: a column per answer (CONTRACT.md), optionally ``id``; an empty cell was not asked.
    Returns per person, in order: id (when the table has it), limited_3m, limited_3m_lower,
    limited_3m_upper, limited_12m, limited_12m_lower, limited_12m_upper (all 0-1) and answered
    (how many parts of the prognosis were known).
    Raises BadTable when no column, or not every column, is known.
    """
    knowledge = knowledge or load()
    columns.known_columns(table.columns, knowledge, where)
    coded = columns.code(table, knowledge)
    return TablePrognosis(prognosis_coded(coded, knowledge), coded.rejected)


def prognosis_coded(coded: columns.Coded, knowledge: Knowledge) -> pl.DataFrame:
    """The prognosis of people whose answers are already coded; the rest as ``prognosis_table``."""
    facts, book, m = knowledge.prognosis, knowledge.codebook, ForMany()
    codes = {name: coded.codes[name].to_numpy() for name in coded.codes.columns}
    height = len(coded.rows)
    found: dict[str, pl.Series] = {}
    if coded.ids is not None:
        found["id"] = coded.ids
    for months, chance in rules.prognosis(codes, facts, book, m).items():
        for end, values in (
            ("", chance.chance),
            ("_lower", chance.lower),
            ("_upper", chance.upper),
        ):
            # Without any column that counts, one number holds for everybody.
            whole = np.broadcast_to(np.asarray(values, dtype=np.float64), (height,))
            found[f"limited_{months}m{end}"] = pl.Series(whole)
    answered = np.zeros(height, np.int64)
    for known in rules.told(codes, facts, book, m).values():
        answered += np.asarray(known)
    return pl.DataFrame({**found, "answered": pl.Series(answered)})
