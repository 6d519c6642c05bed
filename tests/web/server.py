"""The site as its own process, as ``rugkompas serve`` runs it, on a free port of this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

COMMAND = Path(sys.executable).with_name("rugkompas")


@dataclass(frozen=True, slots=True)
class Served:
    """A running site. ``home`` is its home and holds its folder for temporary files."""

    port: int
    home: Path
    database: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def everything_written(self) -> dict[str, bytes]:
        """Each file below the home, with its bytes: output, database, caches, leftovers."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
        }


@contextmanager
def served(home: Path, *, workers: int = 1, **names: str) -> Iterator[Served]:
    """The site while the block runs, with so many processes and these names in its environment."""
    for folder in ("tmp", "cache"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    database = home / "site.sqlite3"
    others = ("RUGKOMPAS_", "DATABASE_URL", "DJANGO_", "XDG_")
    environment = {
        **{name: it for name, it in os.environ.items() if not name.startswith(others)},
        **{"HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_CACHE_HOME": str(home / "cache")},
        **{"DATABASE_URL": f"sqlite:///{database}", "RUGKOMPAS_REQUESTS_A_MINUTE": "100000"},
        **names,
    }
    with (home / "out").open("wb") as out, (home / "err").open("wb") as err:
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", "--workers", str(workers), "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=err,
            env=environment,
        )
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            out.write(first)
            told = re.search(rb"http://127\.0\.0\.1:(\d+)/", first)
            assert told, (home / "err").read_text()
            yield Served(int(told[1]), home, database)
        finally:
            process.send_signal(signal.SIGTERM)
            rest, _ = process.communicate(timeout=30)
            out.write(rest)


def token_of(html: str) -> str:
    """The token of a form on this page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found
    return found[1]


class Browser:
    """A small one for a site in another process: cookies, forms with their token, redirects."""

    def __init__(self, site: Served) -> None:
        self.jar, self._site = CookieJar(), site
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self._opener = urllib.request.build_opener(cookies)
        self.get("/over/")

    def get(self, path: str) -> int:
        return self._open(urllib.request.Request(self._site.address + path))

    def post(self, path: str, **sent: str) -> int:
        sent["csrfmiddlewaretoken"] = token_of(self.html)
        body = urllib.parse.urlencode(sent).encode()
        return self._open(urllib.request.Request(self._site.address + path, data=body))

    def _open(self, request: urllib.request.Request) -> int:
        try:
            response = self._opener.open(request)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            self.html = response.read().decode()
            self.at = response.url.removeprefix(self._site.address)
            return int(response.status)
