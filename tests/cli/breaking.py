"""Runs the command in batches of some rows, and breaks it off at a chosen moment.

As a program: ``breaking.py SIGNAL PLACE ARGUMENTS``. The process gets the signal when it is about
to save to disk for the PLACEth time (0: never). Each batch saves three times: the results, the
rejects, and how far the run is.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from running import Ran, environment

ROWS = 40
BYTES = 4096
"""Rows in a batch, and bytes of CSV."""


def broken(
    *arguments: object, at: int = 0, by: signal.Signals = signal.SIGKILL, cwd: Path | None = None
) -> Ran:
    """What the command did until it was broken off. at: 0 lets it end by itself."""
    done = subprocess.run(
        [sys.executable, __file__, str(int(by)), str(at), *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env=environment(),
        timeout=120,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode())


def _main(number: int, place: int, arguments: list[str]) -> None:
    from rugkompas.cli import main
    from rugkompas.fhir import bulk
    from rugkompas.people import tables

    tables.ROWS_AT_ONCE = tables.LINES_AT_ONCE = bulk.LINES_AT_ONCE = ROWS
    tables._CSV_BLOCK = BYTES
    save, saved = os.fsync, 0

    def save_or_break(handle: int) -> None:
        nonlocal saved
        saved += 1
        if saved == place:
            os.kill(os.getpid(), number)
        save(handle)

    os.fsync = save_or_break  # type: ignore[assignment]
    main(arguments)


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
