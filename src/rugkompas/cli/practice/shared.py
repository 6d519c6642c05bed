"""What the commands for a practice share: the settings and the database of the site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from rugkompas.cli.app import Command, language_option
from rugkompas.cli.say import Say, refused


def practice_command(
    name: str, say: Say, run: Callable[..., None], params: Sequence[click.Parameter] = ()
) -> click.Command:
    """A command of this group; ``run`` may call ``web.booking.commands``."""

    def with_site(**given: Any) -> None:
        from rugkompas.web.serving import NotReady, set_up

        try:
            set_up()
        except NotReady as error:
            raise refused("site_settings", f"practice {name}", reason=str(error)) from None
        from rugkompas.web.booking.commands import NoDatabase, NoPractice

        try:
            run(**given)
        except NoPractice:
            raise refused("site_no_practice", "RUGKOMPAS_PRACTICE_FILE") from None
        except NoDatabase:
            raise refused("site_database", "DATABASE_URL") from None

    made = Command(name, callback=with_site, params=[*params, language_option()])
    return made.within("practice").speaks(say)
