"""A mail the day before, for who asked for one."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.mails import Absolute, NotSent, to_person
from rugkompas.web.booking.models import STANDS, Appointment
from rugkompas.web.booking.sealing import NotOpened, open_person


def remind(practice: Practice, absolute: Absolute) -> tuple[int, int]:
    """(mails sent, mails that failed) for the appointments of tomorrow. A second time on one
    day sends nothing more."""
    tomorrow = practice.day_of(timezone.now()) + dt.timedelta(days=1)
    begin = dt.datetime.combine(tomorrow, dt.time.min, practice.zone)
    due = Appointment.objects.filter(
        remind=True,
        reminded_at=None,
        state__in=STANDS,
        start__gte=begin,
        start__lt=begin + dt.timedelta(days=1),
    )
    sent = failed = 0
    for each in due:
        # Noted before it goes: a mail too few is better than the same mail every hour.
        if not Appointment.objects.filter(pk=each.pk, reminded_at=None).update(
            reminded_at=timezone.now()
        ):
            continue
        try:
            to_person("remind", practice, each, open_person(each.person), absolute)
            sent += 1
        except (NotSent, NotOpened):
            Appointment.objects.filter(pk=each.pk).update(reminded_at=None)
            failed += 1
    return sent, failed
