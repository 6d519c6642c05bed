"""``rugkompas fhir diary``: the diary as observations."""

from __future__ import annotations

from pathlib import Path

import click

from rugkompas.cli.app import output_option
from rugkompas.cli.diary.shared import folder_option, opened
from rugkompas.cli.fhir.shared import check_target, fhir_command, subject_option, write
from rugkompas.cli.say import Say
from rugkompas.fhir.diary import diary_bundle


def command(say: Say) -> click.Command:
    """``fhir diary`` in the language of ``say``."""

    def run(folder: Path | None, output: Path | None, subject: str) -> None:
        diary = opened(say, folder)
        check_target(diary.path, output)
        made = diary_bundle(diary.book, say.knowledge, language=say.language, subject=subject)
        write(say, made, output)

    return fhir_command("diary", say, run, [folder_option(), output_option(), subject_option()])
