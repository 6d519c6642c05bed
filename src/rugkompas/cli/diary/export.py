"""``rugkompas diary export``: the diary for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.cli.app import format_option, language_option, output_option
from rugkompas.cli.diary.shared import diary_command, folder_option, opened
from rugkompas.cli.say import Say, refused
from rugkompas.cli.writing import same_file, whole_file
from rugkompas.people.diary.exchange import as_csv, as_json

FORMATS = {".json": "json", ".csv": "csv"}


def command(say: Say) -> click.Command:
    """``diary export`` in the language of ``say``."""

    def run(folder: Path | None, format_: str | None, output: Path | None) -> None:
        diary = opened(say, folder)
        if output is not None and same_file(diary.path, output):
            raise refused("output_same", str(output))
        by_name = FORMATS.get(output.suffix.lower()) if output is not None else None
        content = (as_csv if (format_ or by_name) == "csv" else as_json)(diary.book)
        with whole_file(output, private=True) as stream:
            stream.write(content)
        if output is not None:
            say.error(say("written", where=str(output)))

    params = [folder_option(), format_option("json", "csv"), output_option(), language_option()]
    return diary_command("export", say, run, list(params))
