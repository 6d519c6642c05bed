"""Kill -9 a writer of account diaries again and again: what was acknowledged is there, once.

    .venv/bin/python bench/account_kills.py [kills] [entries]

Writes to a database of its own in a folder that goes away (SQLite), or to DATABASE_URL.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DAYS = 100
"""Entries of one diary; the next ones go to the next diary."""

WRITER = """
import datetime as dt, sys
import django; django.setup()
from rugkompas.catalogue import load
from rugkompas.people.diary import entry
from rugkompas.web.accounts.diary import AccountDiary
from rugkompas.web.accounts import consent
from rugkompas.web.accounts.models import Account
knowledge, number, last = load(), int(sys.argv[1]), int(sys.argv[2])
while number < last:
    who, _ = Account.objects.get_or_create(email=f"{number // DAYS}@mail.example")
    consent.give(who, "diary", "nl")
    diary = AccountDiary(who)
    for place in range(number % DAYS, DAYS):
        day = dt.date(2026, 11, 1) - dt.timedelta(days=place)
        line = entry({"id": f"entry-{number:08}", "day": day.isoformat(), "pain": 3}, knowledge)
        diary.add(line)
        print(number, flush=True)
        number += 1
        if number == last:
            break
"""


def acknowledged(process: subprocess.Popen[str], entries: int, wait: float) -> int | None:
    """The last number that the writer told before it was killed; None when it told nothing.

    It is killed so many seconds after so many entries: somewhere within one.
    """
    assert process.stdout is not None
    first = [process.stdout.readline() for _ in range(entries)]
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    told = "".join(first) + process.stdout.read()
    process.wait()
    whole = told[: told.rfind("\n") + 1].split()
    return int(whole[-1]) if whole else None


def main(kills: int, entries: int) -> None:
    """Write, kill, go on from what was told; then count."""
    with tempfile.TemporaryDirectory() as folder:
        names = {
            **{"DJANGO_SETTINGS_MODULE": "rugkompas.web.settings", "RUGKOMPAS_TRIAL": "1"},
            **{"RUGKOMPAS_SECRET_KEY": "k" * 60},
        }
        os.environ.update(names)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'site.sqlite3'}")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        chance, next_, killed = random.Random(2026), 0, 0
        script = f"DAYS = {DAYS}\n{WRITER}"
        while next_ < entries:
            command = [sys.executable, "-c", script, str(next_), str(entries)]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            if killed < kills:
                most = max(1, 2 * entries // (kills or 1))
                last = acknowledged(process, chance.randrange(most), chance.uniform(0, 0.02))
                killed += 1
            else:
                told, _ = process.communicate()
                last = int(told.split()[-1]) if told.split() else None
            # Not told is not acknowledged: it is sent again, under the same id.
            next_ = next_ if last is None else last + 1
            print(f"{killed} kills, {next_} entries acknowledged", file=sys.stderr)
        _count(entries, killed)


def _count(entries: int, killed: int) -> None:
    from rugkompas.web.accounts.diary import AccountDiary
    from rugkompas.web.accounts.models import Account

    found = [line.id for who in Account.objects.all() for line in AccountDiary(who).book.lines]
    wanted = {f"entry-{number:08}" for number in range(entries)}
    lost, doubled = wanted - set(found), len(found) - len(set(found))
    print(f"{killed} kills, {entries} acknowledged: {len(lost)} lost, {doubled} doubled")
    if lost or doubled:
        sys.exit(1)


if __name__ == "__main__":
    given = [int(it) for it in sys.argv[1:]]
    main(*(given or (50, 10_000)))
