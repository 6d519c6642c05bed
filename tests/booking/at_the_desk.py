"""Somebody of the practice: an account with a second step, invited, through the real pages."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import time_machine
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from linde import NOW

from rugkompas.web.booking.members import invite

PASSWORD = "zeven groene fietsen"


def account(email: str) -> Client:
    """A browser that made an account and is signed in, without a second step."""
    client = Client(HTTP_HOST="127.0.0.1")
    sent = {"email": email, "password1": PASSWORD, "agrees": "on", "old_enough": "on"}
    client.post("/account/nieuw/", sent)
    found = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", str(mail.outbox[-1].body))
    assert found
    client.post("/account/code/", {"code": found[1]})
    client.post("/account/opnieuw/", {"password": PASSWORD})
    return client


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def strong(email: str) -> Client:
    """A browser of somebody who signed in with a second step."""
    client = account(email)
    html = client.get("/account/stap/app/").content.decode()
    found = re.search(r'id="secret"[^>]*value="([A-Z2-7]+)"', html)
    assert found
    client.post("/account/stap/app/", {"code": _code(found[1])})
    client.post("/account/uitloggen/")
    with time_machine.travel(NOW + dt.timedelta(minutes=2), tick=False):
        client.post("/account/inloggen/", {"login": email, "password": PASSWORD})
        response: Any = client.post("/account/inloggen/stap/", {"code": _code(found[1])})
        assert response.status_code == 302, response.content.decode()
    return client


def member(name: str = "Anna de Vries", email: str = "anna@linde.example") -> Client:
    """The same, who took an invitation."""
    client = strong(email)
    address = f"/praktijk/uitnodiging/{invite(name)}/"
    assert name in client.get(address).content.decode()
    assert client.post(address).headers["Location"] == "/praktijk/"
    return client
