"""``rugkompas accounts tidy``: warn who did not use an account, erase what is over its time."""

from __future__ import annotations

import sys

import click

from rugkompas.cli.accounts.shared import account_command
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``accounts tidy`` in the language of ``say``."""

    def run() -> None:
        from rugkompas.web.accounts.keeping import tidy
        from rugkompas.web.accounts.running import site
        from rugkompas.web.rules import today

        done = tidy(today(), site())
        click.echo(
            say("accounts_tidied", warned=done.warned, erased=done.erased, failed=done.failed)
        )
        if done.failed:
            sys.exit(1)

    return account_command("tidy", say, run)
