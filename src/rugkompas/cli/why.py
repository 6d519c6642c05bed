"""``rugkompas why``: why one option is offered to this person, or not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.options import known_option
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``why`` in the language of ``say``."""

    def run(
        option: str,
        file: Path,
        input_: str | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
    ) -> None:
        from rugkompas.outputs.data import as_data
        from rugkompas.outputs.options_why import why_data, why_report

        known_option(option, say)
        format_ = one_person.check_output(file, format_, output)
        found = one_person.of_file(file, input_, on, say)
        one_person.deliver(
            say,
            format_,
            output,
            no_color,
            data=lambda: as_data(found, say.language) | {"why": why_data(found, option)},
            shown=lambda: why_report(found, option, say.language),
        )

    return Command(
        "why",
        callback=run,
        params=[
            click.Argument(["option"], shell_complete=_complete(say)),
            one_person.file_argument(),
            format_option("text", "json", "html", "pdf"),
            output_option(),
            *one_person.shared_options(),
            language_option(),
        ],
    ).speaks(say)


def _complete(say: Say) -> Any:
    def ids(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
        return [id_ for id_ in say.knowledge.options if id_.startswith(typed)]

    return ids
