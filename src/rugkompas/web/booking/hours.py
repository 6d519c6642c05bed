"""A practice and its free times. Times are moments in UTC; opening hours are clock times there.

Pure: no clock, no database and no file is read here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

GRID = 5
"""Minutes of one cell. Every appointment begins on a cell and fills whole ones, so two that
overlap always share one."""

Busy = tuple[dt.datetime, dt.datetime]
"""From, until; both in UTC."""


@dataclass(frozen=True, slots=True)
class Span:
    """Open from ``begin`` until ``end`` on one day; None is midnight."""

    begin: dt.time
    end: dt.time | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of appointment. name: by language. who: ids of those who do it."""

    id: str
    name: Mapping[str, str]
    minutes: int
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody who sees people. calendars: files with times that they are not there."""

    id: str
    name: str
    calendars: tuple[Path, ...]
    opening: Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Practice:
    """What the settings file says. opening: by weekday, Monday 0. closed: first and last day."""

    name: str
    address: str
    phone: str
    email: str
    zone: ZoneInfo
    opening: Mapping[int, tuple[Span, ...]]
    closed: tuple[tuple[dt.date, dt.date], ...]
    kinds: Mapping[str, Kind]
    people: Mapping[str, Practitioner]
    ahead_days: int
    notice_hours: int
    step: int
    keep_days: int
    colour: str
    on_colour: str

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The day on the wall there."""
        return moment.astimezone(self.zone).date()

    def may_book(self, now: dt.datetime) -> tuple[dt.datetime, dt.date]:
        """(the earliest moment, the last day) that somebody can ask for."""
        last = self.day_of(now) + dt.timedelta(days=self.ahead_days)
        return now + dt.timedelta(hours=self.notice_hours), last


@dataclass(frozen=True, order=True, slots=True)
class Slot:
    """A time with somebody. start: UTC."""

    start: dt.datetime
    who: str


def cells(start: dt.datetime, minutes: int) -> range:
    """The numbers of the cells that an appointment fills, counted from 1970."""
    first = int(start.timestamp()) // (60 * GRID)
    return range(first, first + minutes // GRID)


def slots(
    practice: Practice,
    kind: Kind,
    now: dt.datetime,
    days: Iterable[dt.date],
    busy: Mapping[str, list[Busy]],
    who: str = "",
) -> Iterator[Slot]:
    """The free times on these days. busy: by practitioner; one who is not in it has no time to
    give. who: only this practitioner."""
    earliest, last = practice.may_book(now)
    for day in days:
        if day > last or any(begin <= day <= end for begin, end in practice.closed):
            continue
        for id_ in kind.who:
            if id_ in busy and who in ("", id_):
                for start in _starts(practice, practice.people[id_], kind.minutes, day):
                    until = start + dt.timedelta(minutes=kind.minutes)
                    if start >= earliest and not overlaps(busy[id_], start, until):
                        yield Slot(start, id_)


def overlaps(busy: Iterable[Busy], begin: dt.datetime, end: dt.datetime) -> bool:
    """Some of these times lie between the two moments."""
    return any(one < end and begin < other for one, other in busy)


def _starts(
    practice: Practice, person: Practitioner, minutes: int, day: dt.date
) -> Iterator[dt.datetime]:
    for span in person.opening.get(day.weekday(), ()):
        begin = moment(practice.zone, day, span.begin)
        after = day if span.end else day + dt.timedelta(days=1)
        end = moment(practice.zone, after, span.end or dt.time.min)
        # Counted in real minutes: on a night when the clock jumps, nothing is lost or doubled.
        while begin + dt.timedelta(minutes=minutes) <= end:
            yield begin
            begin += dt.timedelta(minutes=practice.step)


def moment(zone: ZoneInfo, day: dt.date, clock: dt.time) -> dt.datetime:
    """A clock time as a moment. One that the clock jumps over is the moment of the jump on; of
    one that comes twice, the first."""
    return dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)
