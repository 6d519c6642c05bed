"""An index in PostgreSQL's full text search, and the search that uses it.

Only terms of our own vocabulary are sent to the database, never what a person typed.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from django.db import DatabaseError, connection, transaction

from rugkompas.catalogue import Knowledge
from rugkompas.search import Finder, Found
from rugkompas.search.store import MemoryStore, Rows, Store
from rugkompas.web.rules import knowledge

_HOLDING = (
    "SELECT id FROM searching_held WHERE knowledge = %s AND language = %s AND terms @@ %s::tsquery"
)
# Terms are lexemes already: to_tsquery would cut them up once more.
_ADD = (
    "INSERT INTO searching_held VALUES (%s, %s, %s, array_to_tsvector(%s)) ON CONFLICT DO NOTHING"
)


class PostgresStore:
    """Keeps terms by answer in PostgreSQL, under the digest of the knowledge that they are
    from. When the database cannot be reached, the index in memory answers instead."""

    def __init__(self, digest: str, language: str, rows: Rows) -> None:
        self._digest, self._language, self._rows = digest, language, rows
        self._filled = False
        self._instead = MemoryStore(rows)

    def holding(self, terms: Collection[str]) -> set[str]:
        """The answers that hold at least one of these terms."""
        if not terms:
            return set()
        wanted = " | ".join(f"'{term}'" for term in sorted(terms))
        try:
            if not self._filled:
                self._fill()
            with connection.cursor() as cursor:
                cursor.execute(_HOLDING, [self._digest, self._language, wanted])
                return {id_ for (id_,) in cursor.fetchall()}
        except DatabaseError:
            return self._instead.holding(terms)

    def _fill(self) -> None:
        """Put the rows of this knowledge in, and those of earlier ones away. Processes that do
        so at once do no harm: the rows are the same."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM searching_held WHERE knowledge <> %s", [self._digest])
            cursor.executemany(
                _ADD,
                [
                    (self._digest, self._language, id_, sorted(terms))
                    for id_, terms in self._rows.items()
                ],
            )
        self._filled = True


def finder_on(held: Knowledge, vendor: str) -> Finder:
    """The finder of a site, with the index that fits its database."""

    def on_postgresql(language: str, rows: Rows) -> Store:
        return PostgresStore(held.digest, language, rows)

    return Finder(held, on_postgresql) if vendor == "postgresql" else Finder(held)


@lru_cache(maxsize=1)
def _finder() -> Finder:
    return finder_on(knowledge(), connection.vendor)


def search(question: str, language: str) -> Found:
    """The alarm signs and the answers for a question, on this site."""
    return _finder().find(question, language)
