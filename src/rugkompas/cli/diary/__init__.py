"""``rugkompas diary``: a file on one's own device, light to keep, triaged at every entry."""

from __future__ import annotations

import click

from rugkompas.cli.app import group
from rugkompas.cli.say import Say

COMMANDS = {
    "add": "rugkompas.cli.diary.add",
    "list": "rugkompas.cli.diary.show",
    "course": "rugkompas.cli.diary.course",
    "patterns": "rugkompas.cli.diary.patterns",
    "experiment": "rugkompas.cli.diary.experiment",
    "export": "rugkompas.cli.diary.export",
    "import": "rugkompas.cli.diary.bring_in",
    "erase": "rugkompas.cli.diary.erase",
    "remind": "rugkompas.cli.diary.remind",
}
"""Name -> module, in the order of ``--help``."""


def command(say: Say) -> click.Command:
    """``diary`` in the language of ``say``."""
    return group("diary", COMMANDS).speaks(say)
