"""``rugkompas practice tidy``: erase appointments that are over their time."""

from __future__ import annotations

import click

from rugkompas.cli.practice.shared import practice_command
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``practice tidy`` in the language of ``say``."""

    def run() -> None:
        from django.conf import settings

        from rugkompas.web.booking.store import tidy

        click.echo(say("practice_tidied", count=tidy(settings.BOOKING.keep_days)))

    return practice_command("tidy", say, run)
