"""What the commands for a practice do, on the database of the site. Called after
``serving.set_up``."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.urls import reverse

from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.members import invite
from rugkompas.web.booking.reminding import remind
from rugkompas.web.booking.store import tidy


class NoPractice(Exception):
    """The settings name no practice."""


class NoDatabase(Exception):
    """It does not answer, or has no tables."""


def invited(name: str) -> str:
    """The address with which one account becomes a member. Raises NoPractice and NoDatabase."""
    _practice()
    try:
        return _absolute(reverse("practice_invited", args=[invite(name)]))
    except DatabaseError:
        raise NoDatabase from None


def tidied() -> int:
    """How many appointments were erased. Raises NoPractice and NoDatabase."""
    practice = _practice()
    try:
        return tidy(practice.keep_days)
    except DatabaseError:
        raise NoDatabase from None


def reminded() -> tuple[int, int]:
    """(mails sent, mails that failed). Raises NoPractice and NoDatabase."""
    practice = _practice()
    try:
        return remind(practice, _absolute)
    except DatabaseError:
        raise NoDatabase from None


def _practice() -> Practice:
    practice: Practice | None = settings.BOOKING
    if practice is None:
        raise NoPractice
    return practice


def _absolute(path: str) -> str:
    return f"{'http' if settings.TRIAL else 'https'}://{settings.ALLOWED_HOSTS[0]}{path}"
