"""Drawings as SVG: the band of a published course, and the dial that shows how soon.

They repeat what stands in words beside them, so nothing is told by a picture alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from rugkompas.outputs.parts import Band


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as an SVG accepts them, and the font of the labels. second: of a second line. ground:
    what lies under it."""

    ink: str
    muted: str
    line: str
    band: str
    accent: str
    font: str
    second: str = "#8f4a12"
    ground: str = "#fff"


WIDTH, HEIGHT = 440, 262
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 424, 30, 216


def band_svg(band: Band, palette: Palette, name: str = "band") -> str:
    """The band over time, 0-100. Means are loose marks: a line would promise one course. One's
    own weeks are a line with squares, broken where a week has no score.

    name: start of the ids inside, so that several drawings can share a page.
    """
    ends = [point.week for point in band.points] + [math.ceil(own.week) for own in band.own]
    last = max(ends, default=0) or 1

    def x(week: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * week / last, 1)

    def y(pain: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * pain / 100, 1)

    def text(at_x: float, at_y: float, words: str, anchor: str = "middle") -> str:
        return (
            f'<text x="{at_x}" y="{at_y}" text-anchor="{anchor}" font-size="14" '
            f'fill="{palette.muted}" font-family="{palette.font}">{escape(words)}</text>'
        )

    upper = [f"{x(point.week)},{y(point.high)}" for point in band.points]
    lower = [f"{x(point.week)},{y(point.low)}" for point in reversed(band.points)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">',
        f'<title id="{name}-title">{escape(band.title)}</title>',
        f'<desc id="{name}-desc">{escape(band.description)}</desc>',
    ]
    for pain in (0, 25, 50, 75, 100):
        parts.append(
            f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{y(pain)}" y2="{y(pain)}" '
            f'stroke="{palette.line}" stroke-width="1"/>'
        )
        parts.append(text(_LEFT - 7, y(pain) + 5, str(pain), "end"))
    if band.points:
        parts.append(
            f'<polygon points="{" ".join(upper + lower)}" fill="{palette.band}" '
            f'stroke="{palette.accent}" stroke-width="1.2" stroke-linejoin="round"/>'
        )
    for point in band.points:
        at = x(point.week)
        parts.append(
            f'<line x1="{at}" x2="{at}" y1="{y(point.high)}" y2="{y(point.low)}" '
            f'stroke="{palette.accent}" stroke-width="1.2" stroke-dasharray="2 3"/>'
        )
        parts.append(f'<circle cx="{at}" cy="{y(point.mean)}" r="4" fill="{palette.accent}"/>')
        parts.append(text(at, _BOTTOM + 19, str(point.week)))
    for week, words in band.moments:
        parts.append(
            f'<line x1="{x(week)}" x2="{x(week)}" y1="{_TOP - 8}" y2="{_BOTTOM}" '
            f'stroke="{palette.muted}" stroke-width="1.2" stroke-dasharray="5 4"/>'
        )
        parts.append(text(x(week), _TOP - 14, words))
    parts += _own_line([(x(own.week), y(own.pain), own.week) for own in band.own], palette)
    if band.own and not band.points:
        parts += [text(x(week), _BOTTOM + 19, str(week)) for week in (0, last)]
    parts.append(text(6, 14, band.axis, "start"))
    parts.append(text(_RIGHT + 8, HEIGHT - 6, band.weeks_axis, "end"))
    parts.append("</svg>")
    return "".join(parts)


def _own_line(points: Sequence[tuple[float, float, float]], palette: Palette) -> Iterator[str]:
    """Lines between weeks that follow each other, and a square on every week."""
    for (x1, y1, before), (x2, y2, week) in pairwise(points):
        if week - before <= 1:
            yield (
                f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" '
                f'stroke="{palette.ink}" stroke-width="2.2" stroke-linecap="round"/>'
            )
    for x, y, _ in points:
        yield (
            f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="{palette.ink}"/>'
        )


def dial_svg(step: int, palette: Palette, steps: int = 5) -> str:
    """A compass dial with one of ``steps`` sectors marked and the needle on it.

    Decorative: hidden from screen readers, because the step stands beside it in words.
    """
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 72" aria-hidden="true">']
    sector, gap = 180 / steps, 3.0
    for number in range(1, steps + 1):
        start, end = 180 - sector * (number - 1) - gap, 180 - sector * number + gap
        (x1, y1), (x2, y2) = _on_circle(start), _on_circle(end)
        colour, thick = (palette.accent, 13) if number == step else (palette.line, 7)
        parts.append(
            f'<path d="M{x1} {y1} A50 50 0 0 1 {x2} {y2}" fill="none" '
            f'stroke="{colour}" stroke-width="{thick}"/>'
        )
    middle = 180 - sector * (step - 0.5)
    tip, left, right = (
        _on_circle(middle, 36),
        _on_circle(middle + 90, 4.5),
        _on_circle(middle - 90, 4.5),
    )
    points = " ".join(f"{px},{py}" for px, py in (tip, left, right))
    parts.append(f'<polygon points="{points}" fill="{palette.ink}"/>')
    parts.append(f'<circle cx="60" cy="62" r="6" fill="{palette.ink}"/></svg>')
    return "".join(parts)


def mark_svg(palette: Palette) -> str:
    """The mark of Rugkompas: a compass needle that stands upright as a spine."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" aria-hidden="true">'
        f'<circle cx="16" cy="16" r="14" fill="none" stroke="{palette.ink}" stroke-width="1.6"/>'
        f'<path d="M16 5 L20 16 L12 16 Z" fill="{palette.accent}"/>'
        f'<path d="M16 27 L12 16 L20 16 Z" fill="none" stroke="{palette.ink}" '
        'stroke-width="1.4" stroke-linejoin="round"/></svg>'
    )


def _on_circle(degrees: float, radius: float = 50) -> tuple[float, float]:
    angle = math.radians(degrees)
    return round(60 + radius * math.cos(angle), 2), round(62 - radius * math.sin(angle), 2)
