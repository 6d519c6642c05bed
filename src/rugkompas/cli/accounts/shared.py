"""What the commands for accounts share: the settings and the database of the site."""

from __future__ import annotations

from collections.abc import Callable

import click

from rugkompas.cli.app import Command, language_option
from rugkompas.cli.say import Say, refused


def account_command(name: str, say: Say, run: Callable[[], None]) -> click.Command:
    """A command of this group; ``run`` may use the database of the site."""

    def with_site() -> None:
        from rugkompas.web.serving import NotReady, set_up

        try:
            set_up()
        except NotReady as error:
            raise refused("site_settings", f"accounts {name}", reason=str(error)) from None
        from django.conf import settings
        from django.db import DatabaseError

        if not settings.ACCOUNTS:
            raise refused("site_no_accounts", "RUGKOMPAS_ACCOUNTS")
        try:
            run()
        except DatabaseError:
            raise refused("site_database", "DATABASE_URL") from None

    made = Command(name, callback=with_site, params=[language_option()])
    return made.within("accounts").speaks(say)


def site() -> str:
    """Where people reach the site, for links in mails."""
    from django.conf import settings

    return f"{'http' if settings.TRIAL else 'https'}://{settings.ALLOWED_HOSTS[0]}"
