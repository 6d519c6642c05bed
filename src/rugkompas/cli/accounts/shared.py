"""What the commands for accounts share."""

from __future__ import annotations

from collections.abc import Callable

import click

from rugkompas.cli.app import Command, language_option
from rugkompas.cli.say import Say, refused


def account_command(name: str, say: Say, run: Callable[[], None]) -> click.Command:
    """A command of this group; ``run`` may use the database of the site."""

    def guarded() -> None:
        from rugkompas.web.accounts.running import NoAccounts, NoDatabase, with_site
        from rugkompas.web.serving import NotReady

        try:
            with_site(run)
        except NotReady as error:
            raise refused("site_settings", f"accounts {name}", reason=str(error)) from None
        except NoAccounts:
            raise refused("site_no_accounts", "RUGKOMPAS_ACCOUNTS") from None
        except NoDatabase:
            raise refused("site_database", "DATABASE_URL") from None

    made = Command(name, callback=guarded, params=[language_option()])
    return made.within("accounts").speaks(say)
