"""Which word fits the pattern of the weeks: improving, fluctuating, episodic, ongoing.

Words and limits of Kongsted 2017 (parameters trajectory_*), from mean pain a week. For one
person and for a table, as ``follow_up``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.arithmetic import Arithmetic, Number

TRAJECTORIES = (
    "too_little",
    "episodic",
    "improving",
    "worsening",
    "ongoing",
    "fluctuating",
    "no_word",
)
"""In the order of their codes, which is also the order in which they are looked for."""
LEVELS = ("minor", "mild", "moderate", "severe")
"""Mean pain 0-1, 2-3, 4-5, 6-10 (Kongsted 2017)."""
LEVELS_FROM = (1.5, 3.5, 5.5)
_DAYS = 7
_NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks so far that had a score: count, sum, lowest and highest mean, the mean of the
    first two and of the last two. sum_now, known_now: the week that is running. known, painful:
    days with a score, and those with pain."""

    count: Number = 0.0
    total: Number = 0.0
    low: Number = math.inf
    high: Number = -math.inf
    first_two: Number = math.nan
    last: Number = math.nan
    last_two: Number = math.nan
    sum_now: Number = 0.0
    known_now: Number = 0.0
    known: Number = 0.0
    painful: Number = 0.0


NO_WEEKS = Weeks()


def next_week(w: Weeks, pain: Number, day: Number, m: Arithmetic) -> Weeks:
    """One day further. day: days since the diary began; every seventh closes a week."""
    known = m.known(pain)
    sum_now = w.sum_now + m.pick(known, pain, 0.0)
    known_now = w.known_now + m.pick(known, 1.0, 0.0)
    closes = (day >= 0) & (day % _DAYS == _DAYS - 1)
    counts = closes & (known_now > 0)
    mean = sum_now / m.pick(known_now > 0, known_now, math.nan)
    count = w.count + m.pick(counts, 1.0, 0.0)
    two = (w.last + mean) / 2
    return Weeks(
        count=count,
        total=w.total + m.pick(counts, mean, 0.0),
        low=m.pick(counts & (mean < w.low), mean, w.low),
        high=m.pick(counts & (mean > w.high), mean, w.high),
        first_two=m.pick(counts & (count == 2), two, w.first_two),
        last=m.pick(counts, mean, w.last),
        last_two=m.pick(counts, two, w.last_two),
        sum_now=m.pick(closes, 0.0, sum_now),
        known_now=m.pick(closes, 0.0, known_now),
        known=w.known + m.pick(known, 1.0, 0.0),
        painful=w.painful + m.pick(pain > 0, 1.0, 0.0),
    )


def trajectory(
    w: Weeks, episodes: Number, months_free: Number, p: Parameters, m: Arithmetic
) -> Number:
    """The code of the word that fits, in ``TRAJECTORIES``."""
    mean = w.total / m.pick(w.count > 0, w.count, math.nan)
    fall = w.first_two - w.last_two
    steady = (w.high - mean <= p.trajectory_steady + _NEARLY) & (
        mean - w.low <= p.trajectory_steady + _NEARLY
    )
    often = w.painful * _DAYS > w.known * p.trajectory_pain_days
    holds = (
        w.count < p.trajectory_weeks,
        episodes >= 2,
        fall >= p.pain_change - _NEARLY,
        -fall >= p.pain_change - _NEARLY,
        steady & often,
        (w.high - w.low > p.trajectory_varies) & (months_free == 0),
    )
    found: Number = float(TRAJECTORIES.index("no_word"))
    for code in reversed(range(len(holds))):
        found = m.pick(holds[code], float(code), found)
    return found
