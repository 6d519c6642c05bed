"""What is left in the files of the database after rows went (hazard H-47).

SQLite overwrites what is deleted (``secure_delete``), but copies stay behind: earlier pages in
the log beside the file, and in a page that was laid out anew. PostgreSQL clears these itself,
later: docs/how-to/run-a-site.md says what that means.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError, connection


def empty_log() -> None:
    """Moves SQLite's log into the file and empties it. While others read it may stay: then the
    daily command does it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def wipe() -> None:
    """Writes SQLite's file anew, with only what is held, and empties the log."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("VACUUM")
        empty_log()
