"""``rugkompas prognosis``: of 10 such people, how many are still limited later."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rugkompas.assess.prognosis import prognosis
from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.one_person import ONE, TABLES, Day, or_refused, shown_name
from rugkompas.cli.say import RefusedError, Say
from rugkompas.people.files import answers_in
from rugkompas.people.problems import BadAnswers

if TYPE_CHECKING:
    import polars as pl

    from rugkompas.people.columns import Coded

FORMATS = {name: kind for name, kind in one_person.FORMATS.items() if kind != "pdf"}


def command(say: Say) -> click.Command:
    """``prognosis`` in the language of ``say``."""

    def run(
        file: Path,
        input_: str | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
        ignore: tuple[str, ...],
        rejects: Path | None,
    ) -> int:
        day = one_person.day_or_today(say.knowledge, on)
        kind = input_ or one_person.kind_of(file)
        value = None if kind in TABLES.values() else one_person.value_in(file, kind)
        if value is None or isinstance(value, list):
            kind = "list" if kind is None or value is not None else kind
            return _table(say, file, kind, value, format_, output, ignore, rejects)
        format_ = one_person.check_output(file, format_, output, FORMATS)
        answers = or_refused(answers_in, value, shown_name(file))
        for left_out in ignore:
            answers.pop(left_out, None)
        _one(say, answers, day, shown_name(file), format_, output, no_color)
        return 0

    return Command(
        "prognosis",
        callback=run,
        params=[
            one_person.file_argument(),
            click.Option(
                ["--input", "input_"],
                type=click.Choice([*dict.fromkeys(ONE.values()), *TABLES.values()]),
            ),
            format_option("text", "json", "html"),
            output_option(),
            click.Option(["--on"], metavar="DAY", type=Day()),
            click.Option(["--ignore"], metavar="COLUMN", multiple=True),
            click.Option(["--rejects"], metavar="FILE", type=click.Path(path_type=Path)),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    ).speaks(say)


def _one(
    say: Say,
    answers: dict[str, Any],
    day: dt.date,
    where: str,
    format_: str,
    output: Path | None,
    no_color: bool,
) -> None:
    from rugkompas.outputs.prognosis_report import prognosis_data, prognosis_report

    try:
        found = prognosis(answers, on=day, knowledge=say.knowledge)
    except BadAnswers as error:
        heading = say("problems", where=where, count=len(error.problems))
        raise RefusedError(error.problems, heading) from None
    one_person.deliver(
        say,
        format_,
        output,
        no_color,
        data=lambda: prognosis_data(found, say.language),
        shown=lambda: prognosis_report(found, say.language),
    )


def _table(
    say: Say,
    file: Path,
    kind: str,
    values: list[Any] | None,
    format_: str | None,
    output: Path | None,
    ignore: tuple[str, ...],
    rejects: Path | None,
) -> int:
    from rugkompas.assess.prognosis_table import prognosis_coded
    from rugkompas.cli import table
    from rugkompas.cli.table_job import Job, places

    kept = places(file, format_, output, rejects)
    asked = {"results": "prognosis", "ignore": sorted(ignore)}

    def find(coded: Coded) -> pl.DataFrame:
        return prognosis_coded(coded, say.knowledge)

    return table.run(say, Job(file, kind, values, kept, ignore, find, asked=asked))
