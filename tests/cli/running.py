"""Runs the real command in its own process."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("rugkompas"))


@dataclass(frozen=True)
class Ran:
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    def refused(self) -> bool:
        """Exit code 2, nothing on stdout, and a message without a traceback."""
        return self.code == 2 and not self.out and bool(self.err) and "Traceback" not in self.err


def environment(**extra: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RUGKOMPAS", "NO_COLOR"))}
    return {**kept, **extra}


def run(*arguments: object, stdin: bytes = b"", cwd: Path | None = None, **extra: str) -> Ran:
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**extra),
        timeout=120,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode())
