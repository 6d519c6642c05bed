"""Builds the image with the engine of this machine, runs it as the guide says, and looks at it.

    python scripts/container.py                           podman or docker, the first that works
    python scripts/container.py --build-arg BASE=IMAGE    words for the build go to the engine

By hand: it takes minutes, and the build uses the network. Exit code 0: the image does what it
must. 1: it does not, or was not built. 2: no engine works here, so nothing was looked at.
"""

from __future__ import annotations

import http.client
import json
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENGINES = {"podman": ("--format", "docker"), "docker": ()}
"""Engine -> what its build needs so that the image keeps its question about health."""
RUN = (
    *("--read-only", "--tmpfs", "/tmp", "--cap-drop=all"),
    *("--security-opt", "no-new-privileges"),
)
"""How the guide runs it."""
IMAGE = "rugkompas:check"
DATA = "/var/lib/rugkompas"
AS_PROXY = {"Host": "rug.example", "X-Forwarded-Proto": "https"}
SETTINGS = ("RUGKOMPAS_HOSTS=rug.example", "RUGKOMPAS_PROXIES=1")
SECONDS = 60


def engine() -> str | None:
    """The first engine that answers; a command without its service does not."""
    for name in ENGINES:
        if shutil.which(name) is None:
            continue
        if subprocess.run([name, "info"], capture_output=True, timeout=SECONDS).returncode == 0:
            return name
    return None


class Container:
    """One container of the image, with a folder of data of its own."""

    def __init__(self, engine: str) -> None:
        self._engine, self.name = engine, f"rugkompas-check-{secrets.token_hex(4)}"
        words = [it for setting in self._settings() for it in ("--env", setting)]
        self._words = [*RUN, *words, "--volume", f"{self.name}:{DATA}"]

    def start(self) -> None:
        published = ["--publish", "127.0.0.1::8000", "--detach", "--name", self.name]
        self._ask("run", *published, *self._words, IMAGE, check=True)

    def does(self, *command: str) -> bool:
        """Whether a command in the running container succeeds."""
        return self._ask("exec", self.name, *command).returncode == 0

    def does_alone(self, *command: str) -> bool:
        """The same while the site does not run, with its data."""
        return self._ask("run", "--rm", *self._words, IMAGE, *command).returncode == 0

    def well(self) -> bool:
        """Ask after its health until it is well, or for a minute."""
        until = time.monotonic() + SECONDS
        while not (answer := self.does("python", "/opt/rugkompas/health.py")):
            if time.monotonic() > until:
                return answer
            time.sleep(0.3)
        return True

    def page(self, path: str) -> str:
        """What it answers from outside, as to the proxy. Nothing when it is no good answer."""
        address = self._ask("port", self.name, "8000", check=True).stdout.splitlines()[0]
        asked = http.client.HTTPConnection(address.rpartition(" ")[2], timeout=SECONDS)
        asked.request("GET", path, headers=AS_PROXY)
        answer = asked.getresponse()
        text = answer.read().decode()
        asked.close()
        return text if answer.status == 200 else ""

    def seen(self) -> dict[str, dict[str, object]]:
        """What the engine knows of it."""
        told = json.loads(self._ask("inspect", self.name, check=True).stdout)
        return dict(told[0])

    def stop(self) -> int:
        """Stop the site; the exit code it left with."""
        self._ask("stop", "--time", "20", self.name, check=True)
        return int(str(self.seen()["State"]["ExitCode"]))

    def again(self) -> None:
        self._ask("start", self.name, check=True)

    def remove(self) -> None:
        self._ask("rm", "--force", self.name)
        self._ask("volume", "rm", self.name)

    def _settings(self) -> tuple[str, ...]:
        return (*SETTINGS, f"RUGKOMPAS_SECRET_KEY={secrets.token_urlsafe(64)}")

    def _ask(self, *words: str, check: bool = False) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([self._engine, *words], capture_output=True, text=True)
        if check and done.returncode:
            sys.exit(f"{self._engine} {words[0]}: {done.stderr.strip()}")
        return done


def looked_at(site: Container) -> Iterator[tuple[str, bool]]:
    """(what must be so, whether it is)."""
    yield "it says that it is well", site.well()
    first = site.page("/")
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', first)
    yield "the first page comes", "<h1" in first
    yield "with its styles", style is not None and len(site.page(style[1])) > 1000
    yield "the knowledge is in it", "ok" in site.page("/gezond/")
    yield "it runs as a user without rights", site.does("sh", "-c", 'test "$(id -u)" = 10001')
    yield "it writes its data", site.does("touch", f"{DATA}/mark")
    for folder in ("/opt/rugkompas", "/etc", "/usr/local", "/var/lib"):
        yield f"it cannot write {folder}", not site.does("touch", f"{folder}/mark")
    yield "no pip beside the site", not site.does("python", "-c", "import pip")
    yield "nothing of the build is left", not site.does("sh", "-c", "ls -d /build || ls /opt/tools")
    yield "no place of packages is named", site.does("sh", "-c", "! test -s /etc/pip.conf")
    yield "a PDF can be made", site.does("python", "-c", "import typst")
    yield "the engine asks after its health", bool(site.seen()["Config"].get("Healthcheck"))
    yield "a copy is made while it runs", site.does("rugkompas", "backup", f"{DATA}/copy")
    yield "it stops when it is asked to", site.stop() == 0
    moved = "mv site.sqlite3 old && rugkompas restore copy"
    yield "the copy comes back", site.does_alone("sh", "-c", moved)
    site.again()
    yield "it is well with what came back", site.well()


def main(words: list[str]) -> int:
    found = engine()
    if found is None:
        print(f"No engine works here ({', '.join(ENGINES)}). Nothing was built or looked at.")
        return 2
    build = [found, "build", *ENGINES[found], "--file", "Containerfile", "--tag", IMAGE, *words]
    if subprocess.run([*build, "."], cwd=ROOT).returncode:
        return 1
    site = Container(found)
    failed = 0
    try:
        site.start()
        for what, holds in looked_at(site):
            failed += not holds
            print(f"{'yes' if holds else 'NO '}  {what}", flush=True)
    finally:
        site.remove()
    print(f"{found}: {failed} of these do not hold" if failed else f"{found}: all of these hold")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
