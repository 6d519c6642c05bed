"""``rugkompas restore``: the site's database from a copy."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.cli.app import Command, language_option
from rugkompas.cli.say import Say, refused


def command(say: Say) -> click.Command:
    """``restore`` in the language of ``say``."""

    def run(file: Path) -> None:
        from rugkompas.web.backups import NoCopy, file_of_site, restore
        from rugkompas.web.serving import NotReady

        try:
            target = file_of_site()
            restore(file.absolute(), target)
        except NoCopy as error:
            raise refused(error.kind, error.where, **error.details) from None
        except NotReady as error:
            raise refused("site_settings", "restore", reason=str(error)) from None
        say.error(say("restore_done", where=str(target)))

    file = click.Argument(["file"], metavar="FILE", type=click.Path(path_type=Path))
    return Command("restore", callback=run, params=[file, language_option()]).speaks(say)
