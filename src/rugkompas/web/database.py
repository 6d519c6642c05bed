"""One database, named by ``DATABASE_URL``: PostgreSQL, or a file of SQLite."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

_AT_START = (
    # Readers and a writer at once; what was deleted is overwritten, and nothing of it goes to a
    # file beside (hazard H-47). What was acknowledged is on the disk: FULL.
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;"
)


def database() -> tuple[dict[str, Any], list[str]]:
    """(the settings of the database, what is wrong with its name). Without ``DATABASE_URL`` it
    is a file in the home of the user."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{_home_file()}"
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        found = {}
    engine = found.get("ENGINE", "").rpartition(".")[2]
    if engine not in ("sqlite3", "postgresql"):
        # The text of the library's own error can hold the password.
        return {}, [
            "DATABASE_URL is no address of a database that the site knows. Leave it out, or give "
            "sqlite:////folder/site.sqlite3 or postgresql://user:password@host/name."
        ]
    if engine == "sqlite3":
        found["OPTIONS"] = {"init_command": _AT_START, "transaction_mode": "IMMEDIATE"}
    else:
        found |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return found, []


def with_tallies(site: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The databases as Django takes them. Under SQLite what is counted (``tallies.py``) has
    connections of its own to the same file. They stay open, and nobody waits until a count is on
    the disk: it outlives a process that is killed, and need not outlive a power cut."""
    if "sqlite" not in site.get("ENGINE", ""):
        return {"default": site}
    started = site["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
    options = {**site["OPTIONS"], "init_command": started}
    return {"default": site, "tallies": {**site, "OPTIONS": options, "CONN_MAX_AGE": None}}


def _home_file() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "rugkompas" / "site.sqlite3"
