"""``rugkompas options``: what fits this life, what does not, and what comes instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.say import Say, refused


def command(say: Say) -> click.Command:
    """``options`` in the language of ``say``."""

    def run(
        file: Path,
        input_: str | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
        strike: tuple[str, ...],
        everything: bool,
    ) -> None:
        from rugkompas.assess.options import instead
        from rugkompas.outputs.data import as_data
        from rugkompas.outputs.options_report import options_report

        format_ = one_person.check_output(file, format_, output)
        struck = tuple(dict.fromkeys(known_option(id_, say) for id_ in strike))
        found = one_person.of_file(file, input_, on, say, lambda told: without(told, struck))

        def data() -> dict[str, Any]:
            options = found.options
            gone = {id_: list(instead(id_, options, say.knowledge)) for id_ in struck}
            return as_data(found, say.language) | {"instead": gone}

        one_person.deliver(
            say,
            format_,
            output,
            no_color,
            data=data,
            shown=lambda: options_report(found, say.language, struck=struck, everything=everything),
        )

    return Command(
        "options",
        callback=run,
        params=[
            one_person.file_argument(),
            format_option("text", "json", "html", "pdf"),
            output_option(),
            click.Option(["--strike"], metavar="OPTION", multiple=True),
            click.Option(["--all", "everything"], is_flag=True),
            *one_person.shared_options(),
            language_option(),
        ],
    ).speaks(say)


def known_option(id_: str, say: Say) -> str:
    """The option with this id. Raises RefusedError, with what comes near, when there is none."""
    if id_ in say.knowledge.options:
        return id_
    import difflib

    close = difflib.get_close_matches(id_, list(say.knowledge.options), n=1)
    if close:
        raise refused("unknown_option_near", id_, near=close[0])
    raise refused("unknown_option", id_)


def without(answers: Mapping[str, Any], struck: Sequence[str]) -> dict[str, Any]:
    """The answers, with these options among what the person does not want. What cannot be
    read stays as it is, so that it is refused with its own message."""
    if not struck:
        return dict(answers)
    rejects = answers.get("rejects")
    if rejects is None or isinstance(rejects, list | tuple):
        return {**answers, "rejects": [*(rejects or ()), *struck]}
    if isinstance(rejects, Mapping):
        return {**answers, "rejects": {**dict.fromkeys(struck, ""), **rejects}}
    return dict(answers)
