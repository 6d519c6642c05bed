"""The patterns in many people's diaries, in long format: the same statistics, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from rugkompas.assess.follow_up_table import LONGEST
from rugkompas.assess.patterns import NEXT_DAY, OUTCOMES, Outcome
from rugkompas.people.columns import BadTable
from rugkompas.people.diary.entry import FACTOR, LARGEST, MOST
from rugkompas.people.problems import Problem
from rugkompas.statistics.columns import Diary
from rugkompas.statistics.patterns import Patterns, patterns_many

NEEDED = ("id", "day")
NOT_FACTORS = (*NEEDED, *OUTCOMES, "course_activity", "pain_duration_days")
"""Columns that a table for the course has too; every other one is a factor."""
AT_ONCE = 1_000
"""People between two reports of progress."""
_WORDS = {"yes": 1.0, "no": 0.0, "true": 1.0, "false": 0.0}
_SCHEMA: dict[str, pl.DataType] = {
    "factor": pl.String(),
    "day_before": pl.Boolean(),
    "call": pl.String(),
    "difference": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "days_with": pl.Int64(),
    "days_without": pl.Int64(),
    "step": pl.Float64(),
    "days": pl.Int64(),
}


@dataclass(frozen=True, slots=True)
class TablePatterns:
    """results: a row for each person and factor. rejected: place of a row in the table, from 0
    -> what was wrong with it."""

    results: pl.DataFrame
    rejected: Mapping[int, list[Problem]]


def patterns_table(
    table: pl.DataFrame,
    *,
    outcome: Outcome = "pain",
    where: str = "table",
    threads: int = 2,
    progress: Callable[[int, float | None], None] = lambda _people, _done: None,
) -> TablePatterns:
    """The patterns of every diary in a table with a row for each person and day.

    Columns: id; day (a date); pain or activities (0-10, higher is worse); course_activity and
    pain_duration_days are left out; every other column is a factor: yes, no, unknown, a number
    (0-100,000) or empty. threads: blocks of people that are summed at the same time. progress:
    hears how many people are done, and the part of all.
    Returns per person, in order of first appearance, and factor: id, factor, day_before, call,
    difference, low, high, days_with, days_without, step (of an amount, else null) and days.
    Raises BadTable when a needed column lacks or the name of a column can be no factor.
    """
    names = _factors(table, outcome, where)
    rows, rejected = _usable(table, outcome, names)
    ids = rows["id"].unique(maintain_order=True)
    found: list[Patterns] = []
    diaries = _diaries(rows, outcome, names)
    for start in range(0, len(ids), AT_ONCE):
        part = [next(diaries) for _ in range(min(AT_ONCE, len(ids) - start))]
        found += patterns_many(part, threads=threads)
        progress(len(found), len(found) / len(ids))
    return TablePatterns(_results(ids, found), rejected)


def _factors(table: pl.DataFrame, outcome: Outcome, where: str) -> list[str]:
    lacking = [name for name in (*NEEDED, outcome) if name not in table.columns]
    if lacking:
        raise BadTable(Problem("diary_columns", where, {"columns": ", ".join(lacking)}))
    names = [name for name in table.columns if name not in NOT_FACTORS]
    strange = [name for name in names if not FACTOR.fullmatch(name)]
    if strange:
        raise BadTable(Problem("unknown_columns", where, {"columns": ", ".join(strange[:10])}))
    if len(names) > MOST:
        raise BadTable(Problem("diary_many", where, {"limit": str(MOST)}))
    return names


def _usable(
    table: pl.DataFrame, outcome: Outcome, names: list[str]
) -> tuple[pl.DataFrame, dict[int, list[Problem]]]:
    """The rows as numbers and dates, and those that cannot be used with the reason."""
    numbers = {name: _number(table.schema[name], name) for name in names}
    limits = {outcome: 10, **dict.fromkeys(names, LARGEST)}
    numbers[outcome] = pl.col(outcome).cast(pl.Float64, strict=False)
    given = {name: _is_given(table.schema[name], name) for name in numbers}
    rows = table.with_row_index("row").select(
        "row",
        "id",
        day=pl.col("day").cast(pl.String).str.slice(0, 10).str.to_date(strict=False),
        **numbers,
        **{
            f"bad {name}": given[name] & ~numbers[name].is_between(0, limits[name]).fill_null(False)
            for name in numbers
        },
    )
    first = pl.col("day").min().over("id")
    rows = rows.with_columns(
        pl.any_horizontal(pl.col("day").is_null(), pl.col("id").is_null()).alias("bad day"),
        ((pl.col("day") - first).dt.total_days() >= LONGEST).fill_null(False).alias("far"),
        pl.struct("id", "day").is_first_distinct().not_().alias("twice"),
    )
    kinds = {
        "bad day": Problem("diary_value", "day"),
        "far": Problem("diary_value", "day"),
        "twice": Problem("diary_day_taken", "day"),
        **{
            f"bad {name}": Problem("out_of_range", name, {"low": "0", "high": str(limits[name])})
            for name in numbers
        },
    }
    rejected: dict[int, list[Problem]] = {}
    for kind, problem in kinds.items():
        for row in rows.filter(pl.col(kind))["row"]:
            rejected.setdefault(row, []).append(problem)
    fine = rows.filter(~pl.any_horizontal(pl.col(list(kinds))))
    return fine.select("id", "day", *numbers), rejected


def _number(type_: pl.DataType, name: str) -> pl.Expr:
    if type_ != pl.String:
        return pl.col(name).cast(pl.Float64, strict=False)
    word = pl.col(name).str.to_lowercase()
    said = word.replace_strict(_WORDS, default=None, return_dtype=pl.Float64)
    return said.fill_null(word.cast(pl.Float64, strict=False))


def _is_given(type_: pl.DataType, name: str) -> pl.Expr:
    """Neither empty nor "unknown"."""
    filled = pl.col(name).is_not_null()
    return filled & (pl.col(name) != "unknown") if type_ == pl.String else filled


def _diaries(rows: pl.DataFrame, outcome: Outcome, names: list[str]) -> Iterator[Diary]:
    """The diary of each person, in order of first appearance; as slices of a few columns."""
    first = pl.col("place").min().over("id").cast(pl.Int64)
    ordered = rows.with_row_index("place").with_columns(first=first).sort("first", "day")
    starts = np.flatnonzero(np.diff(ordered["first"].to_numpy(), prepend=-1))
    day = ordered["day"].to_numpy()
    columns = {name: ordered[name].fill_null(np.nan).to_numpy() for name in (outcome, *names)}
    for begin, end in zip(starts, [*starts[1:], ordered.height], strict=True):
        yield Diary(
            day=day[begin:end],
            outcome=columns[outcome][begin:end],
            factors={name: columns[name][begin:end] for name in names},
            lagged=[name for name in NEXT_DAY if name in names],
        )


def _results(ids: pl.Series, found: list[Patterns]) -> pl.DataFrame:
    made = [
        (p.factor, bool(p.lag), p.call, p.difference, p.low, p.high, p.days_with,
         p.days_without, p.step if p.number else None, one.days)
        for one in found
        for p in one.factors
    ]  # fmt: skip
    places = [place for place, one in enumerate(found) for _ in one.factors]
    results = pl.DataFrame(made, schema=_SCHEMA, orient="row")
    return results.insert_column(0, ids.gather(places).alias("id"))
