"""Reminders for a diary as a calendar file: few, neutral, and only when asked for. No word about
health (a calendar is shared with home and work, hazard H-43), no streak, no guilt."""

from __future__ import annotations

import datetime as dt
import hashlib

from icalendar import Calendar, Event

from rugkompas.assess.diary_answers import began
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
    found = Calendar()
    found.add("prodid", "-//Rugkompas//moments//NL")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for on in days(book, day, knowledge):
        event = Event()
        event.add("uid", f"{hashlib.sha256(f'moment {on}'.encode()).hexdigest()[:32]}@rugkompas")
        event.add("dtstamp", dt.datetime.combine(day, dt.time(), dt.UTC))
        event.add("dtstart", on)
        event.add("dtend", on + dt.timedelta(days=1))
        event.add("summary", words["remind_summary"])
        event.add("description", words["remind_text"])
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    return bytes(found.to_ical())
