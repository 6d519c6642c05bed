"""``rugkompas accounts remind``: the mails of today for who asked for them."""

from __future__ import annotations

import sys

import click

from rugkompas.cli.accounts.shared import account_command
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``accounts remind`` in the language of ``say``."""

    def run() -> None:
        from rugkompas.web.accounts.reminders import send_all
        from rugkompas.web.accounts.running import site
        from rugkompas.web.rules import today

        sent, failed = send_all(today(), site())
        click.echo(say("accounts_reminded", sent=sent, failed=failed))
        if failed:
            sys.exit(1)

    return account_command("remind", say, run)
