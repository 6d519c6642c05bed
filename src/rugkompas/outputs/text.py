"""The report for a terminal or a plain text file. What colour says, words say too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rugkompas.outputs import chart_intervals
from rugkompas.outputs.parts import (
    Answer,
    Band,
    Chart,
    Figure,
    Grid,
    Intervals,
    Item,
    Page,
    Report,
    Said,
    Section,
    SourceLine,
)
from rugkompas.outputs.plots import Forest, Ranks
from rugkompas.outputs.rests import Rests

NARROW, WIDE = 40, 120
_GAP = re.compile(r"\n{3,}")
_STEPS = 24
"""Columns of an interval that is drawn with letters."""
_READABLE = 84
"""Columns of running text; longer lines are hard to follow with the eye."""

_TONES = {
    "emergency": "bold red",
    "same_day": "bold yellow",
    "within_days": "bold blue",
    "planned": "bold cyan",
    "self_care": "bold cyan",
}


def render(report: Page, width: int = 80, colour: bool = False) -> str:
    """The report as text.

    width: columns, held between 40 and 120. colour: False gives no escape code at all.
    """
    console = plain_console(width, colour)
    with console.capture() as captured:
        console.print(Text(report.title, style="bold"), Text(report.made_on))
        if report.reference:
            console.print(Text(report.reference))
        if report.status:
            console.print(Panel(Text(report.status), style="dim", border_style="dim"))
        if isinstance(report, Report):
            console.print(_answer(report.answer))
        for part in report.sections:
            console.print(section(part))
        console.print(sources(report.sources, report.source_lines))
        console.print(section(report.about))
    return tidy(captured.get())


def plain_console(width: int, colour: bool) -> Console:
    """A console that keeps what is printed. width: held between 40 and 84 columns."""
    return Console(
        file=io.StringIO(),
        width=max(NARROW, min(width, WIDE, _READABLE)),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def tidy(printed: str) -> str:
    """Without padding to the full width, which is invisible and spoils copying."""
    lines = "\n".join(line.rstrip() for line in printed.splitlines())
    return _GAP.sub("\n\n", lines).strip("\n") + "\n"


def sources(legend: Section, lines: Iterable[SourceLine]) -> RenderableType:
    """The sources, with their numbers."""
    parts = [section(legend)]
    for line in lines:
        url = f"\n{line.url}" if line.url else ""
        parts.append(_bullet(Text(f"{line.text} ({line.mark}){url}"), f"{line.number:>2}"))
    return Group(*parts)


def _answer(answer: Answer) -> RenderableType:
    tone = _TONES[answer.tier]
    dots = "●" * answer.step + "○" * (5 - answer.step)
    parts: list[RenderableType] = [
        Text(answer.headline, style=tone),
        Text(answer.action, style="bold"),
        Text(""),
        Text(" ".join(answer.lead)),
        Text.assemble("\n", (f"{dots}  {answer.name}", tone), f"  {answer.dial}"),
    ]
    watch = _watch(answer.watch) if answer.watch else []
    if answer.watch_first:
        parts += watch
    if answer.say:
        parts += [_head(answer.say.title), *(_bullet(Text(s), "»") for s in answer.say.points)]
    parts += [_head(answer.how.title), *(_bullet(Text(s)) for s in answer.how.points)]
    for other in answer.also:
        parts += [_head(other.title), Text(other.text, style="bold")]
        parts += [_bullet(Text(step)) for step in other.points]
    if not answer.watch_first:
        parts += watch
    return Panel(Group(*parts), border_style=tone, padding=(1, 2))


def _watch(watch: Item) -> list[RenderableType]:
    signs = [_bullet(Text(sign), "!") for sign in watch.points]
    return [_head(watch.title), *signs, *(Text(more, style="dim") for more in watch.more)]


def section(it: Section, level: int = 2) -> RenderableType:
    """A heading with what stands under it. level: 2 has a line."""
    title = Text(it.title, style="bold")
    head = Rule(title, align="left", characters="─", style="dim") if level == 2 else title
    parts: list[RenderableType] = [Text(""), head]
    parts += [Padding(Text(text), (0, 0, 1, 0)) for text in it.paragraphs]
    parts += [_said(said) for said in it.said]
    if it.facts:
        parts.append(_table(it.facts))
    if it.chart:
        parts.append(_chart(it.chart))
    if it.forest:
        parts.append(_forest(it.forest))
    if it.ranks:
        parts.append(_ranks(it.ranks))
    if it.band:
        parts.append(_band(it.band))
    if it.intervals:
        parts.append(_intervals(it.intervals))
    for share in it.shares:
        bar = "▓" * round(share.count / 5) + "░" * (20 - round(share.count / 5))
        parts += [Text(bar, style="cyan"), Text(share.text), *_rests(share.rests), Text("")]
    parts += [_item(item) for item in it.items]
    if it.grid:
        parts += _grid(it.grid)
    parts += [_figures(*group) for group in groupby(it.figures, lambda f: f.factor)]
    parts += [Text(text) for text in it.closing]
    parts += _rests(it.rests)
    parts += [section(part, level + 1) for part in it.parts]
    return Group(*parts)


def _item(item: Item) -> RenderableType:
    parts: list[RenderableType] = []
    if item.label:
        parts.append(Text(f"[{item.label}]", style="bold"))
    if item.title:
        parts.append(Text(item.title, style="bold"))
    if item.text:
        parts.append(Text(item.text))
    if item.lead:
        parts.append(Text(item.lead, style="italic"))
    if item.tag == "short":
        parts.append(Text(" · ".join(item.points)))
    else:
        parts += [_bullet(Text(point)) for point in item.points]
    parts += [_term(term, value) for term, value in item.facts]
    parts += [Text(text) for text in item.more]
    if item.basis:
        parts.append(Text(item.basis, style="dim"))
    parts += _rests(item.rests)
    if item.aside:
        parts.append(Text(item.aside, style="dim"))
    return Padding(Group(*parts), (0, 0, 1, 0))


def _band(band: Band) -> RenderableType:
    """One row for each moment: the band from 0 to 100 in steps of 4, and the same in words."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    when, mean, range_ = band.columns
    table.add_column(when)
    table.add_column("0" + "100".rjust(25), no_wrap=True)
    table.add_column(mean, justify="right")
    table.add_column(range_)
    for point in band.points:
        cells = ["▒" if point.low <= at * 4 <= point.high else "·" for at in range(26)]
        cells[round(point.mean / 4)] = "●"
        table.add_row(
            point.when, Text("".join(cells), style="cyan"), point.mean_words, point.range_words
        )
    title = Text(band.title, style="bold")
    if not band.points:
        return Group(title, Text(band.caption), Text(""))
    return Group(title, table, Text(band.caption), *_rests(band.rests), Text(""))


def _chart(chart: Chart) -> RenderableType:
    """The numbers with their definition; a picture of them would be coarse here."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for place, column in enumerate(chart.columns):
        table.add_column(column, justify="right" if chart.heads <= place else "left")
    for row in chart.rows:
        table.add_row(*row)
    return Group(Text(chart.definition), Text(""), table, Text(""))


def _intervals(it: Intervals) -> RenderableType:
    """One line of characters for each interval, under its own words."""
    ends = chart_intervals.reach(it)
    parts = [
        Text(it.title, style="bold"),
        Text(f"← {it.less} | {it.more} →", style="dim"),
        Text(chart_intervals.axis(it), style="dim"),
    ]
    for row in it.rows:
        drawn = Text(chart_intervals.cells(row, ends), style="cyan" if row.clear else "")
        parts += [Text(row.name), drawn, Text(row.words, style="dim")]
    return Padding(Group(*parts, Text(it.caption)), (0, 0, 1, 0))


def _said(said: Said) -> RenderableType:
    under = " · ".join([*([said.sure] if said.sure else []), *map(_rest, said.rests)])
    return Padding(Group(Text(said.text), Text(under, style="dim")), (0, 0, 1, 0))


def _forest(forest: Forest) -> RenderableType:
    """One line for each row: the interval in steps, a mark at the value, and both in words."""
    ends = [0.0, *([forest.bar] if forest.bar is not None else [])]
    for row in forest.rows:
        ends += [it for it in (row.low, row.high, *row.marks) if it is not None]
    low, span = min(ends), max(ends) - min(ends)

    def at(value: float) -> int:
        return round((_STEPS - 1) * (value - low) / span)

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in (forest.columns[0], "", *forest.columns[1:]):
        table.add_column(column, no_wrap=not column)
    for row in forest.rows:
        cells = ["·"] * _STEPS
        for value in (0.0, forest.bar):
            if value is not None:
                cells[at(value)] = "|" if value == 0 else ":"
        if row.low is not None and row.high is not None:
            cells[at(row.low) : at(row.high) + 1] = "─" * (at(row.high) - at(row.low) + 1)
        cells[min(map(at, row.marks)) : max(map(at, row.marks)) + 1] = "■" * (
            max(map(at, row.marks)) - min(map(at, row.marks)) + 1
        )
        line = Text("".join(cells), style="cyan")
        table.add_row(row.label, line, row.value_words, row.range_words)
    sides = Text(f"← {forest.better} | {forest.worse} →", style="dim")
    bar = [Text(f": {forest.bar_words}", style="dim")] if forest.bar is not None else []
    title = Text(forest.title, style="bold")
    return Group(
        title, sides, *bar, table, Text(f"\n{forest.caption}"), *_rests(forest.rests), Text("")
    )


def _ranks(ranks: Ranks) -> RenderableType:
    """A row as a short list: five columns of words do not fit on a screen."""
    parts: list[RenderableType] = [Text(ranks.title, style="bold")]
    names = [f"{who} {year}" for who, year in ranks.columns]
    for row in ranks.rows:
        parts.append(Text(f"{row.letter}  {row.label}", style="bold"))
        told = zip(names, row.places, strict=True)
        parts += [_bullet(Text(f"{name}: {place.words}")) for name, place in told if place.place]
    return Group(*parts, Text(f"\n{ranks.caption}"), *_rests(ranks.rests), Text(""))


def _figures(factor: str, figures: Iterable[Figure]) -> RenderableType:
    lines: list[RenderableType] = [Text(factor, style="bold")]
    for figure in figures:
        text = Text(f"{figure.about}: {figure.value}; {figure.compared}. ")
        text.append("; ".join(_rest(rests) for rests in figure.rests), style="dim")
        lines.append(_bullet(text))
    return Padding(Group(*lines), (0, 0, 1, 0))


def _term(term: str, value: str) -> RenderableType:
    return Padding(Text.assemble((f"{term}: ", "dim"), value), (0, 0, 0, 2))


def _grid(grid: Grid) -> list[RenderableType]:
    """A row as a short list: cells beside each other would wrap into one another."""
    parts: list[RenderableType] = [_head(grid.title)]
    for name, *cells in grid.rows:
        parts.append(Text.assemble((f"{grid.columns[0]}: ", "dim"), (name, "bold")))
        named = zip(grid.columns[1:], cells, strict=True)
        parts += [_bullet(Text(f"{column}: {cell}")) for column, cell in named]
    return [*parts, *_rests(grid.rests)]


def _table(rows: tuple[tuple[str, str], ...]) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for term, value in rows:
        table.add_row(Text(term, style="dim"), Text(value, style="bold"))
    return Padding(table, (0, 0, 1, 0))


def _bullet(text: Text, sign: str = "•") -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(sign, text)
    return table


def _head(title: str) -> Text:
    return Text(f"\n{title}", style="bold")


def _rest(rests: Rests) -> str:
    return f"{rests.words} {', '.join(map(str, rests.numbers))}"


def _rests(rests: tuple[Rests, ...]) -> list[RenderableType]:
    return [Text(" · ".join(map(_rest, rests)), style="dim")] if rests else []
