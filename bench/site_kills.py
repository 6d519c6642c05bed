"""Kill -9 the served site again and again while people write: what was acknowledged is there, once.

    .venv/bin/python bench/site_kills.py [kills] [entries]

Several people write days into their accounts through the pages of ``rugkompas serve``. Server and
workers die at once, somewhere in the middle. An answer that did not come is no answer: after the
next start the same page is sent again, as a browser does. After each kill, and at the end, the
file of each diary is fetched and counted.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import queue
import random
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

COMMAND = Path(sys.executable).with_name("rugkompas")
SEED = 2026
AT_ONCE = 3
"""People who write at the same moment."""
DAYS = 250
"""Entries of one diary; who has that many makes way for the next person."""
LONGEST_WAIT = 60.0
"""Seconds for an answer, or for somebody to write; far more than it takes."""
MOST_BETWEEN = 0.05
"""Seconds between the entry that was waited for and the kill: somewhere within a request."""
PASSWORD = "zeven groene fietsen"
_BROKEN = (OSError, HTTPException)
"""How an answer that did not come looks; URLError is an OSError."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running site: the group of its processes, and where it is."""

    process: subprocess.Popen[str]
    address: str

    def kill(self) -> None:
        """All its processes at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(folder: Path, secret: str) -> Iterator[Server]:
    """The site, on the database of this folder, until it is killed or no longer needed."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        **{"HOME": str(folder), "TMPDIR": str(folder)},
        "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder / 'site.sqlite3'}"),
        **{"RUGKOMPAS_TRIAL": "1", "RUGKOMPAS_SECRET_KEY": secret},
        **{"RUGKOMPAS_REQUESTS_A_MINUTE": "10000000"},
        "RUGKOMPAS_EMAIL_URL": f"file://{folder / 'mail'}",
    }
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", "--workers", "2"],
            **{"env": environment, "text": True, "start_new_session": True},
            **{"stdout": subprocess.PIPE, "stderr": log},
        )
    try:
        assert process.stdout is not None
        told = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert told, (folder / "log").read_text("utf-8")
        yield Server(process, told[0])
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=LONGEST_WAIT)


@dataclass(slots=True)
class Person:
    """Somebody with an account, as their browser sees it. days: how many they will write.
    acknowledged: id of a submission -> the pain in it. broken: answers that did not come.
    was_there: of those, how many were on the disk all the same."""

    email: str
    days: int
    jar: CookieJar = field(default_factory=CookieJar)
    acknowledged: dict[str, int] = field(default_factory=dict)
    pending: str = ""
    broken: int = 0
    was_there: int = 0
    html: str = ""
    data: bytes = b""

    def send(self, server: Server, path: str, **sent: str) -> int:
        """Send a form, or ask a page when there is nothing to send; its status."""
        body = None
        if sent:
            token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.html)[-1]
            body = urllib.parse.urlencode({**sent, "csrfmiddlewaretoken": token}).encode()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        try:
            with browser.open(server.address + path, body, LONGEST_WAIT) as response:
                data, status = response.read(), int(response.status)
        except urllib.error.HTTPError as error:
            with error:
                data, status = error.read(), error.code
        if b"csrfmiddlewaretoken" in data:
            self.html = data.decode()
        self.data = data
        return status

    def begins(self, server: Server, mails: Path) -> None:
        """Make an account, agree to the diary, and begin it."""
        self.send(server, "/account/nieuw/")
        who = {"email": self.email, "password1": PASSWORD, "agrees": "on", "old_enough": "on"}
        self.send(server, "/account/nieuw/", **who)
        self.send(server, "/account/code/", code=_code(mails, self.email))
        self.send(server, "/account/toestemming/")
        self.send(server, "/account/toestemming/", agrees="on")
        self.send(server, "/dagboek/begin/")
        begun = self.send(server, "/dagboek/begin/", do="begin", name="traplopen", began="")
        assert begun == 200, f"no diary was begun: {begun}"

    def writes(self, server: Server, heard: queue.SimpleQueue[str]) -> None:
        """Day after day, until all are written or an answer does not come."""
        while len(self.acknowledged) < self.days:
            number = len(self.acknowledged)
            self.pending = f"{self.email.partition('@')[0]}-day-{number:06}"
            sent = {"do": "write", "id": self.pending, "day": day_before(number).isoformat()}
            try:
                status = self.send(server, "/dagboek/dag/", **sent, pain=str(number % 11))
            except _BROKEN:
                self.broken += 1
                return
            assert status == 200, f"{self.pending} was refused: {status}"
            self.acknowledged[self.pending] = number % 11
            self.pending = ""
            heard.put(self.email)

    def counts(self, server: Server) -> tuple[int, int]:
        """(acknowledged entries that are not in the file, entries that are there too often)."""
        assert self.send(server, "/dagboek/bestand/") == 200
        lines = [json.loads(line) for line in self.data.splitlines()]
        entries = [line for line in lines if line["kind"] == "entry"]
        kept = {line["id"]: line["pain"] for line in entries}
        lost = sum(kept.get(id_) != pain for id_, pain in self.acknowledged.items())
        unasked = set(kept) - set(self.acknowledged) - {self.pending}
        times = Counter(line["id"] for line in entries) + Counter(line["day"] for line in entries)
        self.was_there += bool(self.pending) and self.pending in kept
        return lost, sum(count - 1 for count in times.values()) + len(unasked)


def day_before(days: int) -> dt.date:
    """So many days before today."""
    return dt.date.today() - dt.timedelta(days=days)


def _code(mails: Path, email: str) -> str:
    """The code that was mailed to this address last."""
    found = [path for path in mails.glob("*.log") if email in path.read_text("utf-8")]
    newest = max(found, key=lambda it: it.stat().st_mtime).read_text("utf-8")
    return re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", newest)[-1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen. broken, was_there: as in ``Person``, of all of them."""

    kills: int
    acknowledged: int
    lost: int
    doubled: int
    broken: int
    was_there: int

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged: {self.lost} lost, "
            f"{self.doubled} doubled. {self.broken} answers did not come; of those, "
            f"{self.was_there} had been written, and sending again wrote no second one"
        )


def run(folder: Path, kills: int, entries: int) -> Outcome:
    """Let people write that many days in all, and kill the site that many times meanwhile."""
    chance, secret = random.Random(SEED), secrets.token_urlsafe(48)
    people = _people(entries)
    with served(folder, secret) as server:
        for person in people:
            person.begins(server, folder / "mail")
    killed = lost = doubled = 0
    while True:
        with served(folder, secret) as server:
            for person in people:
                missing, twice = person.counts(server)
                lost, doubled = lost + missing, doubled + twice
            done = sum(len(person.acknowledged) for person in people)
            if done == entries:
                break
            goal = _goal(chance, entries, done, kills - killed)
            killed += _written(server, people, goal - done, chance)
        sys.stderr.write(f"{killed} kills, {goal} of {entries} entries\n")
    broken, was_there = (sum(getattr(it, n) for it in people) for n in ("broken", "was_there"))
    return Outcome(killed, done, lost, doubled, broken, was_there)


def _people(entries: int) -> list[Person]:
    count = max(AT_ONCE, -(-entries // DAYS))
    share = [entries // count + (number < entries % count) for number in range(count)]
    return [Person(f"person{number}@mail.example", days) for number, days in enumerate(share)]


def _goal(chance: random.Random, entries: int, done: int, kills_left: int) -> int:
    """How many entries there are when the next kill comes; without kills left: all."""
    if kills_left <= 0:
        return entries
    most = max(1, (entries - done) // (kills_left + 1))
    return done + chance.randint(1 + most // 2, most + most // 2)


def _written(server: Server, people: list[Person], count: int, chance: random.Random) -> int:
    """Let them write that many days, a few people at once; 1 when the site was killed then."""
    heard: queue.SimpleQueue[str] = queue.SimpleQueue()
    waiting = iter([it for it in people if len(it.acknowledged) < it.days])
    lock = threading.Lock()
    before = sum(it.broken for it in people)

    def write() -> None:
        while True:
            with lock:
                person = next(waiting, None)
            if person is None:
                return
            had = person.broken
            person.writes(server, heard)
            if person.broken > had:
                return

    left = sum(it.days - len(it.acknowledged) for it in people)
    writers = [threading.Thread(target=write) for _ in range(AT_ONCE)]
    for it in writers:
        it.start()
    for _ in range(min(count, left)):
        heard.get(timeout=LONGEST_WAIT)
    is_killed = count < left
    if is_killed:
        time.sleep(chance.uniform(0, MOST_BETWEEN))
        server.kill()
    for it in writers:
        it.join()
    assert is_killed or sum(it.broken for it in people) == before, "an answer broke without a kill"
    return int(is_killed)


def main(kills: int = 50, entries: int = 10_000) -> None:
    """Run it in a folder that goes away; the figures go to the terminal."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), kills, entries)
    sys.stdout.write(f"{found} ({time.monotonic() - began:.0f} s)\n")
    if found.lost or found.doubled:
        sys.exit(1)


if __name__ == "__main__":
    main(*(int(it) for it in sys.argv[1:]))
