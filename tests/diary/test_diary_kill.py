"""Killed in the middle of writing: what was acknowledged is there, once."""

from __future__ import annotations

import datetime as dt
import os
import random
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pages_of_a_diary import ZONE

from rugkompas.people.diary import Diary, Entry

KILLS, ENTRIES, AT_ONCE = 60, 10_000, 60
START = dt.date(2000, 1, 1)
WRITTEN = dt.datetime(2030, 1, 1, tzinfo=ZONE)


def numbered(number: int) -> Entry:
    on = START + dt.timedelta(days=number)
    return Entry(id=f"number-{number}", written_at=WRITTEN, day=on, pain=number % 11)


def write_on(path: Path, acknowledged: int, first: int) -> None:
    """Adds entry after entry, sometimes some together, and says how far it is."""
    diary = Diary(path)
    chance = random.Random(first)
    while first < ENTRIES:
        last = min(ENTRIES, first + chance.randint(1, AT_ONCE))
        diary.add(*map(numbered, range(first, last)))
        first = last
        os.write(acknowledged, f"{first}\n".encode())


@contextmanager
def writer(path: Path, first: int) -> Iterator[tuple[int, int]]:
    """A process that writes: its id, and the pipe on which it acknowledges."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_on(path, say, first)
        finally:
            os._exit(0)
    os.close(say)
    try:
        yield child, hear
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(hear)


def heard(hear: int) -> int | None:
    """The last number that was acknowledged, in all that can be read now."""
    data = b""
    while select.select([hear], [], [], 0)[0]:
        part = os.read(hear, 65_536)
        if not part:
            break
        data += part
    numbers = data.split(b"\n")[:-1]
    return int(numbers[-1]) if numbers else None


@pytest.mark.hazard("H-27")
def test_ten_thousand_acknowledged_entries_survive_sixty_kills(tmp_path: Path) -> None:
    path = tmp_path / "diary.jsonl"
    chance = random.Random(27)
    done, kills = 0, 0
    while done < ENTRIES:
        with writer(path, done) as (child, hear):
            part = ENTRIES // KILLS
            goal = done + chance.randint(part // 2, part) if kills < KILLS else ENTRIES
            while done < min(goal, ENTRIES):
                assert select.select([hear], [], [], 60)[0], "the writer says nothing"
                done = heard(hear) or done
            os.kill(child, signal.SIGKILL)
            kills += 1
            os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
            done = heard(hear) or done
        kept = [e.id for e in Diary(path).book.entries]
        assert kept[:done] == [f"number-{n}" for n in range(done)]

    lines = Diary(path).book.lines
    assert kills >= 50
    assert [line.id for line in lines] == [f"number-{n}" for n in range(ENTRIES)]


@pytest.mark.hazard("H-27", "H-47")
def test_a_kill_while_deleting_leaves_the_old_diary_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "diary.jsonl"
    Diary(path).add(*map(numbered, range(400)))
    chance = random.Random(28)
    for number in range(0, 60, 2):
        child = os.fork()
        if child == 0:
            try:
                Diary(path).delete([f"number-{number}"])
            finally:
                os._exit(0)
        signal.sigtimedwait([signal.SIGCHLD], chance.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kept = {e.id for e in Diary(path).book.entries}
        assert {f"number-{n}" for n in range(400) if n % 2 or n > number} <= kept

    for number in range(0, 60, 2):
        Diary(path).delete([f"number-{number}"])
    assert len(Diary(path).book.entries) == 370
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []
