"""The site as it starts, in a process of its own whose clock and zone are set."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def days_written(zone: str, instants: Sequence[dt.datetime], folder: Path) -> list[list[object]]:
    """At each instant (with an offset) somebody begins a diary and writes the day that the page
    offers, on a machine in ``zone``: the status of the answer, the day that was kept, and the
    instant at which it was written."""
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps([at.timestamp() for at in instants]),
        capture_output=True,
        text=True,
        env={
            **{"PATH": os.environ["PATH"], "HOME": str(folder), "TZ": zone},
            **{"DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}"},
            **{"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        },
        timeout=120,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[object]] = json.loads(done.stdout)
    return found


def _main() -> None:
    import time_machine

    from rugkompas.web.serving import prepare

    prepare("127.0.0.1")
    from diaries import begun, book_in, held, written
    from django.test import Client

    found = []
    for instant in json.load(sys.stdin):
        with time_machine.travel(instant, tick=False):
            client = Client(HTTP_HOST="127.0.0.1")
            page = written(client, begun(client))
            (entry,) = book_in(held(page)).entries
            found.append([page.status_code, entry.day.isoformat(), entry.written_at.isoformat()])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
