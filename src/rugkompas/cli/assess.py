"""``rugkompas assess``: one person or a table of people; without a file, the interview."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from rugkompas.assess import Assessment, assess
from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.one_person import ONE, TABLES, Day, or_refused, shown_name
from rugkompas.cli.say import Say, refused
from rugkompas.cli.table_job import Job, Wanted, asked, places
from rugkompas.people.files import answers_in


def command(say: Say) -> click.Command:
    """``assess`` in the language of ``say``."""

    def run(
        file: Path | None,
        input_: str | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
        ignore: tuple[str, ...],
        rejects: Path | None,
        options: bool,
        engine: str,
        prognosis: bool,
    ) -> int:
        day = one_person.day_or_today(say.knowledge, on)
        if file is None:
            return _interview(say, day, format_, output, no_color)
        wanted = Wanted(options, prognosis)
        if engine != "polars":
            from rugkompas.cli import on_engine

            if wanted != Wanted():
                raise refused("engine_all_columns", f"--engine {engine}")
            # Spark writes a folder, whatever its name.
            kinds = {**TABLES, "": "parquet"} if engine == "spark" else TABLES
            kept = places(file, format_, output, rejects, kinds)
            return on_engine.run(say, engine, file, kept, day, ignore)
        if file.is_dir():
            from rugkompas.cli import folder

            return folder.run(say, file, output, folder.tables(say, day, wanted, ignore))
        kind = input_ or one_person.kind_of(file)
        if kind is not None and kind in TABLES.values():
            return _table(say, file, kind, None, format_, output, day, ignore, rejects, wanted)
        where = shown_name(file)
        value = one_person.value_in(file, kind)
        if isinstance(value, list):
            return _table(say, file, "list", value, format_, output, day, ignore, rejects, wanted)
        format_ = one_person.check_output(file, format_, output)
        answers = or_refused(answers_in, value, where)
        for left_out in ignore:
            answers.pop(left_out, None)
        found = one_person.assessed(answers, day, say, where)
        _deliver(found, say, format_, output, no_color)
        return 0

    return Command(
        "assess",
        callback=run,
        params=[
            click.Argument(["file"], required=False, type=click.Path(path_type=Path)),
            click.Option(
                ["--input", "input_"],
                type=click.Choice([*dict.fromkeys(ONE.values()), *TABLES.values()]),
            ),
            format_option("text", "json", "html", "pdf"),
            output_option(),
            click.Option(["--on"], metavar="DAY", type=Day()),
            click.Option(["--ignore"], metavar="COLUMN", multiple=True),
            click.Option(["--rejects"], metavar="FILE", type=click.Path(path_type=Path)),
            click.Option(["--options/--no-options"], default=True),
            click.Option(
                ["--engine"], type=click.Choice(["polars", "duckdb", "spark"]), default="polars"
            ),
            click.Option(["--prognosis"], is_flag=True),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    ).speaks(say)


def _interview(
    say: Say, day: dt.date, format_: str | None, output: Path | None, no_color: bool
) -> int:
    from rugkompas.cli.ask import interview, offer_file

    format_ = one_person.check_output(None, format_, output)
    answers = interview(say, day)
    if answers is None:
        return 0
    found = assess(answers, on=day, knowledge=say.knowledge)
    _deliver(found, say, format_, output, no_color)
    if found.triage.urgency != "emergency":
        offer_file(say, answers)
    return 0


def _deliver(
    found: Assessment, say: Say, format_: str, output: Path | None, no_color: bool
) -> None:
    from rugkompas.outputs.data import as_data
    from rugkompas.outputs.report import report

    one_person.deliver(
        say,
        format_,
        output,
        no_color,
        data=lambda: as_data(found, say.language),
        shown=lambda: report(found, say.language),
    )


def _table(
    say: Say,
    file: Path,
    kind: str,
    values: list[Any] | None,
    format_: str | None,
    output: Path | None,
    day: dt.date,
    ignore: tuple[str, ...],
    rejects: Path | None,
    wanted: Wanted,
) -> int:
    from rugkompas.cli import table

    find = table.assessed(say, day, wanted)
    kept = places(file, format_, output, rejects)
    choices = asked(say, day, wanted, ignore)
    return table.run(say, Job(file, kind, values, kept, ignore, find, asked=choices))
