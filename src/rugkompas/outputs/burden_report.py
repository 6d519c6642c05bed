"""How common back pain is, for reading: figures, the article's statements, and a group."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.burden_schema import VERDICTS, ArticleClaim, BurdenFigure, BurdenRow
from rugkompas.outputs.burden_frame import Told
from rugkompas.outputs.parts import Chart, Grid, Item, Mark, Page, Section, Share
from rugkompas.people.groups import ALL
from rugkompas.rules.burden import Expected, Part

_NAMED = 14
"""Rows up to which the description of a drawing names each."""


def in_order(knowledge: Knowledge) -> list[BurdenFigure]:
    """The figures by their number."""
    return sorted(knowledge.burden_figures.values(), key=lambda figure: figure.number)


def figures_page(
    knowledge: Knowledge,
    language: str,
    figures: Sequence[BurdenFigure],
    day: dt.date,
    sex: str = "",
) -> Page:
    """A page with these figures. sex: only of women or of men, where a figure tells them apart."""
    f = Told(knowledge, language)
    sections = [figure_section(f, figure, sex) for figure in figures]
    return f.page(f.say("title"), sections, day)


def figure_section(f: Told, figure: BurdenFigure, sex: str = "") -> Section:
    """One figure: what it shows, who was counted, chart and table, how sure it is."""
    words = f.words.burden_figures[figure.id]
    rows = [row for row in figure.rows if not sex or row.series in ("", sex)] or figure.rows
    interval = f.say(f"interval_{figure.interval}") if figure.interval != "none" else ""
    sure = (f.filled(words.uncertain, figure), interval)
    return Section(
        figure.id,
        f.filled(words.title, figure),
        (f.filled(words.says, figure),),
        chart=_chart(f, figure, rows),
        closing=(*filter(None, sure), f.say("taken", date=f.voice.date(figure.taken))),
        rests=f.rests(row.citation for row in rows),
    )


def _chart(f: Told, figure: BurdenFigure, rows: Sequence[BurdenRow]) -> Chart:
    words = f.words.burden_figures[figure.id]
    numbers = {name: number for number, name in enumerate(figure.series)}
    shown = {row.series: numbers[row.series] for row in rows if row.series}
    ages = list(dict.fromkeys(row.age for row in figure.rows))
    marks = tuple(
        Mark(
            label=f.label_of(row, figure) if figure.kind != "years" else str(row.year),
            series=shown.get(row.series, 0),
            at=ages.index(row.age) if figure.kind == "ages" else row.year or 0,
            value=row.value,
            low=row.low,
            high=row.high,
            words=f.value_of(row, figure),
            ahead=row.projection,
        )
        for row in rows
    )
    columns, table = _table(f, figure, rows)
    unit = f.say(f"unit_{figure.unit}")
    return Chart(
        kind=figure.kind,
        title=f.filled(words.title, figure),
        description=_described(f, figure, rows, marks, unit),
        definition=words.definition,
        axis=unit,
        series=tuple((number, words.labels[name]) for name, number in shown.items()),
        marks=marks,
        columns=columns,
        rows=table,
        heads=2 if figure.kind == "years" else 1,
        bars=figure.unit == "percent_change" or all(row.low is None for row in rows),
        thousands=f.say("thousands_mark"),
        decimal=f.voice("decimal_mark"),
    )


def _described(
    f: Told,
    figure: BurdenFigure,
    rows: Sequence[BurdenRow],
    marks: Sequence[Mark],
    unit: str,
) -> str:
    """The picture in words: each number, or of long lines their ends. The table has them all."""
    labels = f.words.burden_figures[figure.id].labels
    if len(rows) <= _NAMED:
        names = [f.label_of(row, figure) for row in rows]
        if figure.series:
            names = [f"{labels[row.series]}, {n}" for row, n in zip(rows, names, strict=True)]
        items = [
            f.say("described_item", label=name, value=mark.words)
            for name, mark in zip(names, marks, strict=True)
        ]
    else:
        items = []
        for name in dict.fromkeys(row.series for row in rows):
            own = [mark for mark, row in zip(marks, rows, strict=True) if row.series == name]
            first, last = own[0], own[-1]
            items.append(
                f.say(
                    "described_line",
                    label=labels[name],
                    first=first.words,
                    start=first.label,
                    last=last.words,
                    end=last.label,
                )
            )
    return f.say("described", title=unit, items="; ".join(items))


def _table(
    f: Told, figure: BurdenFigure, rows: Sequence[BurdenRow]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    labels = f.words.burden_figures[figure.id].labels
    if figure.kind == "ages":
        names = list(dict.fromkeys(row.series for row in rows))
        found = {(row.age, row.series): f.value_of(row, figure) for row in rows}
        ages = dict.fromkeys(row.age for row in rows)
        columns = (f.say("col_age"), *(labels[name] for name in names))
        return columns, tuple((age, *(found[age, name] for name in names)) for age in ages)
    limits = any(row.low is not None for row in rows)
    head = [f.say("col_year"), f.say("col_line")] if figure.series else [f.say("col_what")]
    head += [f.say("col_value"), *([f.say(f"col_{figure.interval}")] if limits else [])]
    table = []
    for row in rows:
        cells = [f.label_of(row, figure), *([labels[row.series]] if row.series else [])]
        cells.append(f.say("no_number") if row.value is None else f.value_of(row, figure))
        table.append((*cells, *([f.range_of(row, figure)] if limits else [])))
    return tuple(head), tuple(table)


def article_page(knowledge: Knowledge, language: str, day: dt.date) -> Page:
    """Every statement of the article with its verdict, in the order of the article."""
    f = Told(knowledge, language)
    claims = sorted(knowledge.article_claims.values(), key=lambda claim: claim.number)
    return f.page(f.say("article_title"), _article(f, claims), day)


def _article(f: Told, claims: Sequence[ArticleClaim]) -> Iterable[Section]:
    count = Counter(claim.verdict for claim in claims)
    items = [
        f.say("count_item", name=f.say(f"verdict_{it}"), count=count[it])
        for it in VERDICTS
        if count[it]
    ]
    yield Section(
        "verdicts",
        f.say("verdict_text_title"),
        (
            f.say("article_intro"),
            f.say("article_why"),
            f.say("article_count", count=len(claims), items="; ".join(items)),
        ),
        facts=tuple((f.say(f"verdict_{it}"), f.say(f"verdict_text_{it}")) for it in VERDICTS),
    )
    yield Section("claims", f.say("claims_title"), items=tuple(_claim(f, it) for it in claims))


def _claim(f: Told, claim: ArticleClaim) -> Item:
    words = f.words.article_claims[claim.id]
    values = {name: f.amount(value) for name, value in claim.values.items()}
    return Item(
        title=words.says.format(**values),
        label=f.say(f"verdict_{claim.verdict}"),
        facts=(
            (f.say("claim_really"), words.really.format(**values)),
            (f.say("claim_names"), claim.names or f.say("claim_none")),
        ),
        rests=f.rests(claim.citations),
        tag=claim.verdict,
    )


def group_page(knowledge: Knowledge, language: str, found: Expected, day: dt.date) -> Page:
    """What to expect in a group, what the range means, and how it was worked out."""
    f = Told(knowledge, language)
    return f.page(f.say("group_title"), _group(f, found), day)


def _group(f: Told, found: Expected) -> Iterable[Section]:
    rows = [r for id_ in ("ages_nl", "rates_nl", "people_nl") for r in f.k.burden_figures[id_].rows]
    used = [row.citation for row in rows if row.id != "neurologist"]
    people, about = f.amount(found.people), f.amount(round(found.expected))
    heading = f.say("group_heading", expected=about, people=people)
    if not found.people:
        yield Section("expected", heading, (f.say("group_none"),))
    else:
        range_ = f.say("group_range", low=f.amount(found.low), high=f.amount(found.high))
        yield Section(
            "expected",
            heading,
            shares=(
                Share(
                    round(100 * found.expected / found.people),
                    f"{f.say('group_answer')} {range_}",
                    (),
                ),
            ),
            closing=(f.say("group_definition"),),
            rests=f.rests(used),
        )
    means = [
        f.say("group_means_chance"),
        f.say("group_means_source", drift=f.amount(round(100 * found.drift))),
        f.say("group_means_not"),
    ]
    if any(part.age == ALL for part in found.parts):
        means.append(f.say("group_mix"))
    yield Section("means", f.say("group_means"), tuple(means))
    yield Section(
        "worked",
        f.say("group_table"),
        grid=Grid(
            f.say("group_table_title"),
            tuple(f.say(f"group_col_{it}") for it in ("part", "people", "rate", "expected")),
            tuple(_part(f, part) for part in found.parts),
            (),
        ),
    )


def _part(f: Told, part: Part) -> tuple[str, ...]:
    sex = f.say(f"part_{part.sex}")
    name = (
        f.say("part_all", sex=sex) if part.age == ALL else f.say("part_age", age=part.age, sex=sex)
    )
    return (
        name,
        f.amount(part.people),
        f.amount(round(part.per_1000, 2)),
        f.amount(round(part.expected, 1)),
    )
