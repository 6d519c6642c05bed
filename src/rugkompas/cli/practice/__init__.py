"""``rugkompas practice``: for a practice that takes appointments on the site."""

from __future__ import annotations

import click

from rugkompas.cli.app import group
from rugkompas.cli.say import Say

COMMANDS = {
    "check": "rugkompas.cli.practice.check",
    "invite": "rugkompas.cli.practice.invite",
    "tidy": "rugkompas.cli.practice.tidy",
    "remind": "rugkompas.cli.practice.remind",
}
"""Name -> module, in the order of ``--help``."""


def command(say: Say) -> click.Command:
    """``practice`` in the language of ``say``."""
    return group("practice", COMMANDS).speaks(say)
