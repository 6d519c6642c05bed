"""``rugkompas diary course``: is it going better? Of one's own diary, or of a table of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.assess.follow_up import follow_up
from rugkompas.cli import one_person
from rugkompas.cli.app import format_option, language_option, output_option
from rugkompas.cli.diary.shared import diary_command, folder_option, opened, refusals
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say

FORMATS = {name: kind for name, kind in one_person.FORMATS.items() if kind != "pdf"}


def command(say: Say) -> click.Command:
    """``diary course`` in the language of ``say``."""

    def run(
        file: Path | None,
        folder: Path | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
        rejects: Path | None,
    ) -> int:
        if on is not None:
            one_person.day_or_today(say.knowledge, on)
        if file is not None:
            from rugkompas.cli.diary.table import courses

            return courses(say, file, format_, output, on, rejects)
        format_ = one_person.check_output(None, format_, output, FORMATS)
        diary = opened(say, folder)
        from rugkompas.outputs.diary_report import diary_data, diary_report

        with refusals(say, str(diary.path)):
            found = follow_up(diary.book, on=on, knowledge=say.knowledge)
        one_person.deliver(
            say,
            format_,
            output,
            no_color,
            data=lambda: diary_data(found, say.language),
            shown=lambda: diary_report(found, say.language),
        )
        return 0

    return diary_command(
        "course",
        say,
        run,
        [
            click.Argument(["file"], required=False, type=click.Path(path_type=Path)),
            folder_option(),
            format_option("text", "json", "html"),
            output_option(),
            click.Option(["--on"], metavar="DAY", type=Day()),
            click.Option(["--rejects"], metavar="FILE", type=click.Path(path_type=Path)),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    )
