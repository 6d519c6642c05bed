"""``rugkompas diary erase``: one day with all its versions, or the whole diary."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from rugkompas.cli.app import language_option
from rugkompas.cli.diary.shared import diary_command, folder_option, opened, refusals
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say, refused


def command(say: Say) -> click.Command:
    """``diary erase`` in the language of ``say``."""

    def run(folder: Path | None, day: dt.date | None, yes: bool) -> None:
        diary = opened(say, folder)
        with refusals(say, str(diary.path)):
            if day is not None:
                entry = diary.book.entry_on(day)
                if entry is None:
                    raise refused("diary_no_day", day.isoformat())
                _sure(say, yes)
                diary.delete([entry.id])
                click.echo(say("diary_day_erased"))
                return
            if not diary.path.exists():
                raise refused("diary_none", str(diary.path))
            _sure(say, yes)
            diary.erase()
            click.echo(say("diary_erased", where=str(diary.path)))

    return diary_command(
        "erase",
        say,
        run,
        [
            folder_option(),
            click.Option(["--day"], metavar="DAY", type=Day()),
            click.Option(["--yes"], is_flag=True),
            language_option(),
        ],
    )


def _sure(say: Say, yes: bool) -> None:
    """Gone is gone: say so, and only go on after a clear yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise refused("diary_sure", "--yes")
    typed = input(f"{say('diary_erase_sure')} ").strip().casefold()
    if typed not in ("ja", "yes"):
        click.echo(say("diary_not_erased"))
        raise click.Abort
