"""Forest plot and rank plot as SVG, narrow enough for a phone.

They repeat the table beside them. A place is told by height and by letter, never by colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape
from textwrap import wrap

from rugkompas.outputs.chart import Palette
from rugkompas.outputs.plots import Forest, Interval, Ranks

WIDTH = 380
_LEFT, _RIGHT = 14, 366
_LINE = 34
"""Letters on a line of a label: wide fonts still fit."""
_RADIUS = 11


def _opening(name: str, title: str, description: str, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {round(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
    )


def _text(
    x: float, y: float, words: str, palette: Palette, *,
    size: int = 14, anchor: str = "start", strong: bool = False, colour: str = "",
) -> str:  # fmt: skip
    weight = ' font-weight="600"' if strong else ""
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-size="{size}"{weight} '
        f'text-anchor="{anchor}" fill="{colour or palette.ink}" '
        f'font-family="{palette.font}">{escape(words)}</text>'
    )


def forest_svg(forest: Forest, palette: Palette, name: str = "forest") -> str:
    """Every row with its interval; a line at no difference, a dotted one at the bar.

    name: start of the ids inside, so that several drawings can share a page.
    """
    values = [0.0, *([forest.bar] if forest.bar is not None else [])]
    for row in forest.rows:
        values += [it for it in (row.low, row.high, *row.marks) if it is not None]
    step = _step(max(values) - min(values))
    low, high = math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step

    def x(value: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (value - low) / (high - low), 1)

    top = 30.0
    drawn: list[str] = []
    y = top
    for row in forest.rows:
        rows, y = _interval(row, x, y, palette)
        drawn += rows
    bottom = y + 4
    parts = [_opening(name, forest.title, forest.description, bottom + 30 + 20 * bool(forest.bar))]
    parts.append(_text(_LEFT, 16, f"← {forest.better}", palette, size=13, colour=palette.muted))
    parts.append(
        _text(_RIGHT, 16, f"{forest.worse} →", palette, size=13, anchor="end", colour=palette.muted)
    )
    for number in range(round((high - low) / step) + 1):
        at = low + number * step
        thick = 1.8 if math.isclose(at, 0, abs_tol=1e-9) else 0.8
        colour = palette.ink if thick > 1 else palette.line
        parts.append(
            f'<line x1="{x(at)}" x2="{x(at)}" y1="{top - 4}" y2="{bottom}" '
            f'stroke="{colour}" stroke-width="{thick}"/>'
        )
        label = f"{at:g}".replace("-", "\N{MINUS SIGN}").replace(".", forest.decimal_mark)
        parts.append(
            _text(
                x(at), bottom + 16, label, palette, size=13, anchor="middle", colour=palette.muted
            )
        )
    if forest.bar is not None:
        parts.append(
            f'<line x1="{x(forest.bar)}" x2="{x(forest.bar)}" y1="{top - 4}" y2="{bottom + 22}" '
            f'stroke="{palette.accent}" stroke-width="2" stroke-dasharray="2 4"/>'
        )
        parts.append(_beside(x(forest.bar), bottom + 36, forest.bar_words, palette))
    return "".join([*parts, *drawn, "</svg>"])


def _beside(x: float, y: float, words: str, palette: Palette) -> str:
    """Words at the side of a line where there is room for them."""
    right = x > (_LEFT + _RIGHT) / 2
    anchor, away = ("end", 6) if right else ("start", -6)
    return _text(x + away, y, words, palette, size=13, anchor=anchor, colour=palette.accent)


def _step(span: float) -> float:
    """A round distance between lines, so that there are four to eight of them."""
    power = float(10.0 ** math.floor(math.log10(span / 4)))
    return next(power * by for by in (1, 2, 5, 10) if span / (power * by) <= 7)


def _interval(
    row: Interval, at: Callable[[float], float], y: float, palette: Palette
) -> tuple[list[str], float]:
    """A row from this height on, and the height below it. at: the place of a value."""
    parts = []
    for line in wrap(row.label, _LINE):
        y += 19
        parts.append(_text(_LEFT, y, line, palette, size=15))
    y += 14
    if row.low is not None and row.high is not None:
        start, end = at(row.low), at(row.high)
        parts.append(
            f'<path d="M{start} {y - 5}V{y + 5}M{end} {y - 5}V{y + 5}M{start} {y}H{end}" '
            f'stroke="{palette.accent}" stroke-width="2.4" fill="none"/>'
        )
    places = [at(mark) for mark in row.marks]
    if len(places) > 1:
        parts.append(
            f'<rect x="{min(places)}" y="{y - 5}" width="{round(max(places) - min(places), 1)}" '
            f'height="10" rx="5" fill="{palette.accent}"/>'
        )
    else:
        parts.append(
            f'<rect x="{places[0] - 5}" y="{y - 5}" width="10" height="10" '
            f'fill="{palette.accent}"/>'
        )
    return parts, y + 12


def ranks_svg(ranks: Ranks, palette: Palette, name: str = "ranks") -> str:
    """A column for each analysis, a lane for each place, a line for each kind. Lines that cross
    are analyses that contradict each other.

    name: start of the ids inside, so that several drawings can share a page.
    """
    width = (_RIGHT - _LEFT) / len(ranks.columns)
    tops, height = _lanes(ranks)
    legend = height + 22
    parts = [_opening(name, ranks.title, ranks.description, legend + 27 * len(ranks.rows))]
    for number, (lane, _) in enumerate(ranks.lanes):
        top, room = tops[lane]
        fill = palette.ground if number else palette.band
        parts.append(
            f'<rect x="{_LEFT - 8}" y="{top}" width="{_RIGHT - _LEFT + 16}" height="{room}" rx="6" '
            f'fill="{fill}" stroke="{palette.line}"/>'
        )
    for number, (who, year) in enumerate(ranks.columns):
        middle = _LEFT + width * (number + 0.5)
        parts.append(_text(middle, 16, who, palette, size=13, anchor="middle", strong=True))
        parts.append(_text(middle, 33, year, palette, size=13, anchor="middle"))
    spots = _spots(ranks, tops, width)
    for row in ranks.rows:
        line = [spots[row.letter, n] for n in range(len(ranks.columns)) if (row.letter, n) in spots]
        if len(line) > 1:
            path = "M" + "L".join(f"{round(px, 1)} {round(py, 1)}" for px, py in line)
            parts.append(
                f'<path d="{path}" fill="none" stroke="{palette.muted}" stroke-width="1.6"/>'
            )
    for number, (lane, words) in enumerate(ranks.lanes):
        halo = palette.ground if number else palette.band
        parts.append(
            f'<text x="{_LEFT}" y="{tops[lane][0] + 17}" font-size="13" fill="{palette.ink}" '
            f'stroke="{halo}" stroke-width="5" stroke-linejoin="round" paint-order="stroke" '
            f'font-family="{palette.font}">{escape(words)}</text>'
        )
    for (letter, _), (px, py) in spots.items():
        parts += _token(px, py, letter, palette)
    for number, row in enumerate(ranks.rows):
        y = legend + 27 * number
        parts += _token(_LEFT + 6, y + 6, row.letter, palette)
        parts.append(_text(_LEFT + 28, y + 11, row.label, palette, size=15))
    return "".join([*parts, "</svg>"])


def _token(x: float, y: float, letter: str, palette: Palette) -> Iterator[str]:
    yield (
        f'<circle cx="{round(x, 1)}" cy="{round(y, 1)}" r="{_RADIUS}" fill="{palette.ground}" '
        f'stroke="{palette.accent}" stroke-width="2"/>'
    )
    yield _text(x, y + 4.8, letter, palette, size=13, anchor="middle", strong=True)


def _in_lane(ranks: Ranks, column: int, lane: str) -> list[str]:
    """The letters that stand in a lane of a column, in the order of the table."""
    return [row.letter for row in ranks.rows if row.places[column].place == lane]


def _lanes(ranks: Ranks) -> tuple[dict[str, tuple[float, float]], float]:
    """Top and height of every lane, with room for its fullest column; and the end."""
    tops: dict[str, tuple[float, float]] = {}
    y = 44.0
    for lane, _ in ranks.lanes:
        most = max(len(_in_lane(ranks, n, lane)) for n in range(len(ranks.columns)))
        room = 26 + max(1, most) * (2 * _RADIUS + 4)
        tops[lane] = (y, room)
        y += room + 6
    return tops, y


def _spots(
    ranks: Ranks, tops: dict[str, tuple[float, float]], width: float
) -> dict[tuple[str, int], tuple[float, float]]:
    """Where the mark of a kind stands in the column of an analysis."""
    spots = {}
    for column in range(len(ranks.columns)):
        for lane, (top, _) in tops.items():
            for number, letter in enumerate(_in_lane(ranks, column, lane)):
                y = top + 26 + _RADIUS + number * (2 * _RADIUS + 4) - 2
                spots[letter, column] = (_LEFT + width * (column + 0.5), y)
    return spots
