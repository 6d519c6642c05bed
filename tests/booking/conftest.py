"""A site with a made-up practice in this process. Reads the settings only when no other tests
did so before in this process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_here import start

# The site as a process, and people with answers, are those of the tests of the site.
sys.path.append(str(Path(__file__).parents[1] / "web"))

start()

import time_machine  # noqa: E402
from django.core import mail  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from linde import NOW, write_practice  # noqa: E402

from rugkompas.web.accounts.models import Account, Session  # noqa: E402
from rugkompas.web.booking.hours import Practice  # noqa: E402
from rugkompas.web.booking.models import Appointment, Invitation  # noqa: E402
from rugkompas.web.booking.practice_file import practice_in  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def database() -> Iterator[None]:
    call_command("migrate", verbosity=0)
    yield
    connections.close_all()


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    """De Linde: Anna and Bram, an intake of 45 minutes and a check-up of 20."""
    return practice_in(write_practice(tmp_path))


@pytest.fixture
def open_site(practice: Practice) -> Iterator[Practice]:
    """The site of De Linde on Monday 30 November 2026 at eight, with nothing booked."""
    _empty()
    with (
        override_settings(
            BOOKING=practice,
            EMBED_ORIGINS=["https://www.linde.example"],
            EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
        time_machine.travel(NOW, tick=False),
    ):
        mail.outbox = []
        yield practice
    _empty()


def _empty() -> None:
    """As before anybody came; other tests of the site may share this process."""
    for kind in (Appointment, Invitation, Account, Session):
        kind.objects.all().delete()
    cache.clear()


@pytest.fixture
def client() -> Client:
    """A browser. A fault of the site is raised into the test."""
    return Client(HTTP_HOST="127.0.0.1")
