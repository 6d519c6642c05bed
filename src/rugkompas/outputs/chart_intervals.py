"""Differences with their intervals as SVG, and as characters for a terminal.

A full dot is a difference that is called; an open one may be chance. The numbers stand in a
table beside it, so nothing is told by the picture alone.
"""

from __future__ import annotations

import math
from html import escape

from rugkompas.outputs.chart import Palette
from rugkompas.outputs.parts import Interval, Intervals

WIDTH = 440
_MIDDLE, _HALF = 220, 196
_ROW, _HEAD = 54, 30
_CELLS = 20
"""Characters on each side of zero."""


def reach(it: Intervals) -> int:
    """Whole points from zero to either end of the axis: all intervals fit in."""
    return max(2, *(math.ceil(max(abs(row.low), abs(row.high))) for row in it.rows))


def intervals_svg(it: Intervals, palette: Palette, name: str = "intervals") -> str:
    """A line for every interval, under its own words. name: start of the ids inside."""
    ends = reach(it)
    bottom = _HEAD + _ROW * len(it.rows)
    height = bottom + 26

    def x(points: float) -> float:
        return round(_MIDDLE + _HALF * points / ends, 1)

    def text(at: tuple[float, float], words: str, colour: str, anchor: str) -> str:
        return (
            f'<text x="{at[0]}" y="{at[1]}" text-anchor="{anchor}" font-size="14" '
            f'fill="{colour}" font-family="{palette.font}">{escape(words)}</text>'
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">',
        f'<title id="{name}-title">{escape(it.title)}</title>',
        f'<desc id="{name}-desc">{escape(it.description)}</desc>',
        text((_MIDDLE - _HALF, 15), f"← {it.less}", palette.muted, "start"),
        text((_MIDDLE + _HALF, 15), f"{it.more} →", palette.muted, "end"),
    ]
    marks = range(-ends, ends + 1, max(1, ends // 4))
    for points in marks:
        label = f"{points:+d}".replace("-", "−") if points else "0"
        parts.append(text((x(points), bottom + 19), label, palette.muted, "middle"))
    for number, row in enumerate(it.rows):
        top = _HEAD + _ROW * number
        parts.append(text((_MIDDLE - _HALF, top + 17), row.name, palette.ink, "start"))
        parts += [_mark(x(points), points == 0, top + 23, palette) for points in marks]
        parts.append(_line(row, x(row.low), x(row.high), x(row.middle), top + 34, palette))
    return "".join([*parts, "</svg>"])


def _mark(x: float, is_zero: bool, top: int, palette: Palette) -> str:
    """A part of the grid, beside the interval and not through the words above it."""
    colour, thick = (palette.muted, 1.6) if is_zero else (palette.line, 1)
    return (
        f'<line x1="{x}" x2="{x}" y1="{top}" y2="{top + 22}" stroke="{colour}" '
        f'stroke-width="{thick}"/>'
    )


def _line(
    row: Interval, left: float, right: float, middle: float, at: float, palette: Palette
) -> str:
    colour = palette.accent if row.clear else palette.muted
    fill = colour if row.clear else palette.band
    ends = "".join(
        f'<line x1="{end}" x2="{end}" y1="{at - 5}" y2="{at + 5}" stroke="{colour}" '
        'stroke-width="2"/>'
        for end in (left, right)
    )
    return (
        f'<line x1="{left}" x2="{right}" y1="{at}" y2="{at}" stroke="{colour}" '
        f'stroke-width="{3 if row.clear else 2}"/>{ends}<circle cx="{middle}" cy="{at}" r="5.5" '
        f'fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    )


def cells(row: Interval, ends: int) -> str:
    """The same line in characters: zero in the middle, ``ends`` points on either side."""

    def at(points: float) -> int:
        return round(_CELLS + _CELLS * points / ends)

    made = ["·"] * (2 * _CELLS + 1)
    made[_CELLS] = "│"
    for place in range(at(row.low), at(row.high) + 1):
        made[place] = "┿" if place == _CELLS else "━"
    made[at(row.middle)] = "●" if row.clear else "○"
    return "".join(made)


def axis(it: Intervals) -> str:
    """The ends of the axis and its zero, over ``cells``."""
    ends = reach(it)
    return f"−{ends}".ljust(_CELLS) + "0" + f"+{ends}".rjust(_CELLS)
