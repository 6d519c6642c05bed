"""``rugkompas accounts``: work for whoever runs a site with accounts."""

from __future__ import annotations

import click

from rugkompas.cli.app import Group, help_without_command, language_option
from rugkompas.cli.say import Say

COMMANDS = {
    "tidy": "rugkompas.cli.accounts.tidy",
    "remind": "rugkompas.cli.accounts.remind",
    "rekey": "rugkompas.cli.accounts.rekey",
}
"""Name -> module, in the order of ``--help``."""


def command(say: Say) -> click.Command:
    """``accounts`` in the language of ``say``."""
    made = Group(
        "accounts",
        invoke_without_command=True,
        callback=help_without_command,
        params=[language_option()],
    )
    return made.of(COMMANDS).speaks(say)
