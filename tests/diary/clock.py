"""Commands one after another in a process of its own, whose clock and zone are set."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def run_at(zone: str, steps: Sequence[tuple[dt.datetime, Sequence[object]]]) -> list[Done]:
    """Each command at its instant (with an offset), in a process that lives in ``zone``."""
    from running import environment

    given = [(at.isoformat(), [*map(str, arguments)]) for at, arguments in steps]
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(given).encode(),
        capture_output=True,
        env=environment(TZ=zone),
        timeout=300,
        cwd=Path(__file__).parent,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [Done(*found) for found in json.loads(done.stdout)]


def _main() -> None:
    import time_machine

    from rugkompas.cli import main

    found = []
    for at, arguments in json.load(sys.stdin):
        out, err = io.TextIOWrapper(io.BytesIO(), write_through=True), io.StringIO()
        sys.argv = ["rugkompas", *arguments]
        with (
            time_machine.travel(dt.datetime.fromisoformat(at).timestamp(), tick=False),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = 0
            try:
                main()
            except SystemExit as left:
                code = int(left.code or 0)
        said = out.buffer
        assert isinstance(said, io.BytesIO)
        found.append((code, said.getvalue().decode(), err.getvalue()))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
