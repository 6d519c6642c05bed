"""The site in this process: settings for this machine only, and a database of its own."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django
import pytest

_FOLDER = tempfile.TemporaryDirectory(prefix="rugkompas-web-")
DATABASE = Path(_FOLDER.name) / "site.sqlite3"
_ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "rugkompas.web.settings",
    "DATABASE_URL": f"sqlite:///{DATABASE}",
    "RUGKOMPAS_TRIAL": "1",
    # Thousands of requests come from one address here; tests of the limit set their own.
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


_start()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def database() -> Iterator[Path]:
    """The file of the database, with its table."""
    call_command("migrate", verbosity=0)
    yield DATABASE
    connections.close_all()


@pytest.fixture
def client() -> Client:
    """A browser. A fault of the site is raised into the test."""
    return Client(HTTP_HOST="127.0.0.1")


@pytest.fixture
def strict() -> Client:
    """A browser of which each form needs its token."""
    return Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)


@pytest.fixture
def calm() -> Client:
    """A browser that gets the page of a fault, as people do."""
    return Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
