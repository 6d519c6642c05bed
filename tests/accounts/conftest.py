"""The site with accounts in this process: settings for this machine, a database and a mailbox of
its own. Reads the settings only when no other tests did so before in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from site_here import start

# test_account_on_postgresql.py runs the other files once more, on its own server.
start(os.environ.get("ACCOUNTS_DATABASE", ""))

from django.core import mail  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from rugkompas.web.accounts.models import Account, Session  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def database() -> Iterator[Path]:
    """The file of the database, with its tables."""
    call_command("migrate", verbosity=0)
    yield Path(str(settings.DATABASES["default"]["NAME"]))
    connections.close_all()


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No account, no mail and no count of tries from a test before; mails stay here."""
    Account.objects.all().delete()
    Session.objects.all().delete()
    cache.clear()
    backend = "django.core.mail.backends.locmem.EmailBackend"
    # Argon2 with little work: the real one takes its time on purpose.
    hashers = ["quick.Argon2"]
    with override_settings(EMAIL_BACKEND=backend, PASSWORD_HASHERS=hashers):
        mail.outbox = []
        yield
    cache.clear()


@pytest.fixture
def client() -> Client:
    """A browser. A fault of the site is raised into the test."""
    return Client(HTTP_HOST="127.0.0.1")
