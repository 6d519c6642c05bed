"""``rugkompas practice remind``: the mails of today for who asked for one."""

from __future__ import annotations

import sys

import click

from rugkompas.cli.practice.shared import practice_command
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``practice remind`` in the language of ``say``."""

    def run() -> None:
        from rugkompas.web.booking.commands import reminded

        sent, failed = reminded()
        click.echo(say("practice_reminded", sent=sent, failed=failed))
        if failed:
            sys.exit(1)

    return practice_command("remind", say, run)
