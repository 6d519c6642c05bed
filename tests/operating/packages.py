"""An environment of its own with our wheel and some of the packages of this one; no network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, requires
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def clean() -> dict[str, str]:
    """The environment without anything that leads to this checkout."""
    ours = ("RUGKOMPAS", "DJANGO", "PYTHON")
    return {name: it for name, it in os.environ.items() if not name.startswith(ours)}


def made(home: Path, wheel: Path, names: Iterable[str]) -> Path:
    """The folder of commands of an environment with the wheel and these packages alone."""
    venv.create(home, with_pip=False, symlinks=True)
    commands = home / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python")]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)]
    subprocess.run(install, env=clean(), check=True)
    (packages,) = (home / "lib").glob("python*/site-packages")
    for name in sorted(names):
        _link(distribution(name), packages)
    return commands


def without_extras() -> set[str]:
    """What a plain installation brings: our own needs, and theirs, for this machine."""
    found: set[str] = set()
    waiting = _needs("rugkompas")
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= _needs(name)
    return found


def _needs(name: str) -> set[str]:
    from packaging.requirements import Requirement

    needed = map(Requirement, requires(name) or [])
    return {it.name for it in needed if it.marker is None or it.marker.evaluate({"extra": ""})}


def _link(package: Distribution, into: Path) -> None:
    """Each of its files and folders, by a link: nothing is copied."""
    for top in {file.parts[0] for file in package.files or [] if file.parts[0] != ".."}:
        target = into / top
        if top != "__pycache__" and not target.exists():
            target.symlink_to(Path(str(package.locate_file(top))))
