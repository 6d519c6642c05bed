"""The free times of a week, ready to be shown."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.utils import timezone

from rugkompas.web.booking.clock import Clock
from rugkompas.web.booking.hours import Kind, Practice, Slot
from rugkompas.web.booking.store import free

DAYS = 7


@dataclass(frozen=True, slots=True)
class Time:
    """One button: what it sends and what it says."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its free times; none is said."""

    title: str
    times: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """before, after: the first day of the weeks beside it; empty: nothing to book there."""

    days: tuple[Day, ...]
    before: str
    after: str


def week(
    practice: Practice,
    kind: Kind,
    language: str,
    begin: str = "",
    who: str = "",
    without: uuid.UUID | None = None,
) -> Week:
    """Seven days from ``begin`` (2026-11-30); without a day that can be used, from the first
    that has a free time."""
    today, last = _reach(practice)
    first = _day(begin, today, last)
    if first is None:
        found = free(practice, kind, _days(today, (last - today).days + 1), who, without)
        first = practice.day_of(found[0].start) if found else today
    found = free(practice, kind, _days(first, DAYS), who, without)
    clock = Clock(practice, language)
    by_day = {
        day: tuple(slots)
        for day, slots in groupby(_once(found), lambda it: practice.day_of(it.start))
    }
    days = tuple(
        Day(
            clock.day(day),
            tuple(Time(value_of(it), clock.time(it.start)) for it in by_day.get(day, ())),
        )
        for day in _days(first, DAYS)
        if day <= last
    )
    before, after = first - dt.timedelta(days=DAYS), first + dt.timedelta(days=DAYS)
    return Week(
        days,
        max(before, today).isoformat() if first > today else "",
        after.isoformat() if after <= last else "",
    )


def value_of(slot: Slot) -> str:
    """As a form sends it: ``1764493200-anna``."""
    return f"{int(slot.start.timestamp())}-{slot.who}"


def slot_in(sent: QueryDict, kind: Kind) -> Slot | None:
    """The time that was chosen, if the practice has such a time at all."""
    seconds, _, who = sent.get("slot", "").partition("-")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12) or who not in kind.who:
        return None
    try:
        start = dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Slot(start, who)


def is_free(practice: Practice, kind: Kind, slot: Slot, without: uuid.UUID | None = None) -> bool:
    """It is among the times that can be asked for now."""
    day = practice.day_of(slot.start)
    today, last = _reach(practice)
    return today <= day <= last and slot in free(practice, kind, [day], slot.who, without)


def _once(found: list[Slot]) -> list[Slot]:
    """One of each moment; who is named first comes first."""
    return list({it.start: it for it in reversed(found)}.values())[::-1]


def _reach(practice: Practice) -> tuple[dt.date, dt.date]:
    now = timezone.now()
    return practice.day_of(now), practice.may_book(now)[1]


def _day(text: str, first: dt.date, last: dt.date) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last else None


def _days(first: dt.date, count: int) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range(count)]
