"""A personal experiment in a diary: what it asks, whether it may, where it is, what it shows.

The draw and the sums are in ``statistics.experiment``; the record in ``people.diary``.
"""

from __future__ import annotations

import datetime as dt
import math
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from rugkompas.assess.follow_up import FollowUp, follow_up
from rugkompas.assess.options import ASK_ONLY, FULL_OPTION, NEVER_THE_PLAN, Withheld
from rugkompas.assess.patterns import Outcome
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge, load
from rugkompas.people.diary import Book, Experiment, days, experiment, new_id
from rugkompas.people.diary.entry import now
from rugkompas.people.diary.experiment import LARGEST_SEED

if TYPE_CHECKING:
    from rugkompas.statistics import experiment as statistics

Forbids = Literal[
    "call_first",
    "not_triaged",
    "running",
    "no_activities",
    "not_offered",
    "with_doctor",
    "not_to_leave",
    "too_slow",
    "too_long",
]
"""Why an experiment may not start, the first reason that holds."""
BEFORE_DAYS = 14
"""Days before the start whose mean is the level that "worse" is measured from."""
BEFORE_ENTRIES = 3
"""Entries among them, at least; below, that stop rule cannot watch, and that is said."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to try. what: in own words, or the option's name. option: its id in
    the catalogue. difference: points (0.5-10) that would make it worth it. period_days: 2-28,
    of which the first washout_days do not count."""

    what: str
    option: str | None = None
    outcome: Outcome = "pain"
    difference: float | None = None
    period_days: int = 7
    washout_days: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said before the start. size: days and power; None when it would take over half a
    year. difference: points, the wish or else the change of pain that people notice. forbids:
    why it may not start. withheld: why the option is not offered. own_noise: spread and
    correlation are those of this diary. watched: there are entries enough for the stop rule."""

    wish: Wish
    difference: float
    size: statistics.Size | None
    forbids: Forbids | None
    withheld: Withheld | None
    own_noise: bool
    watched: bool
    course: FollowUp


@dataclass(frozen=True, slots=True)
class Period:
    """From the first until the last day, with the option or without."""

    number: int
    first: dt.date
    last: dt.date
    with_option: bool


State = Literal["to_come", "go_on", "worse", "alarm", "finished", "stopped"]


@dataclass(frozen=True, slots=True)
class Running:
    """Where an experiment is on a day. state: to come, going on, to be stopped (worse, an alarm
    sign), finished (its last day passed), or stopped before. period: the one of this day.
    counts: not a wash-out day. before: the level before the start, None when hardly known."""

    record: Experiment
    plan: statistics.Experiment
    day: dt.date
    state: State
    periods: tuple[Period, ...]
    period: Period | None
    counts: bool
    before: float | None
    course: FollowUp


def ask(
    book: Book, wish: Wish, *, on: dt.date | None = None, knowledge: Knowledge | None = None
) -> Asked:
    """What an experiment would ask of this person, and whether it may start.

    Raises ValueError when a number of the wish is out of its range.
    """
    from rugkompas.statistics import experiment as statistics

    knowledge = knowledge or load()
    course = follow_up(book, on=on, knowledge=knowledge)
    difference = wish.difference
    if difference is None:
        difference = float(knowledge.parameters_on(course.day).pain_change)
    found = days(book, course.day)
    noise = statistics.noise(found.day, getattr(found, wish.outcome))
    sigma, rho = noise or statistics.USUAL_NOISE
    size = statistics.size(
        difference,
        period_days=wish.period_days,
        washout_days=wish.washout_days,
        sigma=sigma,
        rho=rho,
    )
    withheld = _withheld(wish, course)
    forbids = _forbids(book, wish, course, withheld, knowledge)
    return Asked(
        wish=wish,
        difference=difference,
        size=size,
        forbids=forbids or (None if size else "too_long"),
        withheld=withheld,
        own_noise=noise is not None,
        watched=_level(book, wish.outcome, course.day) is not None,
        course=course,
    )


def draw(
    asked: Asked, first: dt.date, knowledge: Knowledge, *, seed: int | None = None
) -> Experiment:
    """The record of an experiment that starts on ``first``, for the diary to keep.

    seed: of the draw; without one it is drawn too. Raises BadAnswers when the first day lies
    before today or too far ahead, ValueError when the experiment may not start.
    """
    if asked.forbids or asked.size is None:
        raise ValueError(f"this experiment may not start: {asked.forbids}")
    wish, size = asked.wish, asked.size
    made = {
        "day": first,
        "what": wish.what,
        "option": wish.option,
        "outcome": wish.outcome,
        "difference": asked.difference,
        "pairs": size.pairs,
        "period_days": size.period_days,
        "washout_days": size.washout_days,
        "power": round(size.power, 4),
        "seed": secrets.randbelow(LARGEST_SEED) if seed is None else seed,
    }
    return experiment(made, knowledge)


def of_diary(
    book: Book, *, on: dt.date | None = None, knowledge: Knowledge | None = None
) -> Running | None:
    """The newest experiment of a diary, as it stands on a day; None when there is none."""
    if not book.experiments:
        return None
    course = follow_up(book, on=on, knowledge=knowledge or load())
    return running(book, book.experiments[-1], course)


def running(book: Book, record: Experiment, course: FollowUp) -> Running:
    """How an experiment stands on the day of ``course``."""
    plan = planned(record)
    periods = _periods(plan)
    day = course.day
    today = next((d for d in plan.days if d.day == day), None)
    before = _level(book, record.outcome, record.day - dt.timedelta(days=1))
    return Running(
        record=record,
        plan=plan,
        day=day,
        state=_state(book, record, plan, before, course),
        periods=periods,
        period=next((p for p in periods if p.first <= day <= p.last), None),
        counts=bool(today and today.counts),
        before=before,
        course=course,
    )


def planned(record: Experiment) -> statistics.Experiment:
    """The days of a record, drawn again from its seed: anyone can check the draw."""
    from rugkompas.statistics import experiment as statistics

    size = statistics.Size(
        pairs=record.pairs,
        period_days=record.period_days,
        washout_days=record.washout_days,
        difference=record.difference,
        power=math.nan if record.power is None else record.power,
    )
    return statistics.plan(record.day, size, record.seed)


def ended(record: Experiment, how: str, on: dt.date, knowledge: Knowledge) -> Experiment:
    """The next version of a record: how (``ENDS``) and when it ended. Raises BadAnswers."""
    given = msgspec.to_builtins(record)
    given |= {"id": new_id(), "replaces": record.id, "written_at": now()}
    return experiment({**given, "ended": how, "ended_on": on}, knowledge)


def finding(book: Book, it: Running) -> statistics.Finding | None:
    """What a finished experiment shows. None before its end, and for one that was stopped:
    looking half-way would make chance look like an effect."""
    from rugkompas.statistics import experiment as statistics

    if it.state != "finished":
        return None
    found = days(book, it.plan.days[-1].day)
    return statistics.analyse(it.plan, found.day, getattr(found, it.record.outcome))


def _forbids(
    book: Book, wish: Wish, course: FollowUp, withheld: Withheld | None, knowledge: Knowledge
) -> Forbids | None:
    """In the order in which a person needs to hear it."""
    option = knowledge.options.get(wish.option or "")
    runs = book.experiments and book.experiments[-1].ended is None
    names = book.episode_on(course.day)
    if RANK[course.tier] >= RANK["within_days"]:
        return "call_first"
    if not course.triaged:
        return "not_triaged"
    if runs:
        return "running"
    if wish.outcome == "activities" and not (names and names.activities):
        return "no_activities"
    if option is None:
        return None
    if option.domain in NEVER_THE_PLAN:
        return "with_doctor"
    if withheld:
        return "not_offered"
    if option.id in FULL_OPTION or option.id in ASK_ONLY:
        return "not_to_leave"
    return "too_slow" if option.weeks_until_known[0] * 7 > wish.period_days else None


def _withheld(wish: Wish, course: FollowUp) -> Withheld | None:
    """The limits of the option for this person (``assess.options``)."""
    if wish.option is None:
        return None
    not_offered = course.assessment.options.not_offered
    return next((one for one in not_offered if one.id == wish.option), None)


def _level(book: Book, outcome: str, last: dt.date) -> float | None:
    found = days(book, last)
    values = getattr(found, outcome)[-BEFORE_DAYS:]
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if len(known) >= BEFORE_ENTRIES else None


def _state(
    book: Book,
    record: Experiment,
    plan: statistics.Experiment,
    before: float | None,
    course: FollowUp,
) -> State:
    from rugkompas.statistics import experiment as statistics

    if record.ended:
        return "finished" if record.ended == "finished" else "stopped"
    last = plan.days[-1].day
    if course.day > last:
        return "finished"
    if RANK[course.tier] >= RANK["within_days"]:
        return "alarm"
    if course.day < record.day:
        return "to_come"
    if before is not None:
        points = float(course.assessment.knowledge.parameters_on(record.day).pain_change)
        found = days(book, course.day)
        scores = getattr(found, record.outcome)
        if statistics.stop(plan, found.day, scores, before, points) == "worse":
            return "worse"
    return "go_on"


def _periods(plan: statistics.Experiment) -> tuple[Period, ...]:
    length = plan.size.period_days
    parts = [plan.days[at : at + length] for at in range(0, len(plan.days), length)]
    return tuple(
        Period(number, part[0].day, part[-1].day, part[0].with_option)
        for number, part in enumerate(parts, start=1)
    )
