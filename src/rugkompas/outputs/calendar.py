"""The days of a plan as a calendar file (iCalendar). Titles say nothing about health: a
calendar is often shared with home and work (hazard H-43)."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec
from icalendar import Calendar, Event

from rugkompas.assess import Assessment
from rugkompas.assess.plan import Plan


def calendar(assessment: Assessment, made: Plan, language: str) -> bytes:
    """A whole day for each look back, and one for the plan itself.

    The same answers on the same day give the same bytes, so a file that is read twice does
    not fill a calendar twice.
    """
    words = assessment.knowledge.words[language].options_report
    looks = dict.fromkeys(made.days, words["calendar_try"])
    # Looking at the whole plan counts more than looking at one step of it.
    looks |= dict.fromkeys((made.recheck, made.look_again), words["calendar_look"])
    found = Calendar()
    found.add("prodid", "-//Rugkompas//plan//NL")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for day, title in sorted(looks.items()):
        found.add_component(_event(assessment, day, title, words["calendar_text"]))
    return bytes(found.to_ical())


def _event(assessment: Assessment, day: dt.date, title: str, text: str) -> Event:
    event = Event()
    event.add("uid", f"{_digest(assessment, day)}@rugkompas")
    event.add("dtstamp", dt.datetime.combine(assessment.day, dt.time(), dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", title)
    event.add("description", text)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _digest(assessment: Assessment, day: dt.date) -> str:
    """Names this look back without telling an answer."""
    answers = msgspec.json.encode(dict(assessment.person.given), order="deterministic")
    dates = f"{assessment.day.isoformat()} {day.isoformat()} ".encode()
    return hashlib.sha256(dates + answers).hexdigest()[:32]
