"""How long it is kept, under which key, and the mail of the day before."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from linde import NOW, TUESDAY_NINE, ask, book

from rugkompas.web.booking import sealing
from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.models import Appointment, Cell
from rugkompas.web.booking.reminding import remind
from rugkompas.web.booking.store import tidy

TOMORROW = NOW + dt.timedelta(hours=8)


@pytest.mark.hazard("H-47")
def test_an_appointment_is_gone_from_the_file_after_its_days(
    client: Client, open_site: Practice
) -> None:
    book(client)
    sealed = bytes(Appointment.objects.get().person)

    with time_machine.travel(TUESDAY_NINE + dt.timedelta(days=29)):
        assert tidy(open_site.keep_days) == 0
    with time_machine.travel(TUESDAY_NINE + dt.timedelta(days=31)):
        assert tidy(open_site.keep_days) == 1

    assert (Appointment.objects.count(), Cell.objects.count()) == (0, 0)
    name = str(settings.DATABASES["default"]["NAME"])
    with sqlite3.connect(name) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed not in Path(name).read_bytes()


def test_what_nobody_confirmed_is_gone_after_a_day(client: Client, open_site: Practice) -> None:
    ask(client)

    with time_machine.travel(NOW + dt.timedelta(hours=23)):
        assert tidy(open_site.keep_days) == 0
    with time_machine.travel(NOW + dt.timedelta(hours=25)):
        assert tidy(open_site.keep_days) == 1


def test_after_a_new_key_everything_opens_and_after_tidying_without_the_old_one(
    client: Client, open_site: Practice
) -> None:
    address = book(client)
    old, new = settings.SECRET_KEY, "n" * 60

    with override_settings(SECRET_KEY=new, SECRET_KEY_FALLBACKS=[old]):
        sealing._keys.cache_clear()
        assert client.get(address).status_code == 200
        tidy(open_site.keep_days)
    with override_settings(SECRET_KEY=new, SECRET_KEY_FALLBACKS=[]):
        sealing._keys.cache_clear()
        assert client.get(address).status_code == 200
    sealing._keys.cache_clear()


def test_only_who_asked_gets_one_mail_the_day_before(client: Client, open_site: Practice) -> None:
    book(client, remind="1")
    book(
        Client(HTTP_HOST="127.0.0.1"), TUESDAY_NINE + dt.timedelta(hours=1), email="b@mail.example"
    )
    mail.outbox.clear()

    with time_machine.travel(NOW - dt.timedelta(days=1)):
        assert remind(open_site, str) == (0, 0)
    with time_machine.travel(TOMORROW):
        assert remind(open_site, str) == (1, 0)
        assert remind(open_site, str) == (0, 0)

    assert [it.to for it in mail.outbox] == [["jo@mail.example"]]
