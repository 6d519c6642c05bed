"""A personal experiment: periods with and without an option, in an order drawn beforehand.

Each pair of periods holds one with and one without; chance decides which comes first. The first
days of a period, in which the one before may still be felt, are left out. The end is fixed
beforehand: looking often and stopping when it looks good would make chance look like an effect.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from rugkompas.statistics.columns import Diary, Effect, Table, rows, stack, trend
from rugkompas.statistics.patterns import EACH, ENTRIES, FALSE_CALLS, summaries
from rugkompas.statistics.regression import fit, phi, probit

__all__ = [
    "Experiment",
    "Finding",
    "PlannedDay",
    "Size",
    "analyse",
    "analyse_many",
    "noise",
    "plan",
    "size",
    "stop",
]

Verdict = Literal["goes_with_more", "goes_with_less", "cannot_tell", "too_little_data"]
WorthIt = Literal["yes", "no", "unknown"]
Stop = Literal["go_on", "worse", "finished"]

LONGEST = 182
"""Days. What needs more than half a year is not offered."""
FEWEST_PAIRS = 2
POWER = 0.80
USUAL_NOISE = (1.2, 0.5)
"""Spread in points, and correlation from day to day, while the own diary is short."""
TAU = (4.0, 8.0)
"""Points. One effect has no others to borrow from, so it is hardly drawn to zero."""
WORSE_ENTRIES = 3
"""Stop when three entries in a row lie a noticed change above the level before the start."""


@dataclass(frozen=True)
class PlannedDay:
    """One day. with_option: this period is one with the option. counts: not a wash-out day."""

    day: dt.date
    pair: int
    with_option: bool
    counts: bool


@dataclass(frozen=True)
class Size:
    """What an experiment asks, said before it starts. power: the chance, 0-1, that it shows a
    difference of this size (points) if there is one."""

    pairs: int
    period_days: int
    washout_days: int
    difference: float
    power: float

    @property
    def days(self) -> int:
        """All days, each with one entry."""
        return 2 * self.pairs * self.period_days

    @property
    def days_with(self) -> int:
        """Days on which the option is done."""
        return self.pairs * self.period_days

    @property
    def days_that_count(self) -> int:
        """Days that are left without the wash-out."""
        return 2 * self.pairs * (self.period_days - self.washout_days)


@dataclass(frozen=True)
class Experiment:
    """A plan. seed: gives the same order again, so that anyone can check the draw."""

    size: Size
    seed: int
    days: tuple[PlannedDay, ...]


@dataclass(frozen=True)
class Finding:
    """What an experiment shows.

    difference, low, high: points (0-10, higher is worse) with the option against without, with
    the 95 % interval. more: the chance, 0-1, that it is above zero. worth_it: whether it reaches
    the difference that was named beforehand: the whole interval does, none of it does, or
    unknown. days_with, days_without: days that count and have an entry.
    """

    verdict: Verdict
    difference: float | None
    low: float | None
    high: float | None
    more: float | None
    worth_it: WorthIt
    days_with: int
    days_without: int


def size(
    difference: float,
    *,
    period_days: int = 7,
    washout_days: int = 1,
    sigma: float = USUAL_NOISE[0],
    rho: float = USUAL_NOISE[1],
) -> Size | None:
    """The shortest experiment that would show a difference (points) in 8 of 10 cases; None when
    that takes more than ``LONGEST`` days.

    sigma, rho: spread and correlation of the noise; those of the own diary are better.
    Raises ValueError when a number is out of its range, or the wash-out takes the period.
    """
    if not difference > 0 or not sigma > 0 or not 0 <= rho < 1:
        raise ValueError("difference and sigma must be above 0, and rho from 0 up to 1")
    if not 0 <= washout_days < period_days:
        raise ValueError("washout_days must be shorter than period_days")
    for pairs in range(FEWEST_PAIRS, LONGEST // (2 * period_days) + 1):
        if 2 * pairs * (period_days - washout_days) < ENTRIES:
            continue
        power = _power(difference, pairs, period_days, washout_days, sigma, rho)
        if power >= POWER:
            return Size(pairs, period_days, washout_days, difference, power)
    return None


def _power(
    difference: float, pairs: int, period_days: int, washout_days: int, sigma: float, rho: float
) -> float:
    """By generalised least squares on the plan itself, with a trend; the order of
    every second pair turned, which is the middle of what chance can draw."""
    draw = [bool(pair % 2) for pair in range(pairs)]
    planned = [d for d in _days(dt.date(2026, 1, 1), draw, period_days, washout_days) if d.counts]
    day = np.array([d.day.toordinal() for d in planned], dtype=float)
    treated = np.array([d.with_option for d in planned], dtype=float) - 0.5
    columns = np.column_stack([trend(day), treated])
    noise = sigma**2 * rho ** np.abs(day[:, None] - day)
    information = columns.T @ np.linalg.solve(noise, columns)
    error = math.sqrt(np.linalg.inv(information)[-1, -1])
    return float(phi(np.array(difference / error + probit(np.array(FALSE_CALLS / 2)))))


def noise(day: Sequence[dt.date], outcome: ArrayLike) -> tuple[float, float] | None:
    """Spread in points and correlation from day to day of a diary, around its straight trend;
    None below ``ENTRIES`` days. Factors are left out, as an experiment leaves them out too: what
    they explain of the days is noise to it. Raises ValueError as ``columns.rows`` does.
    """
    number, values, _ = rows(Diary(day, outcome))
    kept = np.isfinite(values)
    if kept.sum() < ENTRIES:
        return None
    nothing = np.zeros((int(kept.sum()), 1))
    flat = trend(number[kept])
    t = Table(number[kept], values[kept], flat, nothing, nothing, ())
    found = fit(stack([t], [[0]]), TAU)
    return float(found.sigma[0]), float(found.rho[0])


def plan(start: dt.date, of: Size, seed: int) -> Experiment:
    """The days of an experiment; the same seed gives the same order."""
    chance = random.Random(seed)
    draw = [chance.random() < 0.5 for _ in range(of.pairs)]
    return Experiment(of, seed, tuple(_days(start, draw, of.period_days, of.washout_days)))


def _days(
    start: dt.date, with_first: Sequence[bool], period_days: int, washout_days: int
) -> list[PlannedDay]:
    periods = [
        (pair, first == half) for pair, first in enumerate(with_first) for half in (True, False)
    ]
    return [
        PlannedDay(
            start + dt.timedelta(days=index * period_days + within),
            pair,
            with_option,
            within >= washout_days,
        )
        for index, (pair, with_option) in enumerate(periods)
        for within in range(period_days)
    ]


def stop(
    experiment: Experiment,
    day: Sequence[dt.date],
    outcome: ArrayLike,
    before: float,
    worse: float,
) -> Stop:
    """Whether to go on. before: the mean outcome before the start. worse: points above it that
    people notice (parameter ``pain_change``).

    An alarm sign stops everything; that is for the triage of each entry, not for this.
    A good result never stops it early.
    """
    number, values, _ = rows(Diary(day, outcome))
    first, last = (_number(d.day) for d in (experiment.days[0], experiment.days[-1]))
    inside = np.isfinite(values) & (number >= first) & (number <= last)
    recent = values[inside][-WORSE_ENTRIES:]
    if len(recent) == WORSE_ENTRIES and bool((recent >= before + worse).all()):
        return "worse"
    return "finished" if len(number) and number[-1] >= last else "go_on"


def analyse(experiment: Experiment, day: Sequence[dt.date], outcome: ArrayLike) -> Finding:
    """What the entries say about the plan, as drawn: a day on which it went otherwise stays in
    the period where it was planned. Raises ValueError as ``columns.rows`` does."""
    return analyse_many([(experiment, Diary(day, outcome))])[0]


def analyse_many(done: Sequence[tuple[Experiment, Diary]]) -> list[Finding]:
    """The findings of many experiments at once."""
    tables = [_table(experiment, diary) for experiment, diary in done]
    if not tables:
        return []
    numbers = summaries(fit(stack(tables, [[0]] * len(tables)), TAU))[:, 0].tolist()
    return [
        _finding(experiment, t, n)
        for (experiment, _), t, n in zip(done, tables, numbers, strict=True)
    ]


def _number(day: dt.date) -> float:
    return float((day - dt.date(1970, 1, 1)).days)


def _table(experiment: Experiment, diary: Diary) -> Table:
    """Days that count. No columns for weekdays or pairs: chance spreads them over both sides,
    correlated noise holds what lasts, and with few periods every column costs precision (the
    simulations cover less with them than without)."""
    number, values, _ = rows(diary)
    planned = {_number(d.day): d for d in experiment.days if d.counts}
    kept = np.array([n in planned for n in number], dtype=bool) & np.isfinite(values)
    day = number[kept]
    treated = np.array([planned[n].with_option for n in day], dtype=float)
    with_, without = int(treated.sum()), int(len(treated) - treated.sum())
    return Table(
        day=day,
        outcome=values[kept],
        flat=trend(day),
        loose=np.zeros((len(day), 1)),
        effects=treated[:, None] - 0.5,
        about=(Effect("option", 0, False, with_, without, 1.0),),
    )


def _finding(experiment: Experiment, t: Table, numbers: Sequence[float]) -> Finding:
    about = t.about[0]
    counts = (about.days_with, about.days_without)
    if len(t.day) < ENTRIES or min(counts) < EACH:
        return Finding("too_little_data", None, None, None, None, "unknown", *counts)
    difference, low, high, more = numbers
    verdict: Verdict = "cannot_tell"
    if more > 1 - FALSE_CALLS / 2:
        verdict = "goes_with_more"
    elif more < FALSE_CALLS / 2:
        verdict = "goes_with_less"
    return Finding(verdict, difference, low, high, more, _worth(experiment, low, high), *counts)


def _worth(experiment: Experiment, low: float, high: float) -> WorthIt:
    wanted = -experiment.size.difference
    if high <= wanted:
        return "yes"
    return "no" if low > wanted else "unknown"
