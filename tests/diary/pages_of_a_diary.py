"""Entries and diaries in few words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from rugkompas.catalogue import load
from rugkompas.people.diary import Book, Entry, entry, episode

KNOWLEDGE = load()
DAY = dt.date(2026, 11, 25)
ZONE = dt.timezone(dt.timedelta(hours=1))
NOBODY_ASKED = ("S19",)


def day(number: int) -> dt.date:
    """That many days after the first day."""
    return DAY + dt.timedelta(days=number)


def evening(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(21), ZONE)


def page(number: int = 0, **given: Any) -> Entry:
    """The entry of a day, written that evening."""
    on = given.pop("day", day(number))
    key = given.pop("id", f"entry-{on.isoformat()}")
    written = given.pop("written_at", evening(on))
    return entry({"id": key, "day": on, "written_at": written, **given}, KNOWLEDGE)


def book(*entries: Entry, **start: Any) -> Book:
    """A diary of these entries, with a start on the first day when something is given for it."""
    made = Book()
    if start:
        on = start.pop("day", DAY)
        given = {"id": "episode-1", "day": on, "written_at": evening(on), **start}
        made.take(episode(given, KNOWLEDGE))
    for line in entries:
        made.take(line)
    return made


def scored(pains: Iterable[int | None], doing: Iterable[int | None] = ()) -> list[Entry]:
    """Day after day a score for pain, and for one activity; None: nothing written that day."""
    made = []
    for number, (pain, does) in enumerate(zip_longest(pains, doing)):
        if pain is None and does is None:
            continue
        given = {} if does is None else {"activities": {"tillen": does}}
        made.append(page(number, pain=pain, **given))
    return made
