"""``rugkompas burden``: how common it is, the article's statements, and a group of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.say import RefusedError, Say, refused
from rugkompas.outputs import burden_data
from rugkompas.outputs.burden_report import article_page, figures_page, group_page, in_order
from rugkompas.outputs.parts import Page
from rugkompas.people.groups import Cell, cell_of, group_of
from rugkompas.people.problems import BadAnswers, Problem
from rugkompas.rules.burden import Expected, expected, published

FORMATS = {".txt": "text", ".json": "json", ".csv": "csv", ".html": "html", ".htm": "html"}
ARTICLE, EVERYTHING = "article", "all"


def command(say: Say) -> click.Command:
    """``burden`` in the language of ``say``."""

    def run(
        figure: str | None,
        group: tuple[str, ...],
        format_: str | None,
        output: Path | None,
        no_color: bool,
    ) -> None:
        if figure and group:
            raise refused("figure_or_group", figure)
        shape = one_person.check_output(None, format_, output, FORMATS)
        day = one_person.day_or_today(say.knowledge, None)
        if not figure and not group and shape == "text" and output is None:
            _list(say)
            return
        made = _made(say, figure or EVERYTHING, group, day)
        if shape == "csv":
            one_person.write(burden_data.as_csv(made.rows()), say, output)
            return
        one_person.deliver(say, shape, output, no_color, data=made.data, shown=made.page)

    return Command(
        "burden",
        callback=run,
        params=[
            click.Argument(["figure"], required=False, metavar="[FIGURE]"),
            click.Option(["--group"], metavar="PART", multiple=True),
            format_option("text", "json", "csv", "html"),
            output_option(),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    ).speaks(say)


@dataclass(frozen=True, slots=True)
class _Made:
    """What can be written: records, data for programs, a page. Only one of them is made."""

    rows: Callable[[], list[dict[str, Any]]]
    data: Callable[[], Any]
    page: Callable[[], Page]


def _made(say: Say, figure: str, group: tuple[str, ...], day: dt.date) -> _Made:
    held, language = say.knowledge, say.language
    if group:
        found = _expected(say, group)
        return _Made(
            rows=partial(burden_data.group_table, held, found),
            data=partial(burden_data.group_data, held, found),
            page=partial(group_page, held, language, found, day),
        )
    if figure == ARTICLE:
        claims = partial(burden_data.claims_rows, held, language)
        return _Made(claims, claims, partial(article_page, held, language, day))
    if figure != EVERYTHING and figure not in held.burden_figures:
        known = ", ".join((*burden_data.ids(held), ARTICLE, EVERYTHING))
        raise refused("unknown_figure", figure, ids=known)
    figures = [it for it in in_order(held) if figure in (EVERYTHING, it.id)]
    rows = partial(burden_data.figures_rows, held, language, figures)
    return _Made(rows, rows, partial(figures_page, held, language, figures, day))


def _expected(say: Say, group: tuple[str, ...]) -> Expected:
    known = published(say.knowledge)
    typed: dict[Cell, str] = {}
    for part in group:
        cell, number = cell_of(part)
        if cell in typed:
            raise RefusedError([Problem("group_twice", ":".join(cell))])
        typed[cell] = number
    try:
        return expected(group_of(typed, known.rates), known)
    except BadAnswers as error:
        raise RefusedError(error.problems) from None


def _list(say: Say) -> None:
    """Every figure with its name, by its number."""
    words = say.knowledge.words[say.language]
    for figure in in_order(say.knowledge):
        click.echo(f"{figure.id:<16} {words.burden_figures[figure.id].name}")
    click.echo(f"{ARTICLE:<16} {words.burden['article_title']}")
