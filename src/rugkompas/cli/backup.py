"""``rugkompas backup``: a copy of the site's database."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.cli.app import Command, language_option
from rugkompas.cli.say import Say, refused


def command(say: Say) -> click.Command:
    """``backup`` in the language of ``say``."""

    def run(out: Path) -> None:
        from rugkompas.web.backups import NoCopy, back_up, file_of_site

        try:
            back_up(file_of_site(), out.absolute())
        except NoCopy as error:
            raise refused(error.kind, error.where, **error.details) from None
        say.error(say("backup_written", where=str(out)))

    where = click.Argument(["out"], metavar="OUT", type=click.Path(path_type=Path))
    return Command("backup", callback=run, params=[where, language_option()]).speaks(say)
