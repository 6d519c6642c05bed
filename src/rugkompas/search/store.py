"""Where terms are kept: which answers hold any of them. SQLite's full text search in memory;
a site on PostgreSQL has another one (``rugkompas.web.searching``) with the same two methods."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Mapping
from typing import Protocol

Rows = Mapping[str, Collection[str]]
"""Id of an answer -> its terms."""


class Store(Protocol):
    """Keeps terms by answer."""

    def holding(self, terms: Collection[str]) -> set[str]:
        """The answers that hold at least one of these terms."""
        ...


class MemoryStore:
    """FTS5 in memory: nothing of a question reaches a disk. Every thread has its own, because a
    connection of SQLite belongs to one thread and to one process."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._held = threading.local()

    def holding(self, terms: Collection[str]) -> set[str]:
        """The answers that hold at least one of these terms."""
        if not terms:
            return set()
        wanted = " OR ".join(f'"{term}"' for term in sorted(terms))
        found = self._database().execute("SELECT id FROM held WHERE terms MATCH ?", (wanted,))
        return {id_ for (id_,) in found}

    def _database(self) -> sqlite3.Connection:
        database: sqlite3.Connection | None = getattr(self._held, "database", None)
        if database is None:
            database = sqlite3.connect(":memory:")
            database.execute(
                "CREATE VIRTUAL TABLE held USING fts5(id UNINDEXED, terms, "
                "tokenize = \"unicode61 tokenchars '_'\")"
            )
            database.executemany(
                "INSERT INTO held VALUES (?, ?)",
                [(id_, " ".join(sorted(terms))) for id_, terms in self._rows.items()],
            )
            self._held.database = database
        return database
