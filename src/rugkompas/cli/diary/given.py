"""What was given on the command line or in the interview, as records of a diary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from rugkompas.catalogue import Knowledge
from rugkompas.cli.say import refused
from rugkompas.people.diary import Book, Entry, Episode, entry, episode

_PARTS = ("activities", "factors", "plan", "signs", "week")


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """NAME=VALUE, more than once. Raises RefusedError."""
    found = {}
    for text in given:
        name, equals, value = text.rpartition("=")
        if not equals or not name:
            raise refused("diary_pair", option)
        found[name.strip()] = value.strip()
    return found


def number(text: str) -> Any:
    """A number where it is one; the check of the entry says what is wrong with the rest."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def scores(given: Iterable[str], names: tuple[str, ...]) -> dict[str, Any]:
    """NAME=SCORE, or a score alone for each own activity in turn. Raises RefusedError."""
    found: dict[str, Any] = {}
    for place, text in enumerate(given):
        name, equals, score = text.rpartition("=")
        if not equals:
            if place >= len(names):
                raise refused("diary_no_names", "--activity")
            name = names[place]
        found[name.strip()] = number(score.strip())
    return found


def signs(given: Iterable[str], knowledge: Knowledge) -> dict[str, Any]:
    """ID=ANSWER; the members of a set with commas between them."""
    found: dict[str, Any] = {}
    for name, answer in pairs(given, "--sign").items():
        question = knowledge.questions.get(name)
        is_set = question is not None and question.kind == "set"
        found[name] = [part for part in answer.split(",") if part] if is_set else answer
    return found


def new_episode(
    book: Book, day: dt.date, changed: Mapping[str, Any], knowledge: Knowledge
) -> Episode | None:
    """The record for what changes about the episode (activities, factors, began, answers);
    None when nothing does. What is not changed stays as it was."""
    changed = {name: value for name, value in changed.items() if value}
    if not changed:
        return None
    before = book.episode_on(day)
    kept: dict[str, Any] = {}
    if before is not None:
        kept = {
            name: getattr(before, name) for name in ("activities", "factors", "began", "answers")
        }
    replaces = before.id if before is not None and before.day == day else None
    made = {**kept, **changed, "day": day, "replaces": replaces}
    if before is not None and all(kept[name] == made[name] for name in changed):
        return None
    return episode(made, knowledge)


def new_entry(
    book: Book, day: dt.date, given: Mapping[str, Any], change: bool, knowledge: Knowledge
) -> Entry:
    """The entry; with ``change`` what is given comes over what stands for that day."""
    stands = book.entry_on(day)
    made: dict[str, Any] = {"day": day, **given}
    if change and stands is not None:
        old = msgspec.to_builtins(stands)
        for name in ("kind", "id", "written_at", "replaces", "day"):
            old.pop(name, None)
        for part in _PARTS:
            if part in made:
                made[part] = {**old.get(part, {}), **made[part]}
        made = {**old, **made, "replaces": stands.id}
    return entry(made, knowledge)
