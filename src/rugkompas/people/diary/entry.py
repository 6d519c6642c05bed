"""What a diary holds: entries, the episode with its own activities, personal experiments, and
marks of what was deleted.

A record is one line of the file. What is left out is missing, and missing is never "no".
"""

from __future__ import annotations

import datetime as dt
import math
import re
import secrets
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic.codebook import TRI
from rugkompas.people.person import person
from rugkompas.people.problems import BadAnswers, Problem

NOTE = 500
"""Characters of a note."""
NAME = 60
"""Characters of the name of an own activity, or of a step of a plan."""
ACTIVITIES = 3
MOST = 20
"""Factors, or steps of a plan, in one entry."""
LARGEST = 100_000
"""Steps or minutes in one day."""
DONE = ("yes", "partly", "no")
COURSE = ("improving", "unchanged", "worsening", "unknown")
FACTORS = ("broken_night", "lifting", "stress", "minutes_moved", "steps")
"""Factors that have words. Own ones may be added under a name of the same shape."""
COUNTED = ("minutes_moved", "steps")
"""Factors that are a number of a day; the others are yes, no or unknown."""
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
FACTOR = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""The shape of a factor's name."""


class Week(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The weekly check-in. pain_days: days with pain in the last 7. course_activity: doing
    more, the same or less than at the start. roles: back at work, school or care (yes, partly,
    no)."""

    pain_days: int | None = None
    course_activity: str | None = None
    roles: str | None = None


class Record(Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="kind"):
    """id: made by whoever writes, one for each submission, so that sending again never doubles.
    written_at: the instant, with the offset of the writer's clock. replaces: the id of the
    version that this one takes the place of."""

    id: str
    written_at: dt.datetime
    replaces: str | None = None


class Entry(Record, frozen=True, omit_defaults=True, kw_only=True, tag="entry"):
    """One day. day: a local date, as the person chose it. pain: 0-10, mean of that day.
    activities: own activity -> 0 (no trouble) to 10 (impossible). factors: yes, no, unknown or
    a number. plan: step -> yes, partly or no. signs: answers to triage questions of that day.
    looked_at: a doctor has looked at an alarm sign of before."""

    day: dt.date
    pain: int | None = None
    activities: dict[str, int] = {}
    factors: dict[str, str | int | float] = {}
    plan: dict[str, str] = {}
    signs: dict[str, Any] = {}
    looked_at: str | None = None
    week: Week | None = None
    note: str = ""


class Episode(Record, frozen=True, omit_defaults=True, kw_only=True, tag="episode"):
    """From a day on: the one to three own activities, which factors to ask about, when the
    pain began (None: not known), and the answers to triage as they were on that day."""

    day: dt.date
    activities: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    began: dt.date | None = None
    answers: dict[str, Any] = {}


class Experiment(Record, frozen=True, omit_defaults=True, kw_only=True, tag="experiment"):
    """A personal experiment as it was planned; checked in ``people.diary.experiment``.

    day: the first day. what: what is tried, in own words. option: its id, when the catalogue
    has it. outcome: pain, or the mean of the own activities (activities). difference: points
    that would make it worth it. pairs, period_days, washout_days: its shape. power: the chance,
    0-1, to see such a difference, as it was said before the start. seed: of the draw, so that
    anyone can check it. ended, ended_on: how and when it ended; both lack while it runs.
    """

    day: dt.date
    what: str
    option: str | None = None
    outcome: str = "pain"
    difference: float
    pairs: int
    period_days: int
    washout_days: int = 0
    power: float | None = None
    seed: int
    ended: str | None = None
    ended_on: dt.date | None = None


class Deleted(Record, frozen=True, omit_defaults=True, kw_only=True, tag="deleted"):
    """Something stood here under this id; nothing of its content is left."""


Kept = Entry | Episode | Experiment
"""Records with content: for each kind at most one that holds for a day."""
Line = Kept | Deleted
R = TypeVar("R", Entry, Episode, Experiment)


def new_id() -> str:
    """A key for one submission."""
    return secrets.token_urlsafe(16)


def now() -> dt.datetime:
    """This instant, with the offset of the local clock, in whole seconds."""
    return dt.datetime.now(dt.UTC).astimezone().replace(microsecond=0)


def entry(given: Mapping[str, Any], knowledge: Knowledge) -> Entry:
    """A checked entry.

    given: the fields of ``Entry``; ``id`` and ``written_at`` are made when they lack. The day
    may not lie after the local day on which it is written.
    Raises BadAnswers with every problem; a message never repeats an answer.
    """
    problems: list[Problem] = []
    made = converted(Entry, given, problems)
    if made is not None:
        common(made, problems)
        _not_later(made, problems)
        _scores(made, problems)
        _words(made, problems)
        _signs(made, knowledge, problems)
    if problems or made is None:
        raise BadAnswers(problems)
    return made


def episode(given: Mapping[str, Any], knowledge: Knowledge) -> Episode:
    """A checked episode; the rest as ``entry``. The answers are checked as ``person`` does."""
    problems: list[Problem] = []
    made = converted(Episode, given, problems)
    if made is not None:
        common(made, problems)
        _not_later(made, problems)
        names = made.activities
        if len(names) > ACTIVITIES or len(set(names)) < len(names):
            problems.append(Problem("diary_activities", "activities"))
        problems += [
            Problem("diary_name", "activities") for name in names if not is_name(name, NAME)
        ]
        problems += [
            Problem("diary_factor", "factors") for f in made.factors if not FACTOR.fullmatch(f)
        ]
        if made.began is not None and made.began > made.day:
            problems.append(Problem("diary_began_later", "began"))
        try:
            person(made.answers, knowledge)
        except BadAnswers as error:
            problems += error.problems
    if problems or made is None:
        raise BadAnswers(problems)
    return made


def converted(type_: type[R], given: Mapping[str, Any], problems: list[Problem]) -> R | None:
    """The record in what was given, when every field is one and has its shape."""
    names = {field.encode_name for field in msgspec.structs.fields(type_)}
    strange = sorted(str(key) for key in given if key not in names and key != "kind")
    if strange:
        problems.append(Problem("diary_field", strange[0][:NAME]))
        return None
    filled = {"id": new_id(), "written_at": now(), **given}
    filled = {key: value for key, value in filled.items() if value is not None}
    try:
        return msgspec.convert(filled | {"kind": type_.__struct_config__.tag}, type_)
    except (msgspec.ValidationError, ValueError, TypeError, OverflowError) as error:
        at = str(error).partition(" - at `$.")[2].strip("`")
        problems.append(Problem("diary_value", re.split(r"[.\[]", at)[0] or type_.__name__.lower()))
        return None


def common(made: Kept, problems: list[Problem]) -> None:
    """What holds for every record: its keys, and a time with its zone."""
    if not _ID.fullmatch(made.id) or (made.replaces and not _ID.fullmatch(made.replaces)):
        problems.append(Problem("diary_id", "id"))
    if made.written_at.tzinfo is None:
        problems.append(Problem("diary_zone", "written_at"))


def _not_later(made: Entry | Episode, problems: list[Problem]) -> None:
    if made.written_at.tzinfo is not None and made.day > made.written_at.date():
        problems.append(Problem("diary_future", "day"))


def _scores(made: Entry, problems: list[Problem]) -> None:
    def within(value: float | None, where: str, high: int) -> None:
        if value is not None and not 0 <= value <= high:
            limits = {"low": "0", "high": str(high)}
            problems.append(Problem("out_of_range", where, limits))

    within(made.pain, "pain", 10)
    for name, score in made.activities.items():
        within(score, "activities", 10)
        if not is_name(name, NAME):
            problems.append(Problem("diary_name", "activities"))
    if len(made.activities) > ACTIVITIES:
        problems.append(Problem("diary_activities", "activities"))
    if made.week:
        within(made.week.pain_days, "week.pain_days", 7)
        one_of(made.week.course_activity, COURSE, "week.course_activity", problems)
        one_of(made.week.roles, DONE, "week.roles", problems)
    one_of(made.looked_at, TRI, "looked_at", problems)


def _words(made: Entry, problems: list[Problem]) -> None:
    for name, value in made.factors.items():
        if not FACTOR.fullmatch(name):
            problems.append(Problem("diary_factor", "factors"))
        elif isinstance(value, str):
            one_of(value, TRI, f"factors.{name}", problems)
        elif not (math.isfinite(value) and 0 <= value <= LARGEST):
            limits = {"low": "0", "high": str(LARGEST)}
            problems.append(Problem("out_of_range", f"factors.{name}", limits))
    for step, done in made.plan.items():
        if not is_name(step, NAME):
            problems.append(Problem("diary_name", "plan"))
        one_of(done, DONE, "plan", problems)
    if len(made.factors) > MOST or len(made.plan) > MOST:
        problems.append(Problem("diary_many", "factors, plan", {"limit": str(MOST)}))
    if len(made.note) > NOTE or not _is_text(made.note):
        problems.append(Problem("diary_note", "note", {"limit": str(NOTE)}))


def _signs(made: Entry, knowledge: Knowledge, problems: list[Problem]) -> None:
    for id_ in made.signs:
        question = knowledge.questions.get(id_)
        if question is None or not is_sign(question):
            problems.append(Problem("diary_sign", "signs"))
            return
    try:
        person(made.signs, knowledge)
    except BadAnswers as error:
        problems += error.problems


def is_sign(question: Question) -> bool:
    """A question of triage whose answer can be another one on another day; what the diary
    itself knows (scores, duration, direction) is asked elsewhere."""
    own = ("pain_nrs", "pain_duration_days", "pain_duration_class", "course_activity")
    return question.triage and question.can_change and question.id not in own


def one_of(
    value: str | None, allowed: tuple[str, ...], where: str, problems: list[Problem]
) -> None:
    """A word that is not among those allowed is a problem; none given is not."""
    if value is not None and value not in allowed:
        problems.append(Problem("not_a_value", where, {"allowed": ", ".join(allowed)}))


def is_name(text: str, longest: int) -> bool:
    """Some words that a file and a table can hold."""
    return 0 < len(text.strip()) and len(text) <= longest and _is_text(text)


def _is_text(text: str) -> bool:
    """No half of a surrogate pair, which no file can hold, and no NUL, which a table cannot."""
    return not any("\ud800" <= c <= "\udfff" or c == "\0" for c in text)
