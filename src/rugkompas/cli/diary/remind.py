"""``rugkompas diary remind``: a few quiet moments for a calendar, only when asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import language_option, output_option
from rugkompas.cli.diary.shared import diary_command, folder_option, opened
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``diary remind`` in the language of ``say``."""

    def run(folder: Path | None, output: Path | None, on: dt.date | None) -> None:
        from rugkompas.outputs.diary_calendar import reminders

        day = one_person.day_or_today(say.knowledge, on)
        book = opened(say, folder).book
        one_person.write(reminders(book, day, say.language, say.knowledge), say, output)

    params = [
        folder_option(),
        output_option(),
        click.Option(["--on"], metavar="DAY", type=Day()),
        language_option(),
    ]
    return diary_command("remind", say, run, list(params))
