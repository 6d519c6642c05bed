"""``rugkompas accounts rekey``: everything that a key protects goes under the newest key."""

from __future__ import annotations

import sys

import click

from rugkompas.cli.accounts.shared import account_command
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``accounts rekey`` in the language of ``say``."""

    def run() -> None:
        from rugkompas.web.accounts.rekeying import rekey

        renewed, lost = rekey()
        click.echo(say("accounts_rekeyed", renewed=renewed, lost=lost))
        if lost:
            sys.exit(1)

    return account_command("rekey", say, run)
