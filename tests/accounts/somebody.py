"""What people do with an account, through the real pages."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.core import mail
from django.test import Client

from rugkompas.web.accounts.models import Account

EMAIL = "jo@mail.example"
PASSWORD = "zeven groene fietsen"


def page(response: Any) -> str:
    """A page without its tags, on one line."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def code_in_mail() -> str:
    """The code in the newest mail."""
    found = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def fill_in_sign_up(client: Client, email: str = EMAIL, **other: str) -> Any:
    sent = {"email": email, "password1": PASSWORD, "agrees": "on", "old_enough": "on", **other}
    return client.post("/account/nieuw/", {name: it for name, it in sent.items() if it})


def sign_up(client: Client, email: str = EMAIL) -> Account:
    """Make an account, confirm it with the code from the mail, and show once more who it is;
    the browser is signed in."""
    assert fill_in_sign_up(client, email).headers["Location"] == "/account/code/"
    response = client.post("/account/code/", {"code": code_in_mail()})
    assert response.headers["Location"] == "/account/"
    client.post("/account/opnieuw/", {"password": PASSWORD})
    return Account.objects.get(email=email)


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    return client.post("/account/inloggen/", {"login": email, "password": password})


def agree(client: Client) -> None:
    """Consent to keep a diary."""
    client.post("/account/toestemming/", {"agrees": "on"})
