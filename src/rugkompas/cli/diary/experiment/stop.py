"""``rugkompas diary experiment stop``: always, and without a reason."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.assess.diary_answers import today
from rugkompas.assess.experiment import ended
from rugkompas.cli.app import language_option
from rugkompas.cli.diary.experiment.shared import experiment_command, newest
from rugkompas.cli.diary.shared import folder_option, opened, refusals
from rugkompas.cli.say import Say, refused

WHY = {"worse": "worse", "alarm": "alarm"}
"""State -> how it ended; in every other state it is one's own choice."""


def command(say: Say) -> click.Command:
    """``diary experiment stop`` in the language of ``say``."""

    def run(folder: Path | None) -> None:
        diary = opened(say, folder)
        version = diary.version
        it = newest(say, diary)
        if it.record.ended or it.state == "finished":
            raise refused("experiment_ended", str(diary.path))
        with refusals(say, str(diary.path)):
            how = WHY.get(it.state, "own_choice")
            on = min(it.day, today(diary.book))
            diary.add(ended(it.record, how, on, say.knowledge), expected=version)
        click.echo(say("experiment_is_stopped"))

    return experiment_command("stop", say, run, [folder_option(), language_option()])
