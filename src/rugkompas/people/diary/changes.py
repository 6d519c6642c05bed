"""What a person gives, as a new record: over what stands, and with what was not changed kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from rugkompas.catalogue import Knowledge
from rugkompas.people.diary.book import Book
from rugkompas.people.diary.entry import Entry, Episode, entry, episode

_PARTS = ("activities", "factors", "plan", "signs", "week")


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
