"""Made-up diaries: seeded, of three people, for stories, checks and benchmarks.

``recovering``: can do clearly more within three weeks. ``deviating``: no clear change at three
weeks, goes to a physiotherapist at four, and then it goes better. ``carer``: pain for years,
and more of it after a broken night. They are no population: nothing is claimed about how often.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from rugkompas.catalogue import Knowledge
from rugkompas.people.diary.book import Book
from rugkompas.people.diary.entry import Entry, Episode, entry, episode

Kind = Literal["recovering", "deviating", "carer"]
KINDS: tuple[Kind, ...] = ("recovering", "deviating", "carer")
LENGTH = 84
_ZONE = dt.timezone(dt.timedelta(hours=1))
_ACTIVITIES: dict[Kind, tuple[str, ...]] = {
    "recovering": ("fietsen", "stofzuigen", "zitten"),
    "deviating": ("traplopen", "werken"),
    "carer": ("tillen",),
}
_CALM: dict[str, Any] = {
    **dict.fromkeys(
        (
            *("seriously_ill", "collapse_or_pulsating_belly", "known_aaa"),
            *("chest_pain_or_breathless",),
            *("cold_pale_leg", "fever_or_chills", "onset_sudden_not_movement"),
            *("gait_unsteady_new", "flank_colic", "steroids_oral_3m", "bone_risk"),
            *("spine_procedure_3m", "anticoagulant", "weight_loss_unintended", "trunk_band"),
            *("bladder_change", "bowel_change", "saddle_change", "pain_unmanageable"),
        ),
        "no",
    ),
    **{"trauma": "none", "leg_weakness": "none", "leg_pain": "none", "leg_sensory": "none"},
    **{"sex": "male", "can_walk_stand": "yes", "night_pain": "none"},
    **{"cancer": "none", "immune_or_infection_risk": []},
}


@dataclass(frozen=True, slots=True)
class MadeUpDay:
    """What happened on one day, before it is written down; None: not written."""

    pain: int
    doing: int
    broken_night: bool
    lifting: bool
    stress: bool
    minutes_moved: int
    help_that_day: bool
    is_written: bool


def diary(kind: Kind, seed: int, start: dt.date, knowledge: Knowledge) -> Book:
    """A diary of twelve weeks and a day, with a check-in every week. The same seed gives the
    same diary."""
    chance = random.Random(f"{kind} {seed}")
    names = _ACTIVITIES[kind]
    answers = _CALM | {"age_years": 44 if kind == "carer" else 38}
    answers["pain_duration_days"] = 800 if kind == "carer" else 1
    book = Book()
    book.take(_begin(start, names, answers, chance, knowledge))
    for number, day in enumerate(days(kind, chance)):
        if day.is_written or number in (0, 21, 28, 84):
            book.take(_entry(number, day, start, names, chance, kind, knowledge))
    return book


def days(kind: Kind, chance: random.Random, length: int = LENGTH) -> Iterator[MadeUpDay]:
    """What happens to such a person, day after day."""
    drift = 0.0
    for number in range(length + 1):
        # Today looks like yesterday: noise that lasts, and a bit that does not.
        drift = 0.6 * drift + chance.gauss(0, 0.45)
        broken = chance.random() < (0.45 if kind == "carer" else 0.1)
        pain, doing = _level(kind, number, broken)
        yield MadeUpDay(
            pain=_score(pain + drift + chance.gauss(0, 0.4)),
            doing=_score(doing + 0.6 * drift + chance.gauss(0, 0.4)),
            broken_night=broken,
            lifting=chance.random() < (0.7 if kind == "carer" else 0.2),
            stress=chance.random() < 0.3,
            minutes_moved=max(0, round(chance.gauss(35, 15))),
            help_that_day=kind == "deviating" and number >= 29 and number % 7 == 1,
            is_written=chance.random() < 0.88,
        )


def _level(kind: Kind, number: int, broken: bool) -> tuple[float, float]:
    """Pain and trouble with doing that this person has on such a day, without chance."""
    if kind == "recovering":
        left = 0.93**number
        return 1.0 + 6.0 * left, 0.6 + 7.0 * 0.9**number
    if kind == "deviating":
        gained = max(0.0, number - 32) * 0.11
        return max(1.5, 6.3 - gained), max(1.0, 7.0 - 1.1 * gained)
    return 4.2 + (2.2 if broken else 0.0), 6.0


def _score(value: float) -> int:
    return max(0, min(10, round(value)))


def rows(count: int, seed: int, length: int = 90) -> Iterator[dict[str, Any]]:
    """Diaries of that many people in long format: a row for each person and day."""
    start = dt.date(2026, 3, 1)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        chance = random.Random(seed * 1_000_003 + number)
        for place, day in enumerate(days(kind, chance, length - 1)):
            if day.is_written or place == 0:
                yield {
                    "id": number,
                    "day": start + dt.timedelta(days=place),
                    "pain": day.pain,
                    "activities": day.doing,
                    "pain_duration_days": 800 if kind == "carer" else 1,
                }


def _begin(
    start: dt.date,
    names: tuple[str, ...],
    answers: dict[str, Any],
    chance: random.Random,
    knowledge: Knowledge,
) -> Episode:
    began = start - dt.timedelta(days=answers["pain_duration_days"])
    made = {
        **{"id": _id(chance), "written_at": _evening(start), "day": start, "began": began},
        **{"activities": names, "factors": ["broken_night", "lifting", "stress"]},
        "answers": answers,
    }
    return episode(made, knowledge)


def _entry(
    number: int,
    day: MadeUpDay,
    start: dt.date,
    names: tuple[str, ...],
    chance: random.Random,
    kind: Kind,
    knowledge: Knowledge,
) -> Entry:
    date = start + dt.timedelta(days=number)
    words = {True: "yes", False: "no"}
    made: dict[str, Any] = {
        **{"id": _id(chance), "written_at": _evening(date), "day": date, "pain": day.pain},
        "activities": {name: _score(day.doing + chance.gauss(0, 0.3)) for name in names},
        "factors": {
            "broken_night": words[day.broken_night],
            "lifting": words[day.lifting],
            "stress": words[day.stress],
            "minutes_moved": day.minutes_moved,
        },
        "signs": {"bladder_change": "no", "bowel_change": "no", "saddle_change": "no"},
    }
    if day.help_that_day:
        made["plan"] = {"fysiotherapeut": "yes"}
    if number and number % 7 == 0:
        made["week"] = _week(kind, number)
    return entry(made, knowledge)


def _week(kind: Kind, number: int) -> dict[str, Any]:
    """What the person says in the weekly check-in."""
    if kind == "recovering":
        said = "improving" if number >= 14 else "unchanged"
    elif kind == "deviating":
        said = "improving" if number >= 56 else "unchanged"
    else:
        said = "unchanged"
    return {"course_activity": said, "roles": "yes" if said == "improving" else "partly"}


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(96):024x}"


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(21, 30), _ZONE)
