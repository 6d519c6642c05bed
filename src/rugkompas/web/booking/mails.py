"""What is sent by mail: when, where and a link. Nothing about health, in no mail (hazard H-43)."""

from __future__ import annotations

import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from rugkompas.web.booking.clock import Clock
from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.models import Appointment
from rugkompas.web.booking.sealing import Person
from rugkompas.web.booking.store import HOLD_MINUTES
from rugkompas.web.shown import words

Absolute = Callable[[str], str]
"""A path of the site -> its whole address."""


class NotSent(Exception):
    """The mail server did not take it."""


def to_person(
    kind: str, practice: Practice, appointment: Appointment, person: Person, absolute: Absolute
) -> None:
    """One of: ask, booked, moved, agreed, proposed, declined, cancelled, remind. Raises NotSent."""
    t, clock = words(appointment.language), Clock(practice, appointment.language)
    link = absolute(reverse("booking_own", args=[person.link]))
    proposed = clock.when(appointment.proposed) if appointment.proposed else ""
    lines = [
        t("booking_mail_hello", name=person.name),
        t(f"booking_mail_{kind}", when=clock.when(appointment.start), proposed=proposed,
          practice=practice.name, minutes=HOLD_MINUTES),
        t("booking_mail_link"),
        link,
        t("booking_mail_phone", phone=practice.phone, practice=practice.name),
        f"{practice.name}\n{practice.address}",
    ]  # fmt: skip
    subject = t(f"booking_subject_{kind}", practice=practice.name)
    _send(subject, "\n\n".join(lines), person.email, practice.email)


def to_practice(
    kind: str, practice: Practice, appointment: Appointment, absolute: Absolute
) -> None:
    """Something changed; what, stands behind the sign-in. Raises NotSent."""
    t = words("nl")
    link = absolute(reverse("practice_one", args=[appointment.pk]))
    _send(t(f"booking_desk_{kind}"), f"{t(f'booking_desk_{kind}')}\n\n{link}", practice.email)


def _send(subject: str, text: str, to: str, reply_to: str = "") -> None:
    mail = EmailMessage(
        " ".join(subject.split()),
        text,
        settings.DEFAULT_FROM_EMAIL,
        [to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (OSError, smtplib.SMTPException):
        raise NotSent from None
