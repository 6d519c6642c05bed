"""The course of one diary: is it going better, what comes when, and is there something to call
about first."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rugkompas.assess.assessment import Assessment, assess
from rugkompas.assess.diary_answers import answers_on, began, start_of, today
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.schema import Tier
from rugkompas.logic.arithmetic import ForOne
from rugkompas.people.diary import Book, Days, days
from rugkompas.rules import follow_up as rules
from rugkompas.rules.trajectory import LEVELS, LEVELS_FROM, TRAJECTORIES

URGENT: tuple[Tier, ...] = ("emergency", "same_day")
NOT_ASKED_ROW = "S19"
"""Fires when emergency questions were not asked; a diary alone does not ask them all."""


@dataclass(frozen=True, slots=True)
class Moment:
    """3, 4 or 12 weeks after the start. on: the local date. state: whether it is still to come,
    passed before the diary began, or was reached; then ``direction`` is how it went then."""

    weeks: int
    on: dt.date
    state: Literal["to_come", "before_diary", "reached"]
    direction: str


@dataclass(frozen=True, slots=True)
class WeekOfDiary:
    """Seven days from ``start`` on: means (0-10, None: no score) and the number of entries."""

    number: int
    start: dt.date
    pain: float | None
    activities: float | None
    entries: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The course on a day.

    assessment: triage and all that follows, on the answers as they hold now. triaged: there
    were answers to start from. direction (improving, unchanged, worsening, unknown): of doing,
    by own activities and own words; by_pain stands beside it. start and now: (activities, pain),
    None where not known; now is the mean of the last seven days. began_known: False when days
    are counted from the first entry. asks_triage: a rise over the set limit.
    """

    day: dt.date
    assessment: Assessment
    triaged: bool
    entries: int
    began_on: dt.date | None
    began_known: bool
    direction: str
    by_activities: str
    by_pain: str
    said: str
    start: tuple[float | None, float | None]
    now: tuple[float | None, float | None]
    moments: tuple[Moment, ...]
    episodes: int
    flare_ups: int
    in_flare: bool
    free_for: int
    trajectory: str
    level: str | None
    asks_triage: bool
    weeks: tuple[WeekOfDiary, ...]

    @property
    def tier(self) -> Tier:
        """The urgency by what was answered; that emergency questions were not asked is said
        apart (``triaged``)."""
        return tier_of(self.assessment)

    @property
    def call_first(self) -> bool:
        """An answer asks for a call now or today; then nothing else is shown."""
        return self.tier in URGENT


def follow_up(
    book: Book, *, on: dt.date | None = None, knowledge: Knowledge | None = None
) -> FollowUp:
    """The course in a diary, by published limits (docs/explanation/follow-up.md).

    on: the local day for which it holds (default: today, or the last day of the diary when the
    clock was set back). Later entries are left out.
    """
    knowledge = knowledge or load()
    day = on or today(book)
    p = knowledge.parameters_on(day)
    answers = answers_on(book, day, knowledge)
    start = start_of(book, day)
    found = _from(days(book, day), start.day if start and len(book.episodes) > 1 else None)
    first = found.day[0] if found.day else None
    said_start = began(book, day)
    before = max(0, (first - said_start).days) if first and said_start else 0
    scores = rules.Scores(found.pain, found.activities, found.said)
    state = rules.follow_up(scores, 0.0, float(before), p, ForOne())
    began_on = first + dt.timedelta(days=int(state.began)) if first else said_start
    return FollowUp(
        day=day,
        assessment=assess(answers, on=day, knowledge=knowledge),
        triaged=bool(start and (book.episode_on(day) or start).answers),
        entries=sum(e.day <= day for e in book.entries),
        began_on=began_on,
        began_known=said_start is not None or state.episodes > 1,
        direction=rules.DIRECTIONS[int(state.direction)],
        by_activities=rules.DIRECTIONS[int(state.by_activities)],
        by_pain=rules.DIRECTIONS[int(state.by_pain)],
        said=rules.DIRECTIONS[int(state.said)],
        start=(_known(state.start_activities), _known(state.start_pain)),
        now=(_known(state.now_activities), _known(state.now_pain)),
        moments=_moments(state, began_on, p),
        episodes=int(state.episodes) if first else 0,
        flare_ups=int(state.flares),
        in_flare=not math.isnan(state.flare_from),
        free_for=int(state.free_for),
        trajectory=TRAJECTORIES[int(state.trajectory)],
        level=level(state.now_pain),
        asks_triage=bool(state.asks_triage),
        weeks=_weeks(found),
    )


def tier_of(assessment: Assessment) -> Tier:
    """The highest tier of the rows that rest on an answer."""
    fired = [r.urgency for r in assessment.triage.rules if r.id != NOT_ASKED_ROW]
    return max(fired, key=RANK.__getitem__, default="self_care")


def interrupts(
    before: Mapping[str, Any], after: Mapping[str, Any], on: dt.date, knowledge: Knowledge
) -> Assessment | None:
    """The assessment that has to be shown before anything else, if there is one.

    before, after: the answers without and with the new entry. Urgent answers always interrupt;
    a call within days does so when this entry brings it.
    """
    found = assess(after, on=on, knowledge=knowledge)
    tier = tier_of(found)
    if tier in URGENT:
        return found
    rank = RANK[tier_of(assess(before, on=on, knowledge=knowledge))]
    return found if RANK[tier] >= RANK["within_days"] and RANK[tier] > rank else None


def level(pain: float) -> str | None:
    """The word for a mean pain of 0-10 (Kongsted 2017)."""
    if math.isnan(pain):
        return None
    return LEVELS[sum(pain >= limit for limit in LEVELS_FROM)]


def _from(found: Days, first: dt.date | None) -> Days:
    """The days of this episode, when another set of activities came before it."""
    if first is None or not found.day or first <= found.day[0]:
        return found
    at = (first - found.day[0]).days
    factors = {name: values[at:] for name, values in found.factors.items()}
    return Days(found.day[at:], found.pain[at:], found.activities[at:], factors, found.said[at:])


def _moments(state: rules.State, start: dt.date | None, p: Any) -> tuple[Moment, ...]:
    if start is None:
        return ()
    made = []
    for name, code in zip(rules.MOMENTS, state.moments, strict=True):
        length = getattr(p, name)
        on = start + dt.timedelta(days=length)
        if code == rules.NOT_YET:
            made.append(Moment(length // 7, on, "to_come", "unknown"))
        elif code == rules.BEFORE_DIARY:
            made.append(Moment(length // 7, on, "before_diary", "unknown"))
        else:
            made.append(Moment(length // 7, on, "reached", rules.DIRECTIONS[int(code)]))
    return tuple(made)


def _weeks(found: Days) -> tuple[WeekOfDiary, ...]:
    made = []
    for at in range(0, len(found.day), 7):
        pain, doing = found.pain[at : at + 7], found.activities[at : at + 7]
        known = sum(not (math.isnan(a) and math.isnan(b)) for a, b in zip(pain, doing, strict=True))
        made.append(WeekOfDiary(at // 7, found.day[at], _mean(pain), _mean(doing), known))
    return tuple(made)


def _mean(values: tuple[float, ...]) -> float | None:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else None


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
