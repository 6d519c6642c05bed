"""A site with a made-up practice in this process. Reads the settings only when no other tests
did so before in this process."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings

# The site as a process, and people with answers, are those of the tests of the site.
sys.path.append(str(Path(__file__).parents[1] / "web"))

_FOLDER = tempfile.TemporaryDirectory(prefix="rugkompas-booking-")
_ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "rugkompas.web.settings",
    "DATABASE_URL": f"sqlite:///{_FOLDER.name}/site.sqlite3",
    "RUGKOMPAS_TRIAL": "1",
    "RUGKOMPAS_REQUESTS_A_MINUTE": "10000000",
}


def _start() -> None:
    """Read the settings once, and leave the environment as it was for all other tests."""
    others = {name for name in os.environ if name.startswith("RUGKOMPAS_")}
    names = {*_ENVIRONMENT, *others, "TZ"}
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ.update(_ENVIRONMENT)
    try:
        django.setup()
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        time.tzset()


if not settings.configured:
    _start()

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
