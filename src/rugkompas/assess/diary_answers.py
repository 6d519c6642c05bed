"""A diary as answers to triage: every entry is triaged again (hazard H-21).

An alarm sign that was once said stays, until the person says that a doctor looked at it and
that it is gone: an earlier or later low answer never takes it away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.people.diary import Book, Entry, Episode

SAME_WEEK = dt.timedelta(days=6)
SAID_HOLDS = dt.timedelta(days=14)
_CLASSES = {
    "lt_3_weeks": (0, 20),
    "3_to_6_weeks": (21, 41),
    "6_to_12_weeks": (42, 83),
    "gt_12_weeks": (84, None),
}


def answers_on(book: Book, day: dt.date, knowledge: Knowledge) -> dict[str, Any]:
    """The person's answers as they hold on a day, for ``assess``: those of the start with what
    every entry since then adds. Of a day without a word about it nothing is assumed."""
    start = book.episode_on(day)
    since = start_of(book, day)
    all_entries = [e for e in book.entries if e.day <= day]
    entries = [e for e in all_entries if since is None or e.day >= since.day]
    answers = dict(start.answers) if start else {}
    asked_on = start.day if start else day
    if day - asked_on > SAID_HOLDS:
        answers.pop("course_activity", None)
    _duration(answers, began(book, day), asked_on, day)
    _scores(answers, since, entries, day)
    # Of days before the answers of the start only alarm signs count, but those always do.
    _signs(answers, all_entries, start.day if start else None, knowledge)
    return answers


def today(book: Book) -> dt.date:
    """Today, or the last day of the diary when the clock was set back since."""
    return max([dt.date.today(), *(e.day for e in book.entries[-1:])])


def start_of(book: Book, day: dt.date) -> Episode | None:
    """The record with which the episode of a day began: later ones with the same activities
    and the same start only renew the answers."""
    current = book.episode_on(day)
    if current is None:
        return None
    found = current
    for earlier in reversed([e for e in book.episodes if e.day < current.day]):
        same = (earlier.activities, earlier.began) == (current.activities, current.began)
        if not same:
            break
        found = earlier
    return found


def began(book: Book, day: dt.date) -> dt.date | None:
    """When the pain of this episode began, as far as it was said."""
    start = start_of(book, day)
    if start is None:
        return None
    days = start.answers.get("pain_duration_days")
    if start.began is None and isinstance(days, int):
        return start.day - dt.timedelta(days=days)
    return start.began


def _duration(
    answers: dict[str, Any], start: dt.date | None, asked_on: dt.date, day: dt.date
) -> None:
    """Time goes on: a duration of the first day is longer today."""
    elapsed = max(0, (day - asked_on).days)
    if start is not None:
        answers["pain_duration_days"] = max(0, (day - start).days)
        answers.pop("pain_duration_class", None)
    elif elapsed and answers.get("pain_duration_class") in _CLASSES:
        low, high = _CLASSES[answers.pop("pain_duration_class")]
        answers["pain_duration_days_min"] = low + elapsed
        if high is not None:
            answers["pain_duration_days_max"] = high + elapsed


def _scores(
    answers: dict[str, Any], start: Episode | None, entries: list[Entry], day: dt.date
) -> None:
    week = [e for e in entries if day - e.day <= SAME_WEEK]
    pains = [e.pain for e in week if e.pain is not None]
    if pains:
        answers.pop("nprs", None)
        answers["pain_nrs"] = pains[-1]
    said = [
        e.week.course_activity
        for e in entries
        if e.week and e.week.course_activity and day - e.day <= SAID_HOLDS
    ]
    if said:
        answers["course_activity"] = said[-1]
    names = start.activities if start else ()
    names = names or tuple(dict.fromkeys(name for e in entries for name in e.activities))
    if any(e.activities for e in entries):
        answers["activities"] = [_activity(name, entries, day) for name in names]


def _activity(name: str, entries: list[Entry], day: dt.date) -> dict[str, Any]:
    """The first score, and the mean of the last seven days after it."""
    scored = [e for e in entries if name in e.activities]
    made: dict[str, Any] = {"name": name}
    if scored:
        made["start_0_10"] = scored[0].activities[name]
    later = [e.activities[name] for e in scored[1:] if day - e.day <= SAME_WEEK]
    if later:
        made["now_0_10"] = sum(later) / len(later)
    return made


def _signs(
    answers: dict[str, Any],
    entries: Iterable[Entry],
    asked_on: dt.date | None,
    knowledge: Knowledge,
) -> None:
    for e in entries:
        is_before = asked_on is not None and e.day < asked_on
        for id_, answer in e.signs.items():
            question = knowledge.questions[id_]
            if is_before and not (question.emergency and is_alarm(question, answer)):
                continue
            answers[id_] = _after(question, answers.get(id_), answer, e.looked_at == "yes")


def _after(question: Question, before: Any, answer: Any, looked_at: bool) -> Any:
    """The answer that holds, now that this one came after that one."""
    if before is None or not (question.emergency and is_alarm(question, before)):
        return answer
    if is_alarm(question, answer):
        return max(before, answer, key=lambda word: _worse(question, word))
    return answer if looked_at and answer != "unknown" else before


def is_alarm(question: Question, answer: Any) -> bool:
    """Neither the calm answer nor "I do not know"."""
    if question.kind == "set":
        return bool(answer) and "unknown" not in answer
    calm = question.worse[0][0] if question.worse else "no"
    return answer not in (None, calm, "unknown")


def _worse(question: Question, word: Any) -> int:
    chains: list[list[str]] = question.worse or [["no", "yes"]]
    return max((chain.index(word) for chain in chains if word in chain), default=0)


def standing_alarms(answers: Mapping[str, Any], knowledge: Knowledge) -> tuple[str, ...]:
    """The emergency questions with an answer that is not calm."""
    return tuple(
        id_
        for id_, answer in answers.items()
        if id_ in knowledge.questions
        and knowledge.questions[id_].emergency
        and is_alarm(knowledge.questions[id_], answer)
    )
