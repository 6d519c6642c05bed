"""What all processes count together: once is once, tries add up, and nobody can be read there."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connections
from django.test import Client, override_settings

from rugkompas.web import tallies
from rugkompas.web.models import Tally

CLAIMS = 24
SAFELY = ("journal_mode", "synchronous", "secure_delete")
LONG_AGO, LATER = "2020-01-01T10:00:00Z", "2020-01-01T10:01:01Z"


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    Tally.objects.all().delete()
    yield
    Tally.objects.all().delete()


def test_what_was_said_once_is_not_new_until_its_time_is_over() -> None:
    with time_machine.travel(LONG_AGO, tick=False):
        before = [tallies.first("token", "a", 60), tallies.first("token", "a", 60)]
        others = [tallies.first("token", "b", 60), tallies.first("launch", "a", 60)]
    with time_machine.travel(LATER, tick=False):
        after = [tallies.first("token", "a", 60), tallies.first("token", "a", 60)]

    assert before == after == [True, False]
    assert others == [True, True]


@pytest.mark.hazard("H-56")
@pytest.mark.parametrize("over", [False, True])
def test_of_many_at_the_same_moment_one_is_first(over: bool) -> None:
    if over:
        with time_machine.travel(LONG_AGO):
            tallies.first("token", "a", 60)
    found: list[bool] = []
    together = threading.Barrier(CLAIMS)

    def claim() -> None:
        together.wait()
        found.append(tallies.first("token", "a", 60))
        connections.close_all()

    claiming = [threading.Thread(target=claim) for _ in range(CLAIMS)]
    for one in claiming:
        one.start()
    for one in claiming:
        one.join()

    assert sorted(found) == [False] * (CLAIMS - 1) + [True]


def test_a_cache_for_guesses_keeps_what_it_was_given_for_as_long_as_it_was_told() -> None:
    with time_machine.travel(LONG_AGO, tick=False):
        cache.set("tries", [2.5, 1.5], 60)
        assert cache.get("tries") == [2.5, 1.5]
        assert not cache.add("tries", [9.5], 60)
        cache.set("tries", [3.5], 60)
        assert cache.get("tries") == [3.5]
    with time_machine.travel(LATER, tick=False):
        assert cache.get("tries", "none") == "none"
        assert cache.add("tries", [4.5], 60)
        assert cache.delete("tries")
        assert not cache.delete("tries")
        assert cache.get("tries") is None


@pytest.mark.hazard("H-46", "H-56")
def test_the_table_names_nobody_and_without_the_key_nothing_can_be_looked_up() -> None:
    cache.set("login:jo@mail.example:192.0.2.77", [1.5], 60)
    tallies.first("token", "https://record.example", 60)
    (names, values) = zip(*Tally.objects.values_list("name", "value"), strict=True)

    assert {len(name) for name in names} == {64}
    assert all(int(name, 16) for name in names)
    assert sorted(values) == ["[1.5]", "true"]
    with override_settings(SECRET_KEY="another" * 10):
        assert cache.get("login:jo@mail.example:192.0.2.77") is None


def test_only_what_is_counted_does_not_wait_for_the_disk() -> None:
    found = {}
    for name in ("default", "tallies"):
        with connections[name].cursor() as cursor:
            modes = [cursor.execute(f"PRAGMA {it}").fetchone()[0] for it in SAFELY]
        found[name] = modes

    # 2 is FULL, 1 is NORMAL.
    assert found == {"default": ["wal", 2, 1], "tallies": ["wal", 1, 1]}


def test_what_ran_out_goes_when_health_is_asked_and_the_rest_stays(client: Client) -> None:
    with time_machine.travel(LONG_AGO):
        tallies.first("token", "over", 60)
    tallies.first("token", "not yet", 60)

    client.get("/gezond/")

    assert Tally.objects.count() == 1
    assert not tallies.first("token", "not yet", 60)


def test_where_nobody_asks_for_health_what_ran_out_goes_as_well() -> None:
    with time_machine.travel(LONG_AGO):
        for number in range(50):
            tallies.first("token", f"over {number}", 60)
    sweeps = next(n for n in range(100_000) if tallies._named(f"token\n{n}").endswith("00"))

    tallies.first("token", str(sweeps), 60)

    assert Tally.objects.count() == 1


@pytest.mark.hazard("H-56")
def test_when_the_database_is_locked_nothing_counts_as_new() -> None:
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as other:
        other.isolation_level = None
        with connections["tallies"].cursor() as ours:
            ours.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError):
            tallies.first("token", "a", 60)
        other.execute("ROLLBACK")
    connections["tallies"].close()

    assert tallies.first("token", "a", 60)
