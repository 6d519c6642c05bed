"""Reminders for a diary as a calendar file: few, neutral, and only when asked for. No word about
health (a calendar is shared with home and work, hazard H-43), no streak, no guilt."""

from __future__ import annotations

import datetime as dt
import hashlib

from icalendar import Calendar, Event

from rugkompas.assess.diary_answers import began
from rugkompas.assess.experiment import Running
from rugkompas.catalogue import Knowledge
from rugkompas.people.diary import Book

WEEKS = 6
"""Weekly moments at most; who wants more asks again."""


def days(book: Book, day: dt.date, knowledge: Knowledge) -> list[dt.date]:
    """Once a week for six weeks, and the moments at 3, 4 and 12 weeks that are still to come.
    A moment takes the place of a weekly one that lies within three days of it."""
    p = knowledge.parameters_on(day)
    entries = book.entries
    start = began(book, day) or (entries[0].day if entries else day)
    lengths = (p.days_3_weeks, p.days_4_weeks, p.days_12_weeks)
    moments = [on for n in lengths if (on := start + dt.timedelta(days=n)) > day]
    weekly = [day + dt.timedelta(weeks=n) for n in range(1, WEEKS + 1)]
    far = [on for on in weekly if all(abs((on - m).days) > 3 for m in moments)]
    return sorted({*moments, *far})


def reminders(book: Book, day: dt.date, language: str, knowledge: Knowledge) -> bytes:
    """The calendar file. The same diary on the same day gives the same bytes."""
    words = knowledge.words[language].diary
    found = _calendar()
    for on in days(book, day, knowledge):
        event = _event(f"moment {on}", day, on, on)
        event.add("summary", words["remind_summary"])
        event.add("description", words["remind_text"])
        found.add_component(event)
    return bytes(found.to_ical())


def periods(it: Running, language: str, knowledge: Knowledge) -> bytes:
    """The periods of an experiment, with or without; not of what, and nothing about health."""
    words = knowledge.words[language].patterns
    found = _calendar()
    written = it.record.written_at.date()
    for period in it.periods:
        name = f"period {it.record.id} {period.number}"
        event = _event(name, written, period.first, period.last)
        key = "calendar_with" if period.with_option else "calendar_without"
        event.add("summary", words[key].format(number=period.number))
        found.add_component(event)
    return bytes(found.to_ical())


def _calendar() -> Calendar:
    found = Calendar()
    found.add("prodid", "-//Rugkompas//moments//NL")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    return found


def _event(name: str, made: dt.date, first: dt.date, last: dt.date) -> Event:
    """Whole days, that take no room in an agenda that others see."""
    event = Event()
    event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@rugkompas")
    event.add("dtstamp", dt.datetime.combine(made, dt.time(), dt.UTC))
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
