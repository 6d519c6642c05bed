"""Published numbers as SVG, drawn twice: slim for a phone, broad for a desk. The style sheet
shows one of them, so that letters are as large as the text around them on both.

A number stands beside its mark wherever there is room; all of them stand in the table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap

from rugkompas.outputs.chart import Palette
from rugkompas.outputs.parts import Chart, Mark

SLIM, BROAD = 340, 570
_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 4
_SIZE = 13
_NEAR_X, _NEAR_Y = 40, 17
"""Closer than this to another number, a number is left to the table."""


@dataclass(frozen=True, slots=True)
class _Pen:
    """What all parts of one drawing share."""

    palette: Palette
    width: int
    thousands: str
    decimal: str

    def text(
        self, x: float, y: float, words: str, anchor: str = "start", *, strong: bool = False
    ) -> str:
        colour = self.palette.ink if strong else self.palette.muted
        weight = ' font-weight="600"' if strong else ""
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{_SIZE}"{weight} '
            f'fill="{colour}" font-family="{self.palette.font}">{escape(words)}</text>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: str,
        wide: float = 1,
        dash: str = "",
    ) -> str:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return (
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{wide}" stroke-linecap="round"{dashes}/>'
        )

    def number(self, value: float) -> str:
        """A round number on an axis."""
        marks = {",": self.thousands, ".": self.decimal, "-": "\N{MINUS SIGN}"}
        return "".join(marks.get(char, char) for char in f"{value:,.10g}")

    def colour(self, series: int | bool) -> str:
        return self.palette.second if series else self.palette.accent

    def dot(self, x: float, y: float, series: int, *, hollow: bool = False) -> str:
        """Round for the first line, square for the second; hollow: not yet seen."""
        colour = self.colour(series)
        fill = "var(--card)" if hollow else colour
        looks = f'fill="{fill}" stroke="{colour}" stroke-width="2"'
        if series:
            return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {looks}/>'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {looks}/>'


def figure_svgs(chart: Chart, palette: Palette, name: str) -> str:
    """Both drawings. name: start of the ids inside, so that several can share a page."""
    return "".join(
        _svg(chart, _Pen(palette, width, chart.thousands, chart.decimal), f"{name}-{kind}", kind)
        for kind, width in (("slim", SLIM), ("broad", BROAD))
    )


def _svg(chart: Chart, pen: _Pen, name: str, kind: str) -> str:
    draw = _rows if chart.kind == "rows" else _lines
    parts, height = draw(chart, pen)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img" '
        f'viewBox="0 0 {pen.width} {height:.0f}" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-desc">{escape(chart.description)}</desc>{"".join(parts)}</svg>'
    )


def ticks(low: float, high: float) -> list[float]:
    """Round numbers from at most ``low`` to at least ``high``, some four steps."""
    rough = (high - low) / _TICKS or 1
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(it * size for it in _STEPS if it * size >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 6) for number in range(first, last + 1)]


def _ends(marks: Sequence[Mark]) -> tuple[float, float]:
    """From zero, or from what lies below it, to the highest end."""
    known = [it for m in marks for it in (m.low, m.value, m.high) if it is not None]
    return min(0.0, *known), max(0.0, *known)


def _rows(chart: Chart, pen: _Pen) -> tuple[list[str], float]:
    """One row each: a bar where no row has an interval, else a dot with its interval."""
    slim = pen.width == SLIM
    names = 0 if slim else 176
    left, right = names + 10, pen.width - (14 if slim else 96)
    at = ticks(*_ends(chart.marks))

    def x(value: float) -> float:
        return left + (right - left) * (value - at[0]) / (at[-1] - at[0])

    row, top = (50, 8) if slim else (42, 8)
    bottom = top + row * len(chart.marks)
    parts = [pen.line(x(tick), top, x(tick), bottom, pen.palette.line) for tick in at]
    parts += [pen.text(x(t), bottom + 18, pen.number(t), "middle") for t in _some(at, slim)]
    parts.append(pen.line(x(0), top, x(0), bottom, pen.palette.muted))
    for place, mark in enumerate(chart.marks):
        middle = top + row * (place + 0.5) + (11 if slim else 0)
        parts += _mark(mark, middle, x, pen, bar=chart.bars)
        if slim:
            parts.append(_behind(pen, left - 8, middle - 16))
            parts.append(pen.text(left - 8, middle - 16, mark.label))
            parts.append(pen.text(pen.width - 4, middle - 16, mark.words, "end", strong=True))
        else:
            lines = wrap(mark.label, 24)
            for number, words in enumerate(lines):
                shift = 4.5 + 16 * (number - (len(lines) - 1) / 2)
                parts.append(pen.text(names - 4, middle + shift, words, "end"))
            parts.append(pen.text(pen.width - 2, middle + 4.5, mark.words, "end", strong=True))
    return [*parts, *_named_axis(chart, pen, bottom)], bottom + 44


def _behind(pen: _Pen, x: float, y: float) -> str:
    """Ground behind a name that lies over the grid."""
    return (
        f'<rect x="{x - 2:.1f}" y="{y - 13:.1f}" width="{pen.width - x:.1f}" height="18" '
        f'fill="var(--paper)"/>'
    )


def _some(at: Sequence[float], slim: bool) -> Sequence[float]:
    return at[::2] if slim and len(at) > 5 else at


def _named_axis(chart: Chart, pen: _Pen, bottom: float) -> Iterator[str]:
    yield pen.text(pen.width - 2, bottom + 37, chart.axis, "end")


def _mark(
    mark: Mark, y: float, x: Callable[[float], float], pen: _Pen, *, bar: bool
) -> Iterator[str]:
    colour = pen.colour(mark.series)
    if bar and mark.value is not None:
        start, end = sorted((x(0), x(mark.value)))
        yield (
            f'<rect x="{start:.1f}" y="{y - 7:.1f}" width="{max(end - start, 1.5):.1f}" '
            f'height="14" rx="2" fill="{pen.colour(mark.value < 0)}"/>'
        )
        return
    if mark.low is not None and mark.high is not None:
        yield pen.line(x(mark.low), y, x(mark.high), y, colour, 3 if mark.value is not None else 9)
        if mark.value is not None:
            for end in (mark.low, mark.high):
                yield pen.line(x(end), y - 5, x(end), y + 5, colour, 2)
    if mark.value is not None:
        yield pen.dot(x(mark.value), y, mark.series)


def _lines(chart: Chart, pen: _Pen) -> tuple[list[str], float]:
    """Over years or ages: a line for each series, whiskers for intervals."""
    slim = pen.width == SLIM
    left, right, top, bottom = 46, pen.width - 22, 62, 282 if slim else 342
    ends = [mark.at for mark in chart.marks]
    first, last = min(ends), max(ends)
    up = ticks(*_ends(chart.marks))

    def x(at: float) -> float:
        return left + 12 + (right - left - 24) * (at - first) / ((last - first) or 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - up[0]) / (up[-1] - up[0])

    parts = [pen.line(left, y(tick), right, y(tick), pen.palette.line) for tick in up]
    parts += [pen.text(left - 6, y(tick) + 4.5, pen.number(tick), "end") for tick in up]
    parts.append(pen.line(left, y(0), right, y(0), pen.palette.muted))
    parts += _along(chart, pen, x, bottom)
    parts += _legend(chart, pen)
    taken: list[tuple[float, float]] = []
    for number, _ in chart.series:
        own = [mark for mark in chart.marks if mark.series == number]
        places = [(x(m.at), y(m.value or 0), m) for m in own]
        for (x1, y1, _m), (x2, y2, mark) in pairwise(places):
            dash = "2 6" if mark.ahead else "7 4" if number else ""
            parts.append(pen.line(x1, y1, x2, y2, pen.colour(number), 2.2, dash))
        for at_x, at_y, mark in places:
            if mark.low is not None and mark.high is not None:
                parts.append(pen.line(at_x, y(mark.low), at_x, y(mark.high), pen.colour(number), 2))
                parts += [
                    pen.line(at_x - 5, y(end), at_x + 5, y(end), pen.colour(number), 2)
                    for end in (mark.low, mark.high)
                ]
            parts.append(pen.dot(at_x, at_y, number, hollow=mark.ahead))
    for mark in _first_and_last(chart):
        at_x, at_y = x(mark.at), y(mark.high if mark.high is not None else mark.value or 0)
        at_y += 21 if chart.kind == "ages" and _is_lowest(mark, chart) else -10
        if all(abs(at_x - tx) > _NEAR_X or abs(at_y - ty) > _NEAR_Y for tx, ty in taken):
            taken.append((at_x, at_y))
            anchor = "end" if mark.at == last else "start" if mark.at == first else "middle"
            shift = {"end": 12, "start": -12, "middle": 0}[anchor]
            parts.append(pen.text(at_x + shift, at_y, mark.words, anchor, strong=True))
    return [pen.text(4, 14, chart.axis), *parts], bottom + 28


def _is_lowest(mark: Mark, chart: Chart) -> bool:
    """Another line runs above it, where its number would be in the way."""
    return any((it.value or 0) > (mark.value or 0) for it in chart.marks if it.at == mark.at)


def _first_and_last(chart: Chart) -> Iterator[Mark]:
    """The marks in the order in which they get their number: ends of lines first."""
    ends = []
    for number, _ in chart.series:
        own = [mark for mark in chart.marks if mark.series == number]
        ends += [own[-1], own[0]]
    yield from dict.fromkeys(ends)
    if chart.kind == "years":
        yield from (mark for mark in chart.marks if mark not in ends)


def _along(chart: Chart, pen: _Pen, x: Callable[[float], float], bottom: float) -> Iterator[str]:
    """Labels under the drawing; those that would touch the one before are left out."""
    places = dict.fromkeys((mark.at, mark.label) for mark in chart.marks)
    before = -math.inf
    last = max(at for at, _ in places)
    for at, label in sorted(places):
        room = x(at) - before >= _NEAR_X and (at == last or x(last) - x(at) >= _NEAR_X)
        if room:
            before = x(at)
            yield pen.line(x(at), bottom, x(at), bottom + 4, pen.palette.muted)
            yield pen.text(x(at), bottom + 19, label, "middle")


def _legend(chart: Chart, pen: _Pen) -> Iterator[str]:
    at = 10.0
    for number, name in chart.series:
        yield pen.line(at - 6, 35, at + 14, 35, pen.colour(number), 2.2, "7 4" if number else "")
        yield pen.dot(at + 4, 35, number)
        yield pen.text(at + 20, 39.5, name)
        at += 20 + 7.4 * len(name) + 22
