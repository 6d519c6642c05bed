"""A made-up practice, and what people do on its site."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path
from typing import Any

from django.core import mail
from django.test import Client

NOW = dt.datetime(2026, 11, 30, 7, 0, tzinfo=dt.UTC)
"""Monday, eight o'clock in Amsterdam."""
TUESDAY_NINE = dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)

FILE = """\
name: "De Linde"
address: "Dorpsstraat 1, Ons Dorp"
phone: "020 000 0000"
email: "info@linde.example"
opening:
  monday: ["09:00-12:00"]
  tuesday: ["09:00-12:00"]
  friday: ["09:00-12:00"]
closed: ["2026-12-04"]
practitioners:
  anna: {name: "Anna de Vries"}
  bram: {name: "Bram Bakker", opening: {monday: ["10:00-11:00"]}}
appointments:
  intake: {name: {nl: "Eerste afspraak", en: "First appointment"}, minutes: 45, who: [anna, bram]}
  controle: {name: {nl: "Controle", en: "Check-up"}, minutes: 20, who: [anna]}
look: {colour: "#174743", on_colour: "#ffffff"}
"""


def write_practice(folder: Path, **changed: str) -> Path:
    """The file of the practice. changed: a line of it -> what stands there instead."""
    text = FILE
    for old, new in changed.items():
        assert f"\n{old}:" in f"\n{text}"
        text = re.sub(rf"(?m)^{old}:.*$", new, text)
    path = folder / "practice.yaml"
    path.write_text(text, "utf-8")
    return path


def page(response: Any) -> str:
    """A page without its tags, on one line."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def slot(start: dt.datetime, who: str = "anna") -> str:
    return f"{int(start.timestamp())}-{who}"


def choose(client: Client, start: dt.datetime = TUESDAY_NINE, who: str = "anna") -> Any:
    return client.post("/afspraak/tijd/?soort=intake", {"slot": slot(start, who)})


def fill_in(client: Client, **other: Any) -> Any:
    sent = {"name": "Jo Jansen", "email": "jo@mail.example", "share": "nothing", "agreed": "1"}
    return client.post("/afspraak/gegevens/", {**sent, **other})


def ask(client: Client, start: dt.datetime = TUESDAY_NINE, **other: Any) -> Any:
    """Choose a time, fill everything in and send it."""
    assert choose(client, start, other.pop("who", "anna")).status_code == 302
    assert fill_in(client, **other).status_code == 302
    return client.post("/afspraak/controle/")


def link() -> str:
    """The address in the newest mail to a person."""
    for message in reversed(mail.outbox):
        found = re.search(r"http://[^/]+(/afspraak/mijn/[\w-]+/)", str(message.body))
        if found:
            return found[1]
    raise AssertionError("no mail with a link")


def book(client: Client, start: dt.datetime = TUESDAY_NINE, **other: Any) -> str:
    """A whole appointment; its address."""
    assert ask(client, start, **other).headers["Location"] == "/afspraak/verstuurd/"
    address = link()
    assert client.post(address, {"do": "confirm"}).status_code == 302
    return address
