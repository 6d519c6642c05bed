"""The short interview: a few keys for one day, the emergency check first."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import click

from rugkompas.assess.diary_answers import answers_on, standing_alarms
from rugkompas.assess.diary_asking import USUAL_FACTORS, alarms, calm, is_week, signs_to_ask
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.cli.asking import QUIT, tell
from rugkompas.cli.diary.shared import diary_words
from rugkompas.cli.say import Say
from rugkompas.people.diary import Book
from rugkompas.people.diary.entry import ACTIVITIES, COURSE, DONE, NOTE


def interview(say: Say, book: Book, day: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what changes about the episode, the entry's fields). What is skipped is left out. An
    alarm sign ends the interview, so that its result comes at once.

    Raises click.Abort when the person stops: then nothing is kept.
    """
    ask = _Asking(say)
    tell(ask.words("ask_welcome"))
    given: dict[str, Any] = {}
    changed: dict[str, Any] = {}
    answers = answers_on(book, day, say.knowledge)
    if standing_alarms(answers, say.knowledge):
        given["looked_at"] = ask.yes_no("ask_looked_at")
    given["signs"], alarm = _signs(ask, answers, say.knowledge)
    if not alarm:
        _day(ask, book, day, given, changed)
    given = {name: value for name, value in given.items() if value not in (None, {}, "")}
    return changed, given


def _day(
    ask: _Asking, book: Book, day: dt.date, given: dict[str, Any], changed: dict[str, Any]
) -> None:
    episode = book.episode_on(day)
    given["pain"] = ask.whole("ask_pain", 10)
    names = episode.activities if episode else ()
    if not names:
        typed = ask.text("ask_names", 200)
        names = tuple(part.strip() for part in typed.split(",") if part.strip())[:ACTIVITIES]
        if names:
            changed["activities"] = names
    scores = {name: ask.whole("ask_activity", 10, name=name) for name in names}
    given["activities"] = {name: score for name, score in scores.items() if score is not None}
    given["factors"] = _factors(ask, episode.factors if episode else ())
    if is_week(book, day):
        tell(ask.words("ask_week"))
        given["week"] = _week(ask)
    given["note"] = ask.text("ask_note", NOTE, limit=NOTE)


class _Asking:
    """Questions on one line each; Enter skips."""

    def __init__(self, say: Say) -> None:
        self.say = say

    def words(self, key: str, **values: object) -> str:
        return diary_words(self.say, key, **values)

    def text(self, key: str, longest: int, **values: object) -> str:
        """Some words, or none."""
        while True:
            typed = input(f"{self.words(key, **values)}: ").strip()
            if typed.casefold() == QUIT:
                tell(self.words("ask_stopped"))
                raise click.Abort
            if len(typed) <= longest:
                return typed
            tell(self.words("ask_wrong"))

    def whole(self, key: str, high: int, low: int = 0, **values: object) -> int | None:
        """A whole number, or None."""
        while True:
            typed = self.text(key, 10, **values)
            if not typed:
                return None
            if re.fullmatch(r"\d{1,2}", typed) and low <= int(typed) <= high:
                return int(typed)
            tell(self.words("ask_wrong"))

    def yes_no(self, key: str) -> str | None:
        """yes, no, or None."""
        meant = {"j": "yes", "ja": "yes", "y": "yes", "yes": "yes", "n": "no", "nee": "no"}
        while True:
            typed = self.text(key, 10).casefold()
            if not typed:
                return None
            if typed in (*meant, "no"):
                return meant.get(typed, "no")
            tell(self.words("ask_wrong"))

    def several(self, key: str, hint: str, count: int) -> list[int] | None:
        """Places in a list that was shown; [] for none of them, None when skipped."""
        if key:
            tell(self.words(key))
        while True:
            typed = self.text(hint, 100)
            if not typed:
                return None
            numbers = re.split(r"[\s,;+]+", typed)
            if numbers == ["0"]:
                return []
            if all(n.isdecimal() and 1 <= int(n) <= count for n in numbers):
                return [int(n) - 1 for n in dict.fromkeys(numbers)]
            tell(self.words("ask_wrong"))


def _signs(
    ask: _Asking, answers: dict[str, Any], knowledge: Knowledge
) -> tuple[dict[str, Any], bool]:
    """The answers to the emergency check, and whether one of them is an alarm sign."""
    words = knowledge.words[ask.say.language].questions
    asked = signs_to_ask(answers, knowledge)
    tell(ask.words("ask_signs"))
    for place, question in enumerate(asked, start=1):
        tell(f"  {place}. {words[question.id].short}")
    chosen = ask.several("", "ask_signs_hint", len(asked))
    if chosen is None:
        return {}, False
    # Only who said "nothing new", or named some, has answered the others.
    found = {question.id: calm(question) for question in asked}
    for place in chosen:
        question = asked[place]
        found[question.id] = _value(ask, question, words[question.id].values)
    return found, bool(chosen)


def _value(ask: _Asking, question: Question, values: dict[str, str]) -> str:
    """Which alarm it is. Skipping that takes the worst: nothing lowers the urgency."""
    if question.kind == "tri":
        return "yes"
    options = alarms(question)
    for place, value in enumerate(options, start=1):
        tell(f"  {place}. {values.get(value, value)}")
    chosen = ask.whole("ask_value", len(options), low=1)
    return question.worse[0][-1] if chosen is None else options[chosen - 1]


def _factors(ask: _Asking, chosen: tuple[str, ...]) -> dict[str, Any]:
    names = chosen or USUAL_FACTORS
    words = ask.say.knowledge.words[ask.say.language].diary
    tell(ask.words("ask_factors"))
    for place, name in enumerate(names, start=1):
        tell(f"  {place}. {words.get(f'factor_{name}', name)}")
    held = ask.several("", "ask_signs_hint", len(names))
    if held is None:
        return {}
    return {name: "yes" if place in held else "no" for place, name in enumerate(names)}


def _week(ask: _Asking) -> dict[str, Any]:
    course = ask.whole("ask_course", 3, low=1)
    roles = ask.whole("ask_roles", 3, low=1)
    found = {
        "pain_days": ask.whole("ask_pain_days", 7),
        "course_activity": COURSE[course - 1] if course else None,
        "roles": DONE[roles - 1] if roles else None,
    }
    return {name: value for name, value in found.items() if value is not None}
