"""What every command about a diary does: find its file, and say what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rugkompas.cli.app import Command
from rugkompas.cli.say import RefusedError, Say
from rugkompas.people.diary import Diary, DiaryError
from rugkompas.people.problems import BadAnswers, Problem

NAME = "diary.jsonl"


def diary_command(name: str, say: Say, callback: object, params: list[click.Parameter]) -> Command:
    """One of the commands of ``rugkompas diary``."""
    made = Command(name, callback=callback, params=params)  # type: ignore[arg-type]
    return made.within("diary").speaks(say)


def folder_option() -> click.Option:
    """``--folder``."""
    return click.Option(
        ["--folder"], metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False)
    )


def place(folder: Path | None) -> Path:
    """The file of the diary: in this folder, or where this person's programs keep their data."""
    if folder is None:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        folder = Path(base) / "rugkompas"
    return folder / NAME


@contextmanager
def refusals(say: Say, where: str = "") -> Iterator[None]:
    """What cannot be done, as a sentence; what the disk refuses comes with whom to call."""
    try:
        yield
    except BadAnswers as error:
        heading = say("problems", where=where, count=len(error.problems)) if where else ""
        raise RefusedError(error.problems, heading) from None
    except DiaryError as error:
        raise RefusedError([error.problem]) from None
    except OSError:
        number = say.knowledge.contacts["call_112"].phone
        raise RefusedError([Problem("diary_not_kept", where, {"number": number})]) from None


def opened(say: Say, folder: Path | None) -> Diary:
    """The diary in a folder. Raises RefusedError when it cannot be read."""
    return opened_file(say, place(folder))


def opened_file(say: Say, path: Path) -> Diary:
    """The diary in a file. Raises RefusedError when it cannot be read."""
    with refusals(say, str(path)):
        return Diary(path)


def is_diary(file: Path) -> bool:
    """A file that begins as a diary does: then it is one person's own, and no table."""
    if file.suffix.lower() != ".jsonl" or not file.is_file():
        return False
    with file.open("rb") as stream:
        return b'"rugkompas_diary"' in stream.readline(200)


def diary_words(say: Say, key: str, **values: object) -> str:
    """A sentence of words/<lang>/diary."""
    return say.knowledge.words[say.language].diary[key].format(**values)
