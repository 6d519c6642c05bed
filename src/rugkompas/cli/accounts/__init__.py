"""``rugkompas accounts``: work for whoever runs a site with accounts."""

from __future__ import annotations

import click

from rugkompas.cli.app import group
from rugkompas.cli.say import Say

COMMANDS = {
    "tidy": "rugkompas.cli.accounts.tidy",
    "remind": "rugkompas.cli.accounts.remind",
    "rekey": "rugkompas.cli.accounts.rekey",
}
"""Name -> module, in the order of ``--help``."""


def command(say: Say) -> click.Command:
    """``accounts`` in the language of ``say``."""
    return group("accounts", COMMANDS).speaks(say)
