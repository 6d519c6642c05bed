"""``rugkompas summary``: one sheet for a GP or physiotherapist."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``summary`` in the language of ``say``."""

    def run(
        file: Path,
        input_: str | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
    ) -> None:
        from rugkompas.outputs.data import as_data
        from rugkompas.outputs.summary import summary, summary_data

        format_ = one_person.check_output(file, format_, output)
        found = one_person.of_file(file, input_, on, say)
        one_person.deliver(
            say,
            format_,
            output,
            no_color,
            data=lambda: as_data(found, say.language) | {"summary": summary_data(found)},
            shown=lambda: summary(found, say.language),
        )

    return Command(
        "summary",
        callback=run,
        params=[
            one_person.file_argument(),
            format_option("text", "json", "html", "pdf"),
            output_option(),
            *one_person.shared_options(),
            language_option(),
        ],
    ).speaks(say)
