"""A diary on the site, for tests: what a browser sends, and the pages that come back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from rugkompas.people.diary import Book
from rugkompas.people.diary.exchange import as_lines, lines_in
from rugkompas.people.made_up_diaries import Kind, diary
from rugkompas.web.diary.store import PageDiary
from rugkompas.web.rules import knowledge, today

_HELD = re.compile(r'name="diary" value="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" form="diary" name="([^"]+)" value="([^"]*)">')
ALARM = {"signs": "some", "sign.bladder_change": "new_or_changed"}


def held(response: HttpResponse) -> str:
    """The diary as it stands in a page."""
    found = _HELD.search(response.content.decode())
    assert found
    return unescape(found[1])


def book_in(packed: str) -> Book:
    """What a packed diary holds, read as a file is."""
    import base64
    import zlib

    data = zlib.decompress(base64.b64decode(packed))
    return Book(lines_in(data, "jsonl", "page", knowledge()))


def made(kind: Kind = "carer", seed: int = 3, days_ago: int = 86) -> Book:
    """A made-up diary of twelve weeks that ends a few days ago."""
    return diary(kind, seed, today() - dt.timedelta(days=days_ago), knowledge())


def packed(book: Book | None = None) -> str:
    return PageDiary(made() if book is None else book).packed()


def file_of(book: Book, name: str = "dagboek.jsonl") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, as_lines(book))


def fields(response: HttpResponse) -> dict[str, Any]:
    """What the form of a day sends before anything is filled in."""
    html = response.content.decode()
    found: dict[str, Any] = {}
    for name, value in _HIDDEN.findall(html):
        found.setdefault(name, []).append(unescape(value))
    day = re.search(r'id="day"[^>]* value="([^"]*)"', html)
    assert day
    return {**found, "diary": held(response), "do": "write", "day": day[1]}


def begun(client: Client, names: tuple[str, ...] = ("fietsen", "tillen")) -> HttpResponse:
    """The form of today in a new diary."""
    sent = {"do": "begin", "name": names, "factor": ["stress", "steps"], "began": ""}
    return client.post("/dagboek/begin/", sent)


def written(client: Client, form: HttpResponse, **filled: Any) -> HttpResponse:
    """The page after a day was filled in."""
    sent = {**fields(form), "signs": "nothing", "pain": "4", **filled}
    return client.post("/dagboek/dag/", sent)


def diary_pages(browser: Callable[[], Client]) -> Iterator[tuple[str, HttpResponse]]:
    """Every page of the diary in every state that a person can see."""
    client = browser()
    yield "/dagboek/", client.get("/dagboek/")
    yield "/dagboek/ no file", client.post("/dagboek/open/")
    yield "/dagboek/begin/", client.get("/dagboek/begin/")
    yield "/dagboek/begin/ wrong", client.post("/dagboek/begin/", {"do": "begin", "began": "x"})
    empty = begun(client)
    yield "/dagboek/dag/ first", empty
    yield "/dagboek/ empty", client.post("/dagboek/", {"diary": held(empty)})
    yield "/dagboek/patroon/ few", client.post("/dagboek/patroon/", {"diary": held(empty)})
    yield "/dagboek/dag/ wrong", written(client, empty, note="x" * 600, signs="some", pain="11")
    first = written(client, empty, score0="5", note="rustig")
    yield "/dagboek/dag/ written", first
    yield "/dagboek/blad/ no answers", client.post("/dagboek/blad/", {"diary": held(first)})
    yield "/dagboek/beloop/ one day", client.post("/dagboek/beloop/", {"diary": held(first)})
    sent = {**fields(empty), "diary": held(first), "pain": "9"}
    yield "/dagboek/dag/ conflict", client.post("/dagboek/dag/", {**sent, "id": "another-one"})
    twelve = {"diary": packed()}
    names = ("", "dag/", "beloop/", "patroon/", "dagen/", "blad/", "meenemen/", "wis/", "begin/")
    for name in names:
        yield f"/dagboek/{name} twelve weeks", client.post(f"/dagboek/{name}", twelve)
    wish = {**twelve, "what": "warmte", "outcome": "pain", "difference": "2", "period": "7"}
    yield "/dagboek/proef/", client.post("/dagboek/proef/", twelve)
    yield "/dagboek/proef/ wrong", client.post("/dagboek/proef/", {**twelve, "do": "ask"})
    yield "/dagboek/proef/ asked", client.post("/dagboek/proef/", {**wish, "do": "ask"})
    begun_today = client.post("/dagboek/proef/", {**wish, "do": "start"})
    yield "/dagboek/proef/ runs", begun_today
    runs = {"diary": held(begun_today)}
    yield "/dagboek/proef/ stopped", client.post("/dagboek/proef/", {**runs, "do": "stop"})
    few = {**wish, "diary": held(first), "do": "ask"}
    yield "/dagboek/proef/ not now", client.post("/dagboek/proef/", few)
    last = made().entries[-1]
    asked = {**twelve, "delete": last.id}
    yield "/dagboek/dagen/ sure", client.post("/dagboek/dagen/", asked)
    yield "/dagboek/dagen/ gone", client.post("/dagboek/dagen/", {**asked, "do": "delete"})
    change = client.post("/dagboek/dag/", {**twelve, "day": last.day.isoformat()})
    yield "/dagboek/dag/ change", change
    changed = written(client, change, pain="9")
    yield "/dagboek/dagen/ versions", client.post("/dagboek/dagen/", {"diary": held(changed)})
    other = {**twelve, "diary": held(written(client, change, pain="1")), "other": held(changed)}
    yield "/dagboek/samen/ choose", client.post("/dagboek/samen/", other)
    yield "/dagboek/samen/ no file", client.post("/dagboek/samen/", twelve)
    loud = written(client, client.post("/dagboek/dag/", twelve), **ALARM)
    yield "/dagboek/dag/ interrupted", loud
    yield "/dagboek/beloop/ waits", client.post("/dagboek/beloop/", {"diary": held(loud)})
    yield "/dagboek/dag/ standing", client.post("/dagboek/dag/", {"diary": held(loud)})
    yield "/dagboek/wis/ erased", client.post("/dagboek/wis/", {**twelve, "do": "erase"})
