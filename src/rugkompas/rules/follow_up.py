"""The course in a diary, day by day: better or worse, moments, episodes, flare-ups, pattern.

The same lines run for one person (numbers) and for a table (a column per day, a row per
person): each day takes the state of the day before one step further. NaN is a missing score;
it is never read as no pain. Definitions and their sources: docs/explanation/follow-up.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.arithmetic import Arithmetic, Number, Truths
from rugkompas.rules.trajectory import NO_WEEKS, Weeks, next_week, trajectory

UNKNOWN, IMPROVING, UNCHANGED, WORSENING = range(4)
DIRECTIONS = ("unknown", "improving", "unchanged", "worsening")
"""In the order of their codes. The less favourable of two is the larger code."""
BEFORE_DIARY, NOT_YET = -2, -1
"""Codes of a moment that passed before the diary began, and of one that is still to come."""
MOMENTS = ("days_3_weeks", "days_4_weeks", "days_12_weeks")
WEEK = 7
_NEARLY = 1e-9
"""Means of whole scores are not always whole: a change of just the limit counts."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known at the end of a day.

    began, first: the day (counted from 0) on which the pain and the episode's diary began.
    start_*: the first measurement of this episode. now_*: the mean of the last seven days.
    by_activities, by_pain, direction: codes of ``DIRECTIONS``. moments: one such code for each
    of ``MOMENTS``, or BEFORE_DIARY, NOT_YET. episodes: in this diary, the running one too.
    free_for: days in a row without pain. asks_triage: a rise over the set limit.
    """

    began: Number
    first: Number
    start_activities: Number = math.nan
    start_activities_day: Number = math.nan
    start_pain: Number = math.nan
    start_pain_day: Number = math.nan
    now_activities: Number = math.nan
    now_pain: Number = math.nan
    by_activities: Number = 0.0
    by_pain: Number = 0.0
    said: Number = 0.0
    said_day: Number = math.nan
    direction: Number = 0.0
    moments: tuple[Number, ...] = (float(NOT_YET),) * len(MOMENTS)
    episodes: Number = 1.0
    last_known: Number = math.nan
    free_from: Number = math.nan
    free_for: Number = 0.0
    month_free: Truths = False
    months_free: Number = 0.0
    back: Number = math.nan
    high_days: Number = 0.0
    usual: Number = math.nan
    flare_from: Number = math.nan
    flares: Number = 0.0
    weeks: Weeks = NO_WEEKS
    trajectory: Number = 0.0
    asks_triage: Truths = False


@dataclass(frozen=True, slots=True)
class Scores:
    """Day by day: pain, own activities, and the direction by the person's own words (1-3)."""

    pain: Sequence[Number]
    activities: Sequence[Number]
    said: Sequence[Number]


def follow_up(
    scores: Scores, first: Number, pain_days_before: Number, p: Parameters, m: Arithmetic
) -> State:
    """The state at the end of the last day.

    first: the place of the day on which the diary begins (a table holds people who began at
    different times). pain_days_before: how long there was pain by then.
    """
    began = first - pain_days_before
    before = tuple(
        m.pick(pain_days_before > getattr(p, name), float(BEFORE_DIARY), float(NOT_YET))
        for name in MOMENTS
    )
    state = State(began=began, first=first, moments=before)
    for day in range(len(scores.pain)):
        state = _day(state, scores, day, p, m)
    return state


def _day(s: State, scores: Scores, day: int, p: Parameters, m: Arithmetic) -> State:
    began = _episode(s, scores.pain[day], day, p, m)
    measured = _measured(began, scores, day, p, m)
    judged = _judged(measured, day, p, m)
    flared = _flare(judged, scores.pain, day, p, m)
    weeks = next_week(flared.weeks, scores.pain[day], day - flared.first, m)
    pattern = trajectory(weeks, flared.episodes, flared.months_free, p, m)
    return replace(
        flared, weeks=weeks, trajectory=pattern, asks_triage=_rises(scores, day, flared, p, m)
    )


def _episode(s: State, pain: Number, day: int, p: Parameters, m: Arithmetic) -> State:
    """Stretches without pain, and pain that comes back after a month of that."""
    known, free, hurts = m.known(pain), pain == 0, pain > 0
    silent = day - s.last_known > p.diary_silent_days + 1
    starts = free & (m.no(m.known(s.free_from)) | silent)
    free_from = m.pick(hurts, math.nan, m.pick(starts, float(day), s.free_from))
    free_for = m.pick(free, day - free_from + 1, m.pick(hurts, 0.0, s.free_for))
    month = free & (free_for >= p.pain_free_month)
    reached = month & m.no(s.month_free)
    month_free = s.month_free | month
    # Mild pain after such a month is the start of a recurrence only once it passes the limit.
    returns = month_free & hurts & m.no(m.known(s.back))
    back = m.pick(month, math.nan, m.pick(returns, float(day), s.back))
    again = month_free & (pain > p.recurrence_pain_above)
    return replace(
        s,
        began=m.pick(again, back, s.began),
        start_activities=m.pick(again, math.nan, s.start_activities),
        start_activities_day=m.pick(again, math.nan, s.start_activities_day),
        start_pain=m.pick(again, math.nan, s.start_pain),
        start_pain_day=m.pick(again, math.nan, s.start_pain_day),
        said=m.pick(again, 0.0, s.said),
        said_day=m.pick(again, math.nan, s.said_day),
        moments=tuple(m.pick(again, float(NOT_YET), code) for code in s.moments),
        episodes=s.episodes + m.pick(again, 1.0, 0.0),
        last_known=m.pick(known, float(day), s.last_known),
        free_from=free_from,
        free_for=free_for,
        month_free=month_free & m.no(again),
        months_free=s.months_free + m.pick(reached, 1.0, 0.0),
        back=m.pick(again, math.nan, back),
        high_days=m.pick(again, 0.0, s.high_days),
        flare_from=m.pick(again, math.nan, s.flare_from),
    )


def _measured(s: State, scores: Scores, day: int, p: Parameters, m: Arithmetic) -> State:
    """The first measurement of this episode, and the mean of the last seven days after it."""
    pain, activities, said = scores.pain[day], scores.activities[day], scores.said[day]
    a_first = m.known(activities) & m.no(m.known(s.start_activities))
    p_first = m.known(pain) & m.no(m.known(s.start_pain))
    a_day = m.pick(a_first, float(day), s.start_activities_day)
    p_day = m.pick(p_first, float(day), s.start_pain_day)
    says = m.known(said)
    return replace(
        s,
        start_activities=m.pick(a_first, activities, s.start_activities),
        start_activities_day=a_day,
        start_pain=m.pick(p_first, pain, s.start_pain),
        start_pain_day=p_day,
        now_activities=_mean(scores.activities, day, WEEK, m, after=a_day)[0],
        now_pain=_mean(scores.pain, day, WEEK, m, after=p_day)[0],
        said=m.pick(says, said, m.pick(day - s.said_day > 2 * WEEK, 0.0, s.said)),
        said_day=m.pick(says, float(day), s.said_day),
    )


def _mean(
    values: Sequence[Number], day: int, days: int, m: Arithmetic, after: Number = -1.0
) -> tuple[Number, Number]:
    """The mean of the known values of these days up to ``day``, later than ``after``; NaN when
    there is none. And how many there are."""
    total, count = 0.0, 0.0
    for place in range(max(0, day - days + 1), day + 1):
        counts = m.known(values[place]) & (place > after)
        total = total + m.pick(counts, values[place], 0.0)
        count = count + m.pick(counts, 1.0, 0.0)
    return total / m.pick(count > 0, count, math.nan), count


def _judged(s: State, day: int, p: Parameters, m: Arithmetic) -> State:
    """Doing comes first: pain alone never makes a course better or worse."""
    by_activities = _direction(
        s.start_activities, s.now_activities, p.psk_change, p.psk_baseline_floor, m
    )
    by_pain = pain_direction(s.start_pain, s.now_pain, p, m)
    direction = m.most(by_activities, s.said)
    since = day - s.began
    moments = tuple(
        m.pick((since == getattr(p, name)) & (day >= s.first), direction, code)
        for name, code in zip(MOMENTS, s.moments, strict=True)
    )
    return replace(
        s, by_activities=by_activities, by_pain=by_pain, direction=direction, moments=moments
    )


def _direction(start: Number, now: Number, change: float, floor: float, m: Arithmetic) -> Number:
    """A start below the floor leaves no room to improve: then only worsening can be seen."""
    fall = start - now
    judged = m.pick(fall >= change - _NEARLY, float(IMPROVING), float(UNCHANGED))
    has_room = m.known(fall) & (start >= floor)
    found = m.pick(has_room, judged, float(UNKNOWN))
    return m.pick(-fall >= change - _NEARLY, float(WORSENING), found)


def pain_direction(start: Number, now: Number, p: Parameters, m: Arithmetic) -> Number:
    """By pain: two points, or for a fall 30 % of a first score that is not too low."""
    found = _direction(start, now, p.pain_change, 0.0, m)
    part = start * p.pain_change_percent / 100
    large = (start >= p.pain_baseline_floor) & (start - now >= part - _NEARLY)
    return m.pick(large & m.known(now), float(IMPROVING), found)


def _flare(s: State, pain: Sequence[Number], day: int, p: Parameters, m: Arithmetic) -> State:
    """Worse than usual for a while, within pain that goes on."""
    usual, count = _mean(pain[:day], day - 1, p.flare_usual_days, m, after=s.first - 1)
    level = m.pick(s.high_days > 0, s.usual, usual)
    enough = (s.high_days > 0) | (count >= p.flare_known_days)
    known = m.known(pain[day])
    high = enough & (pain[day] >= level + p.flare_rise - _NEARLY) & m.no(s.month_free)
    high_days = m.pick(high, s.high_days + 1, m.pick(known, 0.0, s.high_days))
    running = m.known(s.flare_from)
    starts = m.no(running) & high & (high_days >= p.flare_days)
    flare_from = m.pick(starts, day - p.flare_days + 1.0, s.flare_from)
    lasts = day - flare_from + 1
    ends = running & known & m.no(high)
    too_long = lasts - m.pick(ends, 1.0, 0.0) > p.flare_longest
    return replace(
        s,
        usual=level,
        high_days=m.pick(too_long, 0.0, high_days),
        flare_from=m.pick(ends | too_long, math.nan, flare_from),
        flares=s.flares + m.pick(ends & m.no(too_long), 1.0, 0.0),
    )


def _rises(scores: Scores, day: int, s: State, p: Parameters, m: Arithmetic) -> Truths:
    """Today, or this week, is clearly worse than the week before (hazard H-21)."""
    rises: Truths = False
    for values in (scores.pain, scores.activities):
        before, known_before = _mean(values[:day], day - 1, WEEK, m, after=s.first - 1)
        this, known_this = _mean(values, day, WEEK, m, after=s.first - 1)
        earlier, known_earlier = _mean(values[: max(0, day - 6)], day - WEEK, WEEK, m)
        today = (values[day] - before >= p.rise_day - _NEARLY) & (known_before >= p.rise_known_days)
        enough = (known_this >= p.rise_known_days) & (known_earlier >= p.rise_known_days)
        week = (this - earlier >= p.rise_week - _NEARLY) & enough & m.known(values[day])
        rises = rises | today | week
    return rises
