"""``rugkompas diary import``: an exported diary, or the copy of another device, brought in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import language_option
from rugkompas.cli.diary.shared import diary_command, folder_option, opened, refusals
from rugkompas.cli.say import Say, refused
from rugkompas.people.diary.exchange import Keep, bring_in, lines_in
from rugkompas.people.diary.file import LIMIT

KINDS = {".json": "json", ".csv": "csv", ".jsonl": "jsonl"}


def command(say: Say) -> click.Command:
    """``diary import`` in the language of ``say``."""

    def run(file: Path, folder: Path | None, keep: str) -> None:
        kind = KINDS.get(file.suffix.lower())
        if kind is None:
            raise refused("diary_table_kind", str(file))
        with one_person.opened(file) as stream:
            data = stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise refused("file_too_large", str(file), limit=f"{LIMIT // 1_000_000} MB")
        with refusals(say, str(file)):
            lines = lines_in(data, kind, str(file), say.knowledge)
        diary = opened(say, folder)
        with refusals(say, str(diary.path)):
            done = bring_in(diary, lines, cast(Keep, keep))
        said = {name: getattr(done, name) for name in ("added", "known", "kept", "replaced")}
        click.echo(say("diary_brought", **said))

    return diary_command(
        "import",
        say,
        run,
        [
            one_person.file_argument(),
            folder_option(),
            click.Option(["--keep"], type=click.Choice(["ask", "mine", "theirs"]), default="ask"),
            language_option(),
        ],
    )
