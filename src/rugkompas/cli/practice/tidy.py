"""``rugkompas practice tidy``: erase appointments that are over their time."""

from __future__ import annotations

import click

from rugkompas.cli.practice.shared import practice_command
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``practice tidy`` in the language of ``say``."""

    def run() -> None:
        from rugkompas.web.booking.commands import tidied

        click.echo(say("practice_tidied", count=tidied()))

    return practice_command("tidy", say, run)
