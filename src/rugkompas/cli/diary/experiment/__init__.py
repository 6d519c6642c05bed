"""``rugkompas diary experiment``: plan it, see which period it is, stop, and read what it shows."""

from __future__ import annotations

import click

from rugkompas.cli.app import group
from rugkompas.cli.say import Say

COMMANDS = {
    "plan": "rugkompas.cli.diary.experiment.plan",
    "today": "rugkompas.cli.diary.experiment.today",
    "stop": "rugkompas.cli.diary.experiment.stop",
    "finish": "rugkompas.cli.diary.experiment.finish",
}
"""Name -> module, in the order of ``--help``."""


def command(say: Say) -> click.Command:
    """``diary experiment`` in the language of ``say``."""
    return group("experiment", COMMANDS).within("diary").speaks(say)
