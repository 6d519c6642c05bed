"""A copy of the site's database, and a database from a copy. SQLite only; PostgreSQL has its own.

What passes by itself within the hour is left out of a copy: it would outlive its own promise
there (hazard H-47). Nothing is ever overwritten.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rugkompas.web.database import database

PASSING = ("web_parcel", "web_tally", "accounts_session", "django_session")
"""Tables whose rows pass by themselves: visits on their way, what is counted for a while, and who
is signed in."""
_HEADER = b"SQLite format 3\0"


class NoCopy(Exception):
    """It was not done, and nothing was changed. kind: the id of its sentence in the errors of
    words; where: the file that it is about."""

    def __init__(self, kind: str, where: str, **details: str) -> None:
        self.kind, self.where, self.details = kind, where, details
        super().__init__(kind)


def file_of_site() -> Path:
    """The file of SQLite that the settings name. Raises NoCopy when it is another database."""
    found, wrong = database()
    if wrong:
        raise NoCopy("site_settings", "DATABASE_URL", reason=wrong[0])
    if not found["ENGINE"].endswith("sqlite3"):
        raise NoCopy("backup_postgresql", "DATABASE_URL")
    return Path(found["NAME"]).absolute()


def back_up(source: Path, copy: Path) -> None:
    """Write one consistent copy, also while the site runs and people write. Only its owner may
    read it. Raises NoCopy, and OSError when the disk is full."""
    if not source.is_file():
        raise NoCopy("backup_nothing", str(source))
    with _appears_at(copy) as partial, _sqlite(copy):
        _copied(source, partial)
        with closing(sqlite3.connect(partial)) as made:
            tables = {name for (name,) in made.execute("SELECT name FROM sqlite_master")}
            made.execute("PRAGMA journal_mode=DELETE")
            for table in PASSING:
                if table in tables:
                    made.execute(f"DELETE FROM {table}")
            made.commit()
            # What was deleted is still in free pages until the file is built anew.
            made.execute("VACUUM")


def restore(copy: Path, target: Path) -> None:
    """Make the database of the site from a copy, brought up to this version. The site must not
    run. Raises NoCopy when a database is there already, or when the copy is broken, of another
    program or of a newer version; NotReady when the settings are wrong."""
    if _looks_like_none(copy):
        raise NoCopy("backup_other", str(copy))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if Path(f"{target}-wal").exists():
        raise NoCopy("restore_exists", str(target))
    with _appears_at(target, "restore_exists") as partial, _sqlite(copy):
        _copied(copy, partial)
        _check(partial, copy)
        _bring_up_to_date(partial)


def _copied(source: Path, partial: Path) -> None:
    opened = sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True, timeout=30)
    with closing(opened) as old, closing(sqlite3.connect(partial)) as new:
        partial.chmod(0o600)
        # All pages in one step: a reader's view, which writers neither see nor wait for.
        old.backup(new)


def _looks_like_none(copy: Path) -> bool:
    try:
        with copy.open("rb") as stream:
            return stream.read(len(_HEADER)) != _HEADER
    except OSError:
        raise NoCopy("file_missing", str(copy)) from None


def _check(partial: Path, copy: Path) -> None:
    from rugkompas.web.serving import set_up
    from rugkompas.web.versions import ahead

    with closing(sqlite3.connect(partial)) as made:
        (told,) = made.execute("PRAGMA integrity_check(1)").fetchone()
        if told != "ok" or made.execute("PRAGMA foreign_key_check").fetchone():
            raise NoCopy("backup_broken", str(copy))
        named = "SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'"
        if made.execute(named).fetchone() is None:
            raise NoCopy("backup_other", str(copy))
        applied = set(made.execute("SELECT app, name FROM django_migrations"))
    if "RUGKOMPAS_SECRET_KEY" not in os.environ:
        # Nothing is sealed or opened here, so any key will do.
        os.environ["RUGKOMPAS_TRIAL"] = "1"
    set_up()
    if newer := ahead(applied):
        raise NoCopy("backup_newer", str(copy), names=", ".join(newer))


def _bring_up_to_date(partial: Path) -> None:
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["NAME"] = str(partial)
    try:
        call_command("migrate", verbosity=0)
    finally:
        # The last one that closes takes the write-ahead log into the file.
        connection.close()


@contextmanager
def _appears_at(path: Path, taken: str = "output_exists") -> Iterator[Path]:
    """A file beside it that takes this name at the end, if nobody has it by then."""
    if path.exists():
        raise NoCopy(taken, str(path))
    if not path.parent.is_dir():
        raise NoCopy("output_missing", str(path))
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield partial
        _named(partial, path)
    except FileExistsError:
        raise NoCopy(taken, str(path)) from None
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{partial}{ending}").unlink(missing_ok=True)


def _named(partial: Path, path: Path) -> None:
    """Give the file its name. Raises FileExistsError when another one has it: a plain rename
    would take its place without a word."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        # Some disks know no links: there the name is taken first, empty for a moment.
        path.touch(mode=0o600, exist_ok=False)
        partial.replace(path)


@contextmanager
def _sqlite(path: Path) -> Iterator[None]:
    """Troubles of SQLite, as what to do about them."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise NoCopy("output_full" if full else "backup_trouble", str(path)) from None
    except sqlite3.DatabaseError:
        raise NoCopy("backup_broken", str(path)) from None
