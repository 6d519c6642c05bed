"""From a diary's plain columns to the columns of the regression."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rugkompas.statistics.regression import Days, Numbers, Truths

WINDOW = 365
"""Days that count, back from the last one: what the back reacts to now, and a bounded sum."""


@dataclass(frozen=True)
class Diary:
    """One person's days. Every column has one value per day; NaN (or None) is missing.

    day: local dates, each at most once, in any order. outcome: pain or the mean of the own
    activities, 0-10, higher is worse. factors: name -> 0/1 or a number. lagged: names whose
    value of the day before counts (yesterday's lifting), beside the same day's value.
    """

    day: Sequence[dt.date] | NDArray[np.datetime64]
    outcome: ArrayLike
    factors: Mapping[str, ArrayLike] = field(default_factory=dict)
    lagged: Iterable[str] = ()


@dataclass(frozen=True)
class Effect:
    """One column that is judged: a factor, of the same day or ``lag`` days before.

    number: not 0/1 but an amount; ``days_with`` then counts days above the person's own middle.
    step: what one unit of the column is in the factor's own units (1, or twice its spread).
    """

    factor: str
    lag: int
    number: bool
    days_with: int
    days_without: int
    step: float


@dataclass(frozen=True)
class Table:
    """The regression columns of one diary: rows are days with an outcome, in order."""

    day: Numbers
    outcome: Numbers
    flat: Numbers
    loose: Numbers
    effects: Numbers
    about: tuple[Effect, ...]


def rows(diary: Diary) -> tuple[Numbers, Numbers, dict[str, Numbers]]:
    """Day numbers, outcome and factors, in order of day.

    Raises ValueError for columns of unequal length, a day that comes twice or no date, and an
    infinite value; the message names the column, never a value.
    """
    day = np.asarray(diary.day, dtype="datetime64[D]")
    if np.isnat(day).any():
        raise ValueError("column 'day' has a day without a date; give every row its date")
    columns = {"outcome": diary.outcome, **{f"factor '{k}'": v for k, v in diary.factors.items()}}
    numbers = {name: _numbers(name, values, len(day)) for name, values in columns.items()}
    if len(np.unique(day)) < len(day):
        raise ValueError("column 'day' has a day twice; keep one row for each day")
    order = np.argsort(day)
    outcome, *factors = (values[order] for values in numbers.values())
    return day[order].astype(np.float64), outcome, dict(zip(diary.factors, factors, strict=True))


def _numbers(name: str, values: Any, length: int) -> Numbers:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} holds something that is no number; leave it empty") from None
    if numbers.shape != (length,):
        raise ValueError(f"{name} has another length than 'day'; give one value for each day")
    if np.isinf(numbers).any():
        raise ValueError(f"{name} holds an infinite value; leave it empty")
    return numbers


def table(diary: Diary) -> Table:
    """The columns of one diary; raises ValueError as ``rows`` does."""
    day, outcome, factors = rows(diary)
    lagged = set(diary.lagged)
    if unknown := lagged - set(factors):
        raise ValueError(f"lagged names no factor: {', '.join(sorted(unknown))}")
    kept = np.isfinite(outcome)
    if kept.any():
        kept &= day > day[kept][-1] - WINDOW
    named = [(name, 0) for name in factors] + [(name, 1) for name in factors if name in lagged]
    raw = [factors[name] if lag == 0 else _before(day, factors[name], lag) for name, lag in named]
    values = np.array(raw).T[kept] if raw else np.empty((int(kept.sum()), 0))
    effects, about = _effects(values, named)
    return Table(
        day=day[kept],
        outcome=outcome[kept],
        flat=trend(day[kept]),
        loose=np.column_stack([weekdays(day[kept]), _unknown(values)]),
        effects=effects,
        about=about,
    )


def trend(day: Numbers) -> Numbers:
    """Two columns: one, and a line from -1 on the first day to 1 on the last."""
    line = np.zeros(len(day))
    if len(day) > 1:
        line = 2 * (day - day[0]) / (day[-1] - day[0]) - 1
    return np.column_stack([np.ones(len(day)), line])


def weekdays(day: Numbers) -> Numbers:
    """Seven columns, one for each day of the week."""
    return np.asarray(day[:, None] % 7 == np.arange(7), dtype=float)


def _before(day: Numbers, values: Numbers, lag: int) -> Numbers:
    """The value ``lag`` calendar days before each day; unknown when that day has no row."""
    place = np.searchsorted(day, day - lag)
    return np.asarray(np.where(day[place] == day - lag, values[place], np.nan))


def _effects(
    values: Numbers, named: Sequence[tuple[str, int]]
) -> tuple[Numbers, tuple[Effect, ...]]:
    """Columns around their mean; a value that is not known stands at the mean, so that its day
    says nothing about this factor. Amounts are divided by twice their spread, which puts them
    beside yes and no (Gelman 2008)."""
    known = np.isfinite(values)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, values, 0.0)
    around = np.where(known, values - filled.sum(axis=0) / count, 0.0)
    spread = np.sqrt((around**2).sum(axis=0) / count)
    number = ~((filled == 0) | (filled == 1)).all(axis=0)
    step = np.where(number & (spread > 0), 2 * spread, 1.0)
    about = []
    for index, (name, lag) in enumerate(named):
        column = values[known[:, index], index]
        edge = float(np.median(column)) if number[index] and len(column) else 0.5
        more = int((column > edge).sum())
        about.append(
            Effect(name, lag, bool(number[index]), more, len(column) - more, float(step[index]))
        )
    return around / step, tuple(about)


def _unknown(values: Numbers) -> Numbers:
    """The share of factors that was not filled in, around its mean: leaving things out may
    itself go with a bad day."""
    if not values.size:
        return np.zeros(len(values))
    share = (~np.isfinite(values)).mean(axis=1)
    return np.asarray(share - share.mean())


def stack(tables: Sequence[Table], chosen: Sequence[Sequence[int]]) -> Days:
    """Diaries of different length as one block; ``chosen`` names the effects of each."""
    count, height = len(tables), max(len(t.day) for t in tables)
    wide = max((len(c) for c in chosen), default=0)
    loose = max(t.loose.shape[1] for t in tables)
    flat = max(t.flat.shape[1] for t in tables)
    day, outcome = np.zeros((count, height)), np.zeros((count, height))
    used: Truths = np.zeros((count, height), dtype=bool)
    flats, looses = np.zeros((count, height, flat)), np.zeros((count, height, loose))
    effects = np.zeros((count, height, wide))
    for index, (t, c) in enumerate(zip(tables, chosen, strict=True)):
        n = len(t.day)
        day[index, :n], outcome[index, :n], used[index, :n] = t.day, t.outcome, True
        flats[index, :n, : t.flat.shape[1]] = t.flat
        looses[index, :n, : t.loose.shape[1]] = t.loose
        effects[index, :n, : len(c)] = t.effects[:, list(c)]
    return Days(day, outcome, used, flats, looses, effects)
