"""A copy of the site's database is whole, of one moment, and comes back; an old one is brought
up to this version without loss. Tables are found in the database, so new ones are covered."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
import rows
from running import Ran, run
from server import served

from rugkompas.web.backups import PASSING, NoCopy, back_up
from rugkompas.web.serving import set_up
from rugkompas.web.versions import ahead

HERE = Path(__file__).parent


def command(home: Path, *arguments: object, **names: str) -> Ran:
    """A command with the database of a site in this home."""
    url = names.pop("DATABASE_URL", f"sqlite:///{home / 'site.sqlite3'}")
    return run(*arguments, DATABASE_URL=url, RUGKOMPAS_LANG="en", **names)


@pytest.fixture(scope="module")
def first_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the first release, with rows in every table."""
    path = tmp_path_factory.mktemp("first") / "site.sqlite3"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RUGKOMPAS", "DJANGO"))}
    names = {"DATABASE_URL": f"sqlite:///{path}", "RUGKOMPAS_TRIAL": "1"}
    script = [sys.executable, str(HERE / "first_state.py")]
    subprocess.run(script, check=True, env=kept | names, timeout=120)
    rows.fill(path)
    return path


def copied(database: Path, home: Path) -> Path:
    """The database of another folder, as that of a site in this home."""
    new_path = home / "site.sqlite3"
    with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(new_path)) as new:
        old.backup(new)
    return new_path


def test_every_table_of_the_first_release_has_rows(first_state: Path) -> None:
    held = rows.held(first_state)

    assert "web_parcel" in held
    assert {table: len(found) for table, (_, found) in held.items()} == dict.fromkeys(
        held, rows.ROWS
    )


def test_a_site_that_starts_brings_an_old_database_up_to_date_without_loss(
    first_state: Path, tmp_path: Path
) -> None:
    database = copied(first_state, tmp_path)
    before = rows.held(database)

    with served(tmp_path):
        assert rows.lost(before, database) == []

    assert rows.lost(before, database) == []


def test_what_was_lost_would_be_seen(first_state: Path, tmp_path: Path) -> None:
    database = copied(first_state, tmp_path)
    before = rows.held(database)
    with closing(sqlite3.connect(database)) as changed:
        changed.execute("DELETE FROM web_parcel WHERE id = 2")
        changed.commit()

    assert len(rows.lost(before, database)) == 1


def test_a_copy_of_an_old_site_comes_back_up_to_date_without_what_passes(
    first_state: Path, tmp_path: Path
) -> None:
    database = copied(first_state, tmp_path)
    before = rows.held(database)
    copy, new_home = tmp_path / "copy", tmp_path / "elsewhere"

    assert command(tmp_path, "backup", copy).code == 0
    done = command(new_home, "restore", copy)

    assert done.code == 0, done.err
    back = new_home / "site.sqlite3"
    assert rows.lost(before, back, left_out=PASSING) == []
    assert rows.held(back)["web_parcel"][1] == []
    assert {path.name for path in new_home.iterdir()} == {"site.sqlite3"}
    assert "erase that again" in done.err


@pytest.mark.hazard("H-47")
def test_no_byte_of_what_passes_or_was_erased_is_in_a_copy(
    first_state: Path, tmp_path: Path
) -> None:
    database, copy = copied(first_state, tmp_path), tmp_path / "copy"
    sealed, erased = os.urandom(5000), os.urandom(5000)
    with closing(sqlite3.connect(database)) as changed:
        changed.execute("PRAGMA secure_delete=OFF")
        changed.execute("UPDATE web_parcel SET sealed = ?", [sealed])
        changed.execute("CREATE TABLE other (it BLOB)")
        changed.execute("INSERT INTO other VALUES (?)", [erased])
        changed.commit()
        changed.execute("DELETE FROM other")
        changed.commit()
    assert sealed[:900] in database.read_bytes()
    assert erased[:900] in database.read_bytes()

    back_up(database, copy)

    assert sealed[:900] not in copy.read_bytes()
    assert erased[:900] not in copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_copy_is_of_one_moment_while_people_write(first_state: Path, tmp_path: Path) -> None:
    database = copied(first_state, tmp_path)
    with closing(sqlite3.connect(database)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE pair (number INTEGER, half TEXT)")
        made.commit()
    written, enough, stop = [0], threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, timeout=30)) as writing:
            while not stop.is_set():
                written[0] += 1
                for half in ("first", "second"):
                    writing.execute("INSERT INTO pair VALUES (?, ?)", [written[0], half * 200])
                writing.commit()
                if written[0] >= 20:
                    enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert enough.wait(60)
        for number in range(4):
            back_up(database, tmp_path / f"copy{number}")
    finally:
        stop.set()
        writer.join()

    for number in range(4):
        with closing(sqlite3.connect(tmp_path / f"copy{number}")) as copy:
            counts = copy.execute("SELECT count(*) FROM pair GROUP BY number").fetchall()
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert len(counts) >= 20
        assert set(counts) == {(2,)}


def test_nothing_is_ever_overwritten(first_state: Path, tmp_path: Path) -> None:
    database = copied(first_state, tmp_path)
    copy, before = tmp_path / "copy", database.read_bytes()
    copy.write_bytes(b"something else")

    backup = command(tmp_path, "backup", copy)
    back_up(database, tmp_path / "good")
    restore = command(tmp_path, "restore", tmp_path / "good")

    assert backup.refused()
    assert restore.refused()
    assert "already" in restore.err
    assert copy.read_bytes() == b"something else"
    assert database.read_bytes() == before
    assert not list(tmp_path.glob(".*part*"))


def spoil(copy: Path, how: str) -> None:
    """Make this copy one that must not come back."""
    if how == "text":
        copy.write_bytes(b"SQLite? No.")
    elif how == "cut":
        copy.write_bytes(copy.read_bytes()[:9000])
    else:
        with closing(sqlite3.connect(copy)) as changed:
            if how == "newer":
                changed.execute(
                    "INSERT INTO django_migrations (app, name, applied) "
                    "VALUES ('web', '9999_later', '2199-01-01')"
                )
            else:
                changed.execute("DROP TABLE django_migrations")
            changed.commit()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("newer", "from a newer version (web 9999_later)"),
        ("cut", "this copy is broken"),
        ("text", "no copy of a database of the site"),
        ("another program's", "no copy of a database of the site"),
    ],
)
def test_a_copy_that_does_not_fit_is_refused_and_leaves_nothing(
    how: str, said: str, first_state: Path, tmp_path: Path
) -> None:
    copy, home = tmp_path / "copy", tmp_path / "home"
    back_up(first_state, copy)
    spoil(copy, how)

    done = command(home, "restore", copy)

    assert done.refused()
    assert said in done.err
    assert not home.exists() or list(home.iterdir()) == []


def test_an_older_site_does_not_start_on_a_newer_database(
    first_state: Path, tmp_path: Path
) -> None:
    database = copied(first_state, tmp_path)
    spoil(database, "newer")
    before = rows.held(database)

    done = command(tmp_path, "serve", "--port", "0")

    assert done.refused()
    assert "from a newer version (web 9999_later)" in done.err
    assert rows.held(database) == before


def test_steps_that_a_package_joined_make_no_newer_version() -> None:
    os.environ.setdefault("RUGKOMPAS_TRIAL", "1")
    set_up()
    applied = [("web", "0001_initial"), ("account", "0001_joined_since"), ("web", "9999_later")]

    assert ahead(applied) == ["web 9999_later"]
    assert ahead([*applied, ("part_of_later", "0001_initial")])[0] == "part_of_later 0001_initial"


def test_a_copy_or_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    nothing = command(tmp_path, "backup", tmp_path / "copy")
    missing = command(tmp_path, "restore", tmp_path / "copy")

    assert nothing.refused()
    assert "no database here" in nothing.err
    assert missing.refused()
    assert "not there" in missing.err
    with pytest.raises(NoCopy, match="output_missing"):
        back_up(HERE / "rows.py", tmp_path / "no" / "such" / "folder")


@pytest.mark.parametrize("name", ["backup", "restore"])
def test_for_postgresql_the_commands_of_its_own_are_named(name: str, tmp_path: Path) -> None:
    secret = "postgres://someone:geheim@host/name"

    done = command(tmp_path, name, tmp_path / "copy", DATABASE_URL=secret)

    assert done.refused()
    assert "pg_dump" in done.err
    assert "geheim" not in done.err
