"""The site in this process: settings for this machine only, and a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from site_here import start

start()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def database() -> Iterator[None]:
    """The database has its tables."""
    call_command("migrate", verbosity=0)
    yield
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
