"""``rugkompas diary patterns``: what goes with better and worse days. Of one's own diary, or of a
table of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.assess.patterns import OUTCOMES, Outcome, patterns
from rugkompas.cli import one_person
from rugkompas.cli.app import format_option, language_option, output_option
from rugkompas.cli.diary.course import FORMATS
from rugkompas.cli.diary.shared import (
    diary_command,
    folder_option,
    is_diary,
    opened_file,
    place,
    refusals,
)
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``diary patterns`` in the language of ``say``."""

    def run(
        file: Path | None,
        folder: Path | None,
        outcome: Outcome,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
        rejects: Path | None,
    ) -> int:
        if on is not None:
            one_person.day_or_today(say.knowledge, on)
        if file is not None and not is_diary(file):
            from rugkompas.cli.diary.table import patterns as of_table

            return of_table(say, file, format_, output, outcome, rejects)
        own = file or place(folder)
        format_ = one_person.check_output(own, format_, output, FORMATS)
        diary = opened_file(say, own)
        from rugkompas.outputs.patterns_page import patterns_data, patterns_page

        with refusals(say, str(diary.path)):
            found = patterns(diary.book, outcome=outcome, on=on, knowledge=say.knowledge)
        one_person.deliver(
            say,
            format_,
            output,
            no_color,
            data=lambda: patterns_data(found, say.language),
            shown=lambda: patterns_page(found, say.language),
        )
        return 0

    return diary_command(
        "patterns",
        say,
        run,
        [
            click.Argument(["file"], required=False, type=click.Path(path_type=Path)),
            folder_option(),
            click.Option(["--outcome"], type=click.Choice(OUTCOMES), default=OUTCOMES[0]),
            format_option("text", "json", "html"),
            output_option(),
            click.Option(["--on"], metavar="DAY", type=Day()),
            click.Option(["--rejects"], metavar="FILE", type=click.Path(path_type=Path)),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    )
