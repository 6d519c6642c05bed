"""``rugkompas diary experiment today``: which period it is; as a calendar file, all of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import format_option, language_option, output_option
from rugkompas.cli.diary.course import FORMATS
from rugkompas.cli.diary.experiment.shared import experiment_command, newest, show
from rugkompas.cli.diary.shared import folder_option, opened
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``diary experiment today`` in the language of ``say``."""

    def run(
        folder: Path | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
    ) -> None:
        format_ = one_person.check_output(None, format_, output, {**FORMATS, ".ics": "ics"})
        if on is not None:
            one_person.day_or_today(say.knowledge, on)
        diary = opened(say, folder)
        it = newest(say, diary, on)
        if format_ == "ics":
            from rugkompas.outputs.diary_calendar import periods

            one_person.write(periods(it, say.language, say.knowledge), say, output)
            return
        show(say, diary, it, format_, output, no_color)

    params: list[click.Parameter] = [
        folder_option(),
        format_option("text", "json", "html", "ics"),
        output_option(),
        click.Option(["--on"], metavar="DAY", type=Day()),
        click.Option(["--no-color"], is_flag=True),
        language_option(),
    ]
    return experiment_command("today", say, run, params)
