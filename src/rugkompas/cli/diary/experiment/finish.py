"""``rugkompas diary experiment finish``: after the last day, what it shows."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.assess.experiment import ended
from rugkompas.cli import one_person
from rugkompas.cli.app import format_option, language_option, output_option
from rugkompas.cli.diary.course import FORMATS
from rugkompas.cli.diary.experiment.shared import experiment_command, newest, show
from rugkompas.cli.diary.shared import folder_option, opened, refusals
from rugkompas.cli.say import Say, refused


def command(say: Say) -> click.Command:
    """``diary experiment finish`` in the language of ``say``."""

    def run(folder: Path | None, format_: str | None, output: Path | None, no_color: bool) -> None:
        format_ = one_person.check_output(None, format_, output, FORMATS)
        diary = opened(say, folder)
        version = diary.version
        it = newest(say, diary)
        if it.state not in ("finished", "stopped"):
            raise refused("experiment_not_done", it.periods[-1].last.isoformat())
        if not it.record.ended:
            with refusals(say, str(diary.path)):
                last = ended(it.record, "finished", it.periods[-1].last, say.knowledge)
                diary.add(last, expected=version)
        show(say, diary, newest(say, diary), format_, output, no_color)

    params: list[click.Parameter] = [
        folder_option(),
        format_option("text", "json", "html"),
        output_option(),
        click.Option(["--no-color"], is_flag=True),
        language_option(),
    ]
    return experiment_command("finish", say, run, params)
