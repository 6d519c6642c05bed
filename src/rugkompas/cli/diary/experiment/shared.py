"""What the commands about an experiment share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.assess.experiment import Running, finding, of_diary
from rugkompas.cli import one_person
from rugkompas.cli.app import Command
from rugkompas.cli.say import Say, refused
from rugkompas.people.diary import Diary


def experiment_command(
    name: str, say: Say, callback: object, params: list[click.Parameter]
) -> Command:
    """One of the commands of ``rugkompas diary experiment``."""
    made = Command(name, callback=callback, params=params)  # type: ignore[arg-type]
    return made.within("diary_experiment").speaks(say)


def newest(say: Say, diary: Diary, on: dt.date | None = None) -> Running:
    """The newest experiment of a diary. Raises RefusedError when there is none."""
    found = of_diary(diary.book, on=on, knowledge=say.knowledge)
    if found is None:
        raise refused("experiment_none", str(diary.path))
    return found


def show(
    say: Say, diary: Diary, it: Running, format_: str, output: Path | None, no_color: bool
) -> None:
    """Where it is, and what it shows when it is finished."""
    from rugkompas.outputs.experiment_page import running_data, running_page

    found = finding(diary.book, it)
    one_person.deliver(
        say,
        format_,
        output,
        no_color,
        data=lambda: running_data(it, found, say.language),
        shown=lambda: running_page(it, found, say.language),
    )
