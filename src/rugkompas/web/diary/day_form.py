"""The form of one day: what stands in it, and what was sent as the fields of an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from rugkompas.assess.diary_answers import answers_on, is_alarm, standing_alarms
from rugkompas.assess.diary_asking import USUAL_FACTORS, alarms, calm, is_week, signs_to_ask
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.people.diary import Book, Entry, new_id
from rugkompas.people.diary.entry import COUNTED, COURSE, DONE, MOST, NOTE, is_sign
from rugkompas.web.diary.store import MOST_YEARS

NOTHING, SOME = "nothing", "some"
"""What is chosen about the alarm signs as a whole."""
SCALE = tuple(str(number) for number in range(11))
WEEK_DAYS = SCALE[:8]
LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Sign:
    """One alarm sign. values: the answers to choose from, the calm one first."""

    id: str
    values: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class DayForm:
    """A day to fill in. typed: the name of each field -> what stands in it. replaces: the id
    of the version that is changed. earlier: how many versions there were before."""

    day: dt.date
    today: dt.date
    first: dt.date
    id: str
    replaces: str
    names: tuple[str, ...]
    factors: tuple[str, ...]
    steps: tuple[str, ...]
    signs: tuple[Sign, ...]
    week: bool
    standing: tuple[str, ...]
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str) -> str:
        """What stands in a field."""
        return self.typed.get(name, "")


def first_day(book: Book, day: dt.date, k: Knowledge) -> dt.date:
    """The earliest day that can be written about: not before birth, as far as age is known."""
    age = answers_on(book, day, k).get("age_years")
    earliest = dt.date(day.year - MOST_YEARS, 1, 1)
    return max(earliest, dt.date(day.year - age - 1, 1, 1)) if isinstance(age, int) else earliest


def day_form(
    book: Book, day: dt.date, today: dt.date, steps: tuple[str, ...], k: Knowledge
) -> DayForm:
    """The form for a day, with what is written for it."""
    stands, current = book.entry_on(day), book.episode_on(day)
    before = answers_on(book, today, k)
    told = stands.signs if stands else {}
    signs = tuple(_sign(q, str(told.get(q.id, ""))) for q in signs_to_ask(before, k))
    standing = standing_alarms(before, k)
    return DayForm(
        day=day,
        today=today,
        first=first_day(book, today, k),
        id=new_id(),
        replaces=stands.id if stands else "",
        names=current.activities if current else (),
        factors=(current.factors if current else ()) or USUAL_FACTORS,
        steps=steps,
        signs=signs,
        week=is_week(book, day) or bool(stands and stands.week),
        standing=standing,
        typed=_typed(stands, current.activities if current else (), steps, signs, k),
    )


def _sign(question: Question, typed: str) -> Sign:
    return Sign(question.id, (calm(question), *alarms(question), "unknown"), typed)


def _is_asked(k: Knowledge, id_: str) -> bool:
    question = k.questions.get(id_)
    return question is not None and question.emergency and is_sign(question)


def _typed(
    stands: Entry | None,
    names: tuple[str, ...],
    steps: tuple[str, ...],
    signs: tuple[Sign, ...],
    k: Knowledge,
) -> dict[str, str]:
    if stands is None:
        return {}
    found = {"note": stands.note, "looked_at": stands.looked_at or ""}
    if stands.pain is not None:
        found["pain"] = str(stands.pain)
    for place, name in enumerate(names):
        if name in stands.activities:
            found[f"score{place}"] = str(stands.activities[name])
    for place, step in enumerate(steps):
        found[f"done{place}"] = stands.plan.get(step, "")
    found |= {f"factor.{name}": f"{value}" for name, value in stands.factors.items()}
    if stands.week:
        week = {"pain_days": stands.week.pain_days, "course_activity": stands.week.course_activity}
        week["roles"] = stands.week.roles
        found |= {f"week.{name}": str(it) for name, it in week.items() if it is not None}
    if stands.signs:
        loud = any(is_alarm(k.questions[s.id], s.typed) for s in signs if s.typed)
        found["signs"] = SOME if loud or "unknown" in stands.signs.values() else NOTHING
    return found


def sent_form(empty: DayForm, sent: QueryDict, k: Knowledge) -> DayForm:
    """The same form with what was typed in it, to show it again."""
    typed = {name: value for name, value in sent.items() if isinstance(value, str)}
    names = tuple(sent.getlist("name"))[:3] or empty.names
    steps = tuple(sent.getlist("step"))[:MOST] or empty.steps
    # What was asked is what stood on the page, not what would be asked now: sent again, the
    # same page gives the same entry.
    asked = [id_ for id_ in dict.fromkeys(sent.getlist("asked")) if _is_asked(k, id_)]
    signs = tuple(_sign(k.questions[id_], typed.get(f"sign.{id_}", "")) for id_ in asked)
    return DayForm(
        day=empty.day,
        today=empty.today,
        first=empty.first,
        id=typed.get("id") or empty.id,
        replaces=typed.get("replaces", ""),
        names=names,
        factors=empty.factors,
        steps=steps,
        signs=signs,
        week=empty.week,
        standing=empty.standing,
        typed=typed,
    )


def given_by(form: DayForm, k: Knowledge) -> tuple[dict[str, Any], dict[str, str]]:
    """(the fields of an entry, what is wrong: field -> key of its sentence). What is left open
    is left out; it is never "no"."""
    wrong: dict[str, str] = {}

    def chosen(name: str, allowed: tuple[str, ...]) -> str | None:
        typed = form.at(name)
        if typed and typed not in allowed:
            wrong[name] = "choose_one"
        return typed if typed in allowed else None

    def number(name: str, allowed: tuple[str, ...] = SCALE) -> int | None:
        typed = chosen(name, allowed)
        return None if typed is None else int(typed)

    scores = {name: number(f"score{place}") for place, name in enumerate(form.names)}
    done = {step: chosen(f"done{place}", DONE) for place, step in enumerate(form.steps)}
    week = {
        "pain_days": number("week.pain_days", WEEK_DAYS),
        "course_activity": chosen("week.course_activity", COURSE),
        "roles": chosen("week.roles", DONE),
    }
    made: dict[str, Any] = {
        "id": form.id,
        "pain": number("pain"),
        "activities": _told(scores),
        "factors": _told({name: _factor(form, name, wrong) for name in form.factors}),
        "plan": _told(done),
        "week": _told(week),
        "signs": _signs(form, k, wrong),
        "looked_at": chosen("looked_at", ("yes", "no")),
    }
    found = {name: value for name, value in made.items() if value not in (None, {})}
    note = " ".join(form.at("note").split())
    if len(note) > NOTE:
        wrong["note"] = "diary_note_long"
    # Also an empty one: who takes a note away means it.
    return {**found, "note": note}, wrong


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _factor(form: DayForm, name: str, wrong: dict[str, str]) -> str | int | None:
    typed = form.at(f"factor.{name}").strip()
    if not typed:
        return None
    if name in COUNTED:
        if typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_NUMBER:
            return int(typed)
        wrong[f"factor.{name}"] = "diary_number"
        return None
    if typed not in ("yes", "no"):
        wrong[f"factor.{name}"] = "choose_one"
        return None
    return typed


def _signs(form: DayForm, k: Knowledge, wrong: dict[str, str]) -> dict[str, str]:
    """Only who said "nothing new", or named some, has answered the others."""
    told = {s.id: s.typed for s in form.signs if s.typed}
    for sign in form.signs:
        if sign.typed and sign.typed not in sign.values:
            wrong[f"sign.{sign.id}"] = "choose_one"
    loud = {id_: it for id_, it in told.items() if it != calm(k.questions[id_])}
    whole = form.at("signs")
    if whole == SOME and not loud:
        wrong["signs"] = "diary_signs_which"
    if not loud and whole != NOTHING:
        return {}
    # A sign that was named counts, whatever was chosen above it.
    return {s.id: calm(k.questions[s.id]) for s in form.signs} | loud
