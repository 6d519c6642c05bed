"""Rows for every table of a database of SQLite, whatever its tables are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

ROWS = 3
OF_THE_FRAME = ("django_migrations",)
"""Written by the migrations themselves."""

Held = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
"""Table -> its columns and its rows."""


def tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(name for (name,) in found if name not in OF_THE_FRAME)


def fill(path: Path) -> None:
    """Put ``ROWS`` rows in every table that is empty; references lead to each other."""
    with closing(sqlite3.connect(path)) as database:
        for table in tables(database):
            if database.execute(f"SELECT 1 FROM {table}").fetchone():
                continue
            refers = {row[3] for row in database.execute(f"PRAGMA foreign_key_list({table})")}
            columns = database.execute(f"PRAGMA table_info({table})").fetchall()
            names = ", ".join(f'"{column[1]}"' for column in columns)
            places = ", ".join("?" * len(columns))
            for number in range(1, ROWS + 1):
                row = [_value(it[1], it[2].lower(), number, it[1] in refers) for it in columns]
                database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row)
        database.commit()
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def held(path: Path) -> Held:
    """All that stands in the database."""
    with closing(sqlite3.connect(path)) as database:
        found: Held = {}
        for table in tables(database):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            found[table] = (columns, read(database, table, columns))
        return found


def read(database: sqlite3.Connection, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    return sorted(database.execute(f"SELECT {names} FROM {table}").fetchall(), key=repr)


def lost(before: Held, path: Path, left_out: tuple[str, ...] = ()) -> list[str]:
    """What stood there before and does not any more: tables, columns and rows."""
    gone = []
    with closing(sqlite3.connect(path)) as database:
        for table, (columns, rows) in before.items():
            if table in left_out:
                continue
            now = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            lacking = [column for column in columns if column not in now]
            gone += [f"{table}.{column}" for column in lacking or [] if now] or (
                [] if now else [table]
            )
            if now and not lacking:
                there = read(database, table, columns)
                gone += [f"{table}: {row}" for row in rows if row not in there]
    return gone


def _value(name: str, kind: str, number: int, refers: bool) -> object:
    if refers and "char" in kind:
        return _key(number)
    if "int" in kind or refers:
        return number
    if "bool" in kind:
        return True
    if "datetime" in kind:
        # What runs out does so long after this test.
        return f"2199-01-0{number} 10:00:00"
    if "date" in kind:
        return f"2199-01-0{number}"
    if "time" in kind:
        return f"1{number}:00:00"
    if "blob" in kind:
        return bytes([number]) * 40
    if "real" in kind or "decimal" in kind:
        return number + 0.5
    if kind == "char(32)":
        return _key(number)
    # In quotes it is text and JSON at once.
    return f'"{name[:12]} {number}"'


def _key(number: int) -> str:
    """A key as a UUID is kept."""
    return f"{number:032x}"
