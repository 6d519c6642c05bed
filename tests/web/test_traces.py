"""Nothing that a person sends is left behind: not in the log, the database, a cache or a file.

A word that exists nowhere else is planted in every place of a request, in a real server; then
everything that the server wrote is searched for it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import broken_urls
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from people import AUTHOR, CALM
from server import Browser, Served, served, token_of
from walks import load_answers, visit_of

from rugkompas.web.models import MINUTES, Parcel
from rugkompas.web.rules import knowledge
from rugkompas.web.visit import NotOurs, open_from_device

CANARY = "kanarievogel7391"
ALLOWED = {"event", "level", "timestamp", "page", "method", "status", "ms", "error", "at"}


class Planting(Browser):
    """A browser whose every request carries the canary where it can."""

    def send(self, path: str, body: bytes = b"", type_: str = "", method: str = "GET") -> int:
        request = urllib.request.Request(
            self._site.address + path, data=body or None, method="POST" if body else method
        )
        for name in ("User-Agent", "Referer", "X-Forwarded-For", "X-Canary", "Accept-Language"):
            request.add_header(name, CANARY)
        if type_:
            request.add_header("Content-Type", type_)
        return self._open(request)

    def upload(self, file: bytes, name: str = "answers.json") -> int:
        self.get("/laden/")
        token = token_of(self.html)
        body = (
            f'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/json\r\n\r\n"
        ).encode()
        return self.send(
            "/laden/", body + file + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"
        )


def with_canary() -> bytes:
    return json.dumps(
        {
            **AUTHOR,
            "activities": [{"name": CANARY, "start_0_10": 5, "now_0_10": 3}],
            "rejects": {"yoga": f"{CANARY} in own words"},
        }
    ).encode()


def wander_everywhere(site: Served) -> list[int]:
    """Every page and every kind of error, with the canary in all that is sent. The statuses."""
    browser = Planting(site)
    found = [browser.upload(with_canary(), f"{CANARY}.json")]
    for path in (
        *("/", "/controle/", "/uitslag/", "/keuzes/", "/keuzes/alles/", "/plan/", "/samenvatting/"),
        *("/antwoorden.json", "/plan.ics", "/gezond/", f"/{CANARY}/", f"/over/?{CANARY}=1"),
        *(f"/verder/{CANARY}.x/", f"/static/{CANARY}.css", "/over/", "/wissen/"),
    ):
        found.append(browser.send(path))
    for path in ("/uitslag.pdf", "/plan.pdf", "/samenvatting.pdf"):
        with browser._opener.open(site.address + path) as paper:
            found.append(paper.status)
    browser.get("/over/")
    for number in range(1, 8):
        found.append(browser.post(f"/vragen/{number}/", page="age_years", answer=CANARY))
        browser.get("/over/")
    found.append(browser.post("/taal/", language=CANARY, next=f"/{CANARY}/"))
    browser.get("/over/")
    found.append(browser.upload(f'{{"{CANARY}": "{CANARY}"}}'.encode()))
    found.append(browser.upload(CANARY.encode()))
    form = "application/x-www-form-urlencoded"
    found.append(browser.send("/vragen/1/", f"answer={CANARY}".encode(), form))
    found.append(browser.send("/laden/", CANARY.encode() * 10_000, form))
    found.append(browser.send("/laden/", CANARY.encode(), "multipart/form-data"))
    found += [browser.send("/over/", method=method) for method in ("PUT", "DELETE", CANARY)]
    return found


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> tuple[Served, list[int]]:
    """A site that was used by someone, in a process that is over."""
    home = tmp_path_factory.mktemp("traces")
    with served(home) as site:
        statuses = wander_everywhere(site)
    return site, statuses


@pytest.mark.hazard("H-46", "H-47")
def test_nothing_that_was_sent_is_left_anywhere(used: tuple[Served, list[int]]) -> None:
    site, statuses = used
    written = site.everything_written()

    assert {200, 302, 400, 403, 404, 405, 413, 422} >= set(statuses)
    assert {200, 403, 404, 405, 413, 422} <= set(statuses)
    assert len(written["err"].splitlines()) > len(statuses)
    assert "site.sqlite3" in written
    assert [name for name, data in written.items() if CANARY.encode() in data] == []
    assert not [name for name in written if CANARY in name or name.startswith("tmp/")]


@pytest.mark.hazard("H-46")
def test_each_line_of_the_log_is_one_request_with_only_allowed_names(
    used: tuple[Served, list[int]],
) -> None:
    site, _ = used
    lines = [json.loads(line) for line in site.everything_written()["err"].splitlines()]
    pages = {line["page"] for line in lines}

    assert all(set(line) <= ALLOWED for line in lines)
    assert {line["event"] for line in lines} == {"request"}
    assert {"page", "load", "result", "answers", "wipe"} <= pages
    assert all(re.fullmatch(r"[a-z_]+|-", page) for page in pages)
    assert {line["method"] for line in lines} <= {"GET", "POST", "PUT", "DELETE", "other"}


@pytest.mark.hazard("H-46")
def test_a_fault_is_logged_by_its_kind_and_place_and_not_by_its_words(tmp_path: Path) -> None:
    script = (
        "import django, os; from django.conf import settings; django.setup();"
        "settings.ROOT_URLCONF = 'broken_urls';"
        "from django.test import Client;"
        "browser = Client(HTTP_HOST='127.0.0.1', raise_request_exception=False);"
        f"browser.post('/stuk/?{CANARY}', {{'answer': '{CANARY}'}})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={
            **{"PATH": os.environ["PATH"], "HOME": str(tmp_path), "RUGKOMPAS_TRIAL": "1"},
            **{"PYTHONPATH": os.pathsep.join((str(Path(__file__).parent), *sys.path))},
            **{"DJANGO_SETTINGS_MODULE": "rugkompas.web.settings"},
        },
        timeout=60,
        check=True,
    )

    error, request = (json.loads(line) for line in done.stderr.splitlines())
    assert (error["event"], error["error"]) == ("error", "KeyError")
    assert re.fullmatch(r"broken_urls\.py:\d+", error["at"])
    assert (request["event"], request["status"]) == ("request", 500)
    assert broken_urls.SECRET not in done.stderr
    assert CANARY not in done.stderr


# What another device fetches


@pytest.mark.hazard("H-46", "H-47")
def test_a_parcel_is_sealed_and_gone_after_it_was_taken(tmp_path: Path) -> None:
    with served(tmp_path) as site:
        browser = Planting(site)
        browser.upload(with_canary())
        browser.get("/verder/")
        assert browser.post("/verder/") == 200
        link = browser.html.split('readonly value="')[1].split('"')[0]
        token, _, key = link.rsplit("/verder/")[1].strip("/").partition(".")
        with sqlite3.connect(site.database) as database:
            ((name, sealed),) = database.execute("SELECT name, sealed FROM web_parcel").fetchall()
        waiting = site.everything_written()

        taker = Planting(site)
        taker.get(link.removeprefix(site.address))
        assert taker.post(link.removeprefix(site.address)) == 200
        assert CANARY in taker.html
        with sqlite3.connect(site.database) as database:
            left = database.execute("SELECT count(*) FROM web_parcel").fetchone()
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    after = site.everything_written()

    for secret in (CANARY, token, key):
        assert not [place for place, data in waiting.items() if secret.encode() in data]
        assert not [place for place, data in after.items() if secret.encode() in data]
    assert left == (0,)
    # Not at any byte of the file either: neither whole nor in part.
    pieces = [sealed[start : start + 32] for start in range(0, len(sealed) - 32, 32)]
    files = {place: data for place, data in after.items() if place.startswith("site.sqlite3")}
    assert files
    for place, data in files.items():
        assert not [piece for piece in (*pieces, name.encode()) if piece in data], place


@pytest.mark.hazard("H-47")
def test_a_parcel_opens_only_with_the_key_of_its_link(client: Client) -> None:
    Parcel.objects.all().delete()
    load_answers(client, CALM)
    html = client.post("/verder/").content.decode()
    key = html.split('readonly value="')[1].split('"')[0].rstrip("/").rpartition(".")[2]
    (parcel,) = Parcel.objects.all()

    assert open_from_device(bytes(parcel.sealed), key, knowledge()) == visit_of(client)
    for other in (key[::-1], "x" * 43 + "=", "", parcel.name):
        with pytest.raises(NotOurs):
            open_from_device(bytes(parcel.sealed), other, knowledge())


@pytest.mark.hazard("H-47")
def test_a_parcel_goes_after_its_minutes_whoever_comes_next(client: Client) -> None:
    Parcel.objects.all().delete()
    load_answers(client, CALM)
    html = client.post("/verder/").content.decode()
    link = html.split('readonly value="')[1].split('"')[0].removeprefix("http://127.0.0.1")
    Parcel.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    taker = Client(HTTP_HOST="127.0.0.1")

    assert taker.post(link).status_code == 404
    assert Parcel.objects.count() == 0
    assert not visit_of(taker)


@pytest.mark.hazard("H-47")
def test_a_parcel_waits_no_longer_than_is_said(client: Client) -> None:
    Parcel.objects.all().delete()
    load_answers(client, CALM)
    client.post("/verder/")
    (parcel,) = Parcel.objects.all()

    assert parcel.until <= timezone.now() + dt.timedelta(minutes=MINUTES)


@pytest.mark.hazard("H-47")
def test_what_the_database_deletes_it_overwrites() -> None:
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "secure_delete", "foreign_keys")
        }

    assert found == {"journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1}


@pytest.mark.hazard("H-46", "H-47")
def test_a_visit_without_a_link_writes_nothing_to_the_database(client: Client) -> None:
    Parcel.objects.all().delete()
    load_answers(client, AUTHOR)
    for path in ("/uitslag/", "/keuzes/", "/plan/", "/samenvatting/", "/verder/"):
        client.get(path)

    assert Parcel.objects.count() == 0
