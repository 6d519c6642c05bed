"""What is kept of an appointment, and for whom. Who it is for is sealed; when it is, is not."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """held: waits for the mail to be answered. lapsed: nobody answered in time, and the time
    is free again. booked: the person confirmed. agreed: so did the practice."""

    HELD = "held"
    LAPSED = "lapsed"
    BOOKED = "booked"
    AGREED = "agreed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


STANDS = (State.BOOKED, State.AGREED)
"""States in which somebody is expected."""


class Appointment(models.Model):
    """One intake. Its link is known by the person alone; here stands only a hash of it."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )
    link: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    kind: models.CharField[str, str] = models.CharField(max_length=40)
    who: models.CharField[str, str] = models.CharField(max_length=40)
    start: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField(db_index=True)
    minutes: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    state: models.CharField[str, str] = models.CharField(
        max_length=10, choices=State.choices, default=State.HELD, db_index=True
    )
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=1)
    """Goes up with each change; a change of what was not the last version is refused."""
    language: models.CharField[str, str] = models.CharField(max_length=2)
    made_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField(
        default=timezone.now
    )
    held_until: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
    proposed: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )
    """Another start that the practice proposes; its time is kept free as well."""
    remind: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    reminded_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = (
        models.DateTimeField(null=True)
    )
    consent: models.CharField[str, str] = models.CharField(max_length=16)
    """Names the exact text that the person agreed to."""
    owner: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    """A keyed hash of the e-mail address: one person cannot hold every time."""
    person: models.BinaryField[bytes, bytes] = models.BinaryField()
    """Name, e-mail and phone, sealed."""
    handover: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    """What the person chose to share, sealed; None: nothing."""

    @property
    def until(self) -> dt.datetime:
        return self.start + dt.timedelta(minutes=self.minutes)

    @property
    def shares(self) -> bool:
        return self.handover is not None


class Cell(models.Model):
    """Five minutes of somebody, taken. The constraint makes a double booking impossible,
    whatever the program does: who comes second is refused by the database."""

    who: models.CharField[str, str] = models.CharField(max_length=40)
    number: models.BigIntegerField[int, int] = models.BigIntegerField()
    appointment: models.ForeignKey[Appointment, Appointment] = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="cells"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["who", "number"], name="one_person_a_cell")
        ]


class Look(models.Model):
    """Somebody of the practice looked at what a person shared, or did something with it. Rows
    are only ever added: triggers of the database refuse the rest. It names no person, so it may
    stay when the appointment goes."""

    appointment: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(db_index=True)
    at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField(default=timezone.now)
    who: models.CharField[str, str] = models.CharField(max_length=80)
    what: models.CharField[str, str] = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]


class Member(models.Model):
    """An account that may open the pages of the practice, with a second factor."""

    account: models.OneToOneField = models.OneToOneField(  # type: ignore[type-arg]
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member"
    )
    name: models.CharField[str, str] = models.CharField(max_length=80)
    """As it stands in the log that people see."""


class Invitation(models.Model):
    """A link that makes an account a member, once. Here stands only a hash of it."""

    link: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=80)
    until: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()
