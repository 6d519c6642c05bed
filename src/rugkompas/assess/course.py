"""Which course, and when to look again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic import one
from rugkompas.people.person import Person
from rugkompas.rules import course as rules


@dataclass(frozen=True, slots=True)
class Course:
    """Duration and direction, both always said.

    said / measured: the direction by the person's words and by their own activities;
    ``direction`` is the less favourable of the two. ``recheck_on`` is a local date.
    """

    id: str
    duration_class: str
    direction: rules.Direction
    said: rules.Direction
    measured: rules.Direction
    episode: str
    recheck_in_days: int
    recheck_on: dt.date


def course(
    person: Person, urgency: str, day: dt.date, knowledge: Knowledge, p: Parameters
) -> Course:
    """The course of one person on a day."""
    given = person.given
    said: rules.Direction = given.get("course_activity", "unknown")
    measured = rules.measured_direction(scores(given), p)
    direction = rules.together(said, measured)
    q = one.answers_of(judged(person, direction, knowledge), knowledge.codebook)
    truths = rules.class_truths(q, p)
    id_ = next((name for name, truth in truths.items() if truth.value), "unknown_start")
    days = rules.recheck_in_days(urgency, id_, given.get("pain_duration_days"), p)
    return Course(
        id=id_,
        duration_class=knowledge.courses[id_].duration_class,
        direction=direction,
        said=said,
        measured=measured,
        episode=rules.episode_kind(
            given.get("first_ever_episode"), given.get("pain_free_month_before")
        ),
        recheck_in_days=days,
        recheck_on=day + dt.timedelta(days=days),
    )


def judged(
    person: Person, direction: rules.Direction, knowledge: Knowledge
) -> dict[str, int | float]:
    """The person's codes with the judged direction, as the course classes read it."""
    codes = dict(person.codes)
    if direction != "unknown":
        codes["course_direction"] = knowledge.codebook["course_direction"].code(direction)
    return codes


def scores(given: Mapping[str, object]) -> list[tuple[float, float]]:
    """(start, now) of every own activity that was scored twice."""
    activities = given.get("activities") or ()
    return [
        (item["start_0_10"], item["now_0_10"])
        for item in activities  # type: ignore[attr-defined]
        if item.get("start_0_10") is not None and item.get("now_0_10") is not None
    ]
