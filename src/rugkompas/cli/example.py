"""``rugkompas example``: an answers file to start from, with every question above its answer;
or a table of made-up people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from rugkompas.catalogue.load import FOLDER
from rugkompas.cli.app import Command, language_option, output_option
from rugkompas.cli.one_person import TABLES
from rugkompas.cli.say import Say, refused
from rugkompas.cli.writing import whole_file
from rugkompas.people.files import yaml_value

FILE = FOLDER / "examples" / "author.yaml"
MOST = 5_000_000
"""People in one table of made-up people; some 120 bytes each in memory."""


def command(say: Say) -> click.Command:
    """``example`` in the language of ``say``."""

    def run(output: Path | None, table: bool, population: int | None, seed: int) -> None:
        if population is not None:
            if table:
                raise refused("example_one_table", "--table")
            _people(say, output, population, seed)
            return
        text = FILE.read_text("utf-8")
        made = _table(yaml_value(text, FILE.name)) if table else "\n".join(_explained(text, say))
        with whole_file(output) as stream:
            stream.write(made.encode())
        if output is not None:
            say.error(say("written", where=str(output)))

    return Command(
        "example",
        callback=run,
        params=[
            output_option(),
            click.Option(["--table"], is_flag=True),
            click.Option(["--population"], metavar="N", type=click.IntRange(1, MOST)),
            click.Option(["--seed"], metavar="S", default=1, type=click.IntRange(0)),
            language_option(),
        ],
    ).speaks(say)


def _people(say: Say, output: Path | None, count: int, seed: int) -> None:
    """A table of made-up people, as CSV or as the name of the file says."""
    from rugkompas.cli.table_writers import WRITERS
    from rugkompas.people.population import as_objects, as_texts, population

    kind = "csv" if output is None else TABLES.get(output.suffix.lower())
    if kind is None:
        raise refused("output_format", str(output))
    made = population(count, seed, say.knowledge)
    if kind != "parquet":
        made = as_texts(made) if kind == "csv" else as_objects(made)
    with whole_file(output) as stream:
        writer = WRITERS[kind](stream)
        writer.write(made)
        writer.close()
    if output is not None:
        say.error(say("population_written", count=count, where=str(output)))


def _explained(text: str, say: Say) -> Iterator[str]:
    """The file, with its question above each answer."""
    words = say.knowledge.words[say.language]
    for line in say("example_author").splitlines():
        yield f"# {line}"
    for line in text.splitlines():
        name = line.partition(":")[0].strip()
        indent = line[: len(line) - len(line.lstrip())]
        if not indent:
            yield ""
        if name in words.questions and not (indent and name in words.factors):
            yield f"{indent}# {words.questions[name].label}"
        elif indent and name in words.factors:
            yield f"{indent}# {words.factors[name].label}"
        elif f"example_{name}" in words.terminal:
            yield f"# {say(f'example_{name}')}"
        yield line
    yield ""


def _table(answers: dict[str, Any]) -> str:
    """The same person as a table: a column per answer, lists with ";" between."""
    row: dict[str, Any] = {}
    for name, answer in answers.items():
        if isinstance(answer, dict):
            row |= {f"{name}.{part}": value for part, value in answer.items()}
        elif isinstance(answer, list):
            row[name] = ";".join(answer) or "[]"
        else:
            row[name] = answer
    text = io.StringIO()
    writer = csv.DictWriter(text, row, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue()
