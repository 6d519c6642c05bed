"""Appointments as iCalendar: one for the person, and an agenda for the practice. Neither says
anything about health, and the agenda names nobody (hazard H-43)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.models import STANDS, Appointment
from rugkompas.web.shown import words


def for_person(practice: Practice, appointment: Appointment) -> bytes:
    """One event; the same appointment has the same id, so a moved one moves in a calendar."""
    t = words(appointment.language)
    event = _event(appointment, t("booking_event", practice=practice.name))
    event.add("location", practice.address)
    event.add("description", t("booking_event_text", phone=practice.phone))
    return _calendar([event])


def for_practice(appointments: Iterable[Appointment], title: str) -> bytes:
    """Everything that stands; held times that wait for an answer are tentative."""
    return _calendar([_event(it, title) for it in appointments])


def _calendar(events: Iterable[Event]) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Rugkompas//appointments//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def _event(appointment: Appointment, title: str) -> Event:
    event = Event()
    event.add("uid", f"{appointment.pk}@rugkompas")
    event.add("dtstamp", appointment.made_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", appointment.version)
    event.add("dtstart", appointment.start.astimezone(dt.UTC))
    event.add("dtend", appointment.until.astimezone(dt.UTC))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED" if appointment.state in STANDS else "TENTATIVE")
    return event
