"""When somebody is not there, from their own calendar (iCalendar, RFC 5545). Only when, never
why: titles are not read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar

from rugkompas.web.booking.hours import Busy

MOST_BYTES = 5_000_000
MOST_TIMES = 20_000
"""Repetitions of one event in the asked days; a real calendar has some hundred."""


class CalendarError(Exception):
    """A calendar cannot be read. Its owner gives no times until it can."""


def busy_in(path: Path, zone: ZoneInfo, first: dt.date, last: dt.date) -> list[Busy]:
    """The times in a calendar from the first to the last day, in order, joined where they
    overlap. zone: of clock times that name none. Raises CalendarError."""
    try:
        state = path.stat()
        if state.st_size > MOST_BYTES:
            raise CalendarError(f"{path.name} is larger than {MOST_BYTES:,} bytes.")
        return _read(path, state.st_mtime_ns, zone, first, last)
    except OSError:
        raise CalendarError(f"{path.name} cannot be read.") from None


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int, zone: ZoneInfo, first: dt.date, last: dt.date) -> list[Busy]:
    begin = dt.datetime.combine(first, dt.time.min, zone).astimezone(dt.UTC)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, zone).astimezone(dt.UTC)
    try:
        events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        times = [it for event in events for it in _times(event, events, zone, begin, end)]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        # What these files can hold wrong has no end, and the library says it in many ways.
        raise CalendarError(f"{path.name} is no calendar that can be read.") from error
    return joined(times)


def joined(times: list[Busy]) -> list[Busy]:
    """In order, and one where they overlap or touch."""
    found: list[Busy] = []
    for begin, end in sorted(times):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _times(
    event: Any, events: list[Any], zone: ZoneInfo, begin: dt.datetime, end: dt.datetime
) -> Iterator[Busy]:
    told = str(event.get("STATUS", "")).upper(), str(event.get("TRANSP", "")).upper()
    if told[0] == "CANCELLED" or told[1] == "TRANSPARENT":
        return
    length = _length(event)
    for start in _starts(event, events, zone, begin - length, end):
        stop = _aware(start + length, zone)
        start = _aware(start, zone)
        if start < end and stop > begin:
            yield start, stop


def _length(event: Any) -> dt.timedelta:
    start = event["DTSTART"].dt
    if "DTEND" in event:
        length: dt.timedelta = _as_clock(event["DTEND"].dt) - _as_clock(start)
        return max(length, dt.timedelta())
    if "DURATION" in event:
        told: dt.timedelta = event["DURATION"].dt
        return max(told, dt.timedelta())
    return dt.timedelta(days=0 if isinstance(start, dt.datetime) else 1)


def _starts(
    event: Any, events: list[Any], zone: ZoneInfo, begin: dt.datetime, end: dt.datetime
) -> Iterator[dt.datetime]:
    """Clock times: a meeting at nine stays at nine when the clock jumps."""
    first = _as_clock(event["DTSTART"].dt)
    if "RRULE" not in event and "RDATE" not in event:
        yield first
        return
    held = first.tzinfo or zone
    times = rruleset()
    times.rdate(first.replace(tzinfo=None))
    for rule in _listed(event.get("RRULE")):
        text = rule.to_ical().decode()
        made = rrulestr(_until_by_the_clock(text, held), dtstart=first.replace(tzinfo=None))
        times.rrule(made)
    for stands, name in ((times.rdate, "RDATE"), (times.exdate, "EXDATE")):
        for group in _listed(event.get(name)):
            for each in group.dts:
                stands(_clock_in(each.dt, held))
    for other in events:
        # One of the row was moved: it has an event of its own.
        if other.get("UID") == event.get("UID") and "RECURRENCE-ID" in other:
            times.exdate(_clock_in(other["RECURRENCE-ID"].dt, held))
    day = dt.timedelta(days=1)
    found = (
        times.between(begin.replace(tzinfo=None) - day, end.replace(tzinfo=None) + day, inc=True)
        if _is_small(event)
        else list(islice(times, MOST_TIMES + 1))
    )
    if len(found) > MOST_TIMES:
        raise ValueError("too many repetitions")
    yield from (start.replace(tzinfo=first.tzinfo) for start in found)


def _is_small(event: Any) -> bool:
    """Not every hour, minute or second, which could go on for ever before the asked days."""
    return not any(
        str(name).upper() in ("SECONDLY", "MINUTELY", "HOURLY")
        for rule in _listed(event.get("RRULE"))
        for name in rule.get("FREQ", ())
    )


def _until_by_the_clock(rule: str, zone: Any) -> str:
    parts = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name.upper() == "UNTIL" and value.endswith("Z"):
            moment = dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
            value = moment.astimezone(zone).strftime("%Y%m%dT%H%M%S")
        parts.append(f"{name}={value}")
    return ";".join(parts)


def _clock_in(value: Any, zone: Any) -> dt.datetime:
    found = _as_clock(value)
    return found.astimezone(zone).replace(tzinfo=None) if found.tzinfo else found


def _as_clock(value: Any) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time.min)


def _aware(value: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(dt.UTC)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
