"""Somebody at a record system, without a browser that follows by itself: each step can be held
against what it should be, kept, and tried again."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client
from playwright.sync_api import Page, expect
from record_server import Twist

NAME = "Huisartsen De Linde (public)"
STALE = "Deze stap werkt niet meer"
LAUNCH = "Deze link klopt niet"
REFUSED = "Het dossier gaf geen goed antwoord"
UNREACHABLE = "Het dossier is nu niet bereikbaar"
NOBODY = "Er is geen persoon gekozen"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Not followed."""


def open_page(address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """(status, page, where it leads) of a page of the record system."""
    body = urlencode(form).encode() if form is not None else None
    try:
        response = urllib.request.build_opener(_Stays).open(address, body)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.read().decode(), response.headers.get("Location", "")


def permits(address: str, patient: str) -> str:
    """Sign in at the record system and choose; "" = do not permit. Where the browser goes then."""
    status, page, _ = open_page(address)
    assert status == 200, page
    sent = {unescape(name): unescape(value) for name, value in _HIDDEN.findall(page)}
    chosen = {"patient": patient} if patient else {"deny": "1"}
    status, _, where = open_page(urljoin(address, "decide"), {**sent, **chosen})
    assert status == 302
    return where


def urljoin(address: str, last: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/{last}"


def local(address: str) -> str:
    """An address of the site as its test client wants it."""
    assert address.startswith("http://127.0.0.1/"), address
    return address.removeprefix("http://127.0.0.1")


def asked_of(address: str) -> dict[str, str]:
    """The parameters of an address, each once."""
    found = parse_qs(urlsplit(address).query, strict_parsing=True)
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0] for name, values in found.items()}


def begin(client: Client, number: int = 1) -> str:
    """Start on the page of the site. Where the browser is sent."""
    response = client.get(f"/smart/naar/{number}/")
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def comes_back(client: Client, patient: str = "anna", number: int = 1) -> Any:
    """The whole way there and back. What the site answers."""
    return client.get(local(permits(begin(client, number), patient)))


def signs_in(page: Page, button: str) -> None:
    """In a real browser, at the record system."""
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("button", name=button).click()


def title_of(response: object) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)  # type: ignore[attr-defined]
    assert found
    return found[1].strip()


def takes(client: Client, *steps: str) -> object:
    return client.post("/smart/gegevens/", {"take": list(steps)})


def says(response: Any, title: str) -> bool:
    """The page says this, with the alarm signs and a way on without the record."""
    page = response.content.decode()
    assert title_of(response) == title
    assert "tel:112" in page
    assert 'href="/vragen/"' in page
    return bool(200 <= response.status_code < 500)


def replaced(**other: Any) -> Twist:
    """The same answer with these names changed; None takes one out."""

    def twist(_: Any, told: Any) -> Any:
        return {name: it for name, it in {**told, **other}.items() if it is not None}

    return twist


def listing(*resources: Any, **more: Any) -> Twist:
    """A bundle with these."""

    def twist(_: Any, __: Any) -> Any:
        entries = [{"resource": resource} for resource in resources]
        return {"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}

    return twist
