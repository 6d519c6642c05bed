"""``rugkompas practice invite``: a link with which an account becomes a member, once."""

from __future__ import annotations

import click

from rugkompas.cli.practice.shared import practice_command
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``practice invite`` in the language of ``say``."""

    def run(name: str) -> None:
        from rugkompas.web.booking.commands import invited
        from rugkompas.web.booking.members import INVITED_DAYS

        address = invited(name)
        click.echo(say("practice_invited", name=name, days=INVITED_DAYS))
        click.echo(address)

    return practice_command("invite", say, run, [click.Argument(["name"])])
