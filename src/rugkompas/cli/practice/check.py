"""``rugkompas practice check``: is the settings file right, and what times does it give?"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from rugkompas.cli.app import Command, language_option
from rugkompas.cli.say import Say

_DAYS = 7


def command(say: Say) -> click.Command:
    """``practice check`` in the language of ``say``."""

    def run(file: Path) -> None:
        from rugkompas.web.booking.busy import CalendarError, busy_in
        from rugkompas.web.booking.hours import slots
        from rugkompas.web.booking.practice_file import PracticeFileError, practice_in

        try:
            practice = practice_in(file)
        except PracticeFileError as error:
            say.error(say("practice_wrong", count=len(error.mistakes), where=file.name))
            say.error(str(error))
            sys.exit(2)
        now = dt.datetime.now(dt.UTC)
        today = practice.day_of(now)
        last = today + dt.timedelta(days=_DAYS - 1)
        busy, unread = {}, []
        for person in practice.people.values():
            try:
                paths = person.calendars
                times = [busy_in(path, practice.zone, today, last) for path in paths]
                busy[person.id] = [it for each in times for it in each]
            except CalendarError as error:
                unread.append(f"{person.name}: {error}")
        days = [today + dt.timedelta(days=number) for number in range(_DAYS)]
        for kind in practice.kinds.values():
            count = sum(1 for _ in slots(practice, kind, now, days, busy))
            click.echo(say("practice_times", kind=kind.name[say.language], count=count))
        for line in unread:
            say.error(say("practice_unread", what=line))
        if unread:
            sys.exit(2)
        click.echo(say("practice_right", where=file.name, name=practice.name))

    made = Command(
        "check",
        callback=run,
        params=[click.Argument(["file"], type=click.Path(path_type=Path)), language_option()],
    )
    return made.within("practice").speaks(say)
