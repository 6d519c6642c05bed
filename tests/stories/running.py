"""The site as it runs, and a browser that calls nobody: what all stories and pictures share."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PRACTICE = Path(__file__).parents[2] / "docs" / "examples" / "practice" / "practice.yaml"
MOST_SECONDS = 20
"""To wait for the end of a server that was asked to stop."""
_ADDRESS = re.compile(r"https?://\S+?(?=/?\s)")


@dataclass(frozen=True, slots=True)
class Site:
    """A running site. address: without "/" at the end. folder: all that it can write to."""

    address: str
    folder: Path
    secret: str

    @property
    def log(self) -> str:
        """What the server said so far."""
        return (self.folder / "log").read_text("utf-8")


def environment(folder: Path, secret: str) -> dict[str, str]:
    """What the site and its commands read: a home of its own, and a made-up practice."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "XDG_DATA_HOME": str(folder / "home" / "data"),
        "TMPDIR": str(folder / "temporary"),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "RUGKOMPAS_TRIAL": "1",
        "RUGKOMPAS_SECRET_KEY": secret,
        "RUGKOMPAS_REQUESTS_A_MINUTE": "1000000",
        "RUGKOMPAS_EMAIL_URL": f"file://{folder / 'mail'}",
        "RUGKOMPAS_PRACTICE_FILE": str(PRACTICE),
        "RUGKOMPAS_EMBED_ORIGINS": "https://www.linde.example",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Start the site as a person does, on a free port, with a home of its own."""
    secret = secrets.token_urlsafe(64)
    for name in ("home", "temporary"):
        (folder / name).mkdir()
    command = (Path(sys.executable).with_name("rugkompas"), "serve", "--port", "0")
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment(folder, secret),
            text=True,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as server,
    ):
        try:
            assert server.stdout is not None
            found = _ADDRESS.search(server.stdout.readline())
            site = Site(found[0] if found else "", folder, secret)
            assert found, f"the site did not start:\n{site.log}"
            yield site
        finally:
            server.terminate()
            server.wait(MOST_SECONDS)


def chromium_path() -> str:
    """Where Chromium is. Raises FileNotFoundError with what to do."""
    found = shutil.which("chromium")
    if found is None:
        raise FileNotFoundError("chromium is missing. Install it with: scripts/install-chromium")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without anything that calls home."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        try:
            yield started
        finally:
            started.close()
