"""What the server keeps, for minutes: a sealed parcel for who asks for it, and what it counts
against guessing."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import models
from django.utils import timezone

MINUTES = 15


class Parcel(models.Model):
    """A sealed visit on its way to another device. Its key is in the link alone, so whoever
    reads this table reads nothing. It opens once, and goes after ``MINUTES``."""

    name: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    sealed: models.BinaryField[bytes, bytes] = models.BinaryField()
    until: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField(db_index=True)

    @classmethod
    def put(cls, sealed: bytes) -> str:
        """Keep a sealed visit for a while. The token under which it can be taken once."""
        cls.tidy()
        token = secrets.token_urlsafe(18)
        until = timezone.now() + dt.timedelta(minutes=MINUTES)
        cls.objects.create(name=_named(token), sealed=sealed, until=until)
        return token

    @classmethod
    def take(cls, token: str) -> bytes | None:
        """The sealed visit, once; None when it went, was taken, or never was."""
        cls.tidy()
        parcel = cls.objects.filter(name=_named(token)).first()
        if parcel is None:
            return None
        # Two takers at once: the one whose delete counts gets it.
        gone, _ = cls.objects.filter(pk=parcel.pk).delete()
        return bytes(parcel.sealed) if gone else None

    @classmethod
    def tidy(cls) -> None:
        """What is too old goes."""
        cls.objects.filter(until__lt=timezone.now()).delete()


class Tally(models.Model):
    """Something that is counted until a moment, by all processes together (``web/tallies.py``).
    ``name`` is a keyed hash and ``value`` JSON: moments of tries, or that something was there."""

    name: models.CharField[str, str] = models.CharField(max_length=64, primary_key=True)
    value: models.TextField[str, str] = models.TextField()
    until: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField(db_index=True)

    @classmethod
    def tidy(cls) -> None:
        """What ran out goes."""
        cls.objects.filter(until__lte=timezone.now()).delete()


def _named(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
