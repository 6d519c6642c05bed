"""What plays a role as SVG: three groups on one line, each with its factors as named marks.

Round can roll: it can change. Square stays. Half round: not known whether it can change. A
dashed ring stands for a factor that is not known. Words beside every kind of mark say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from textwrap import wrap

from rugkompas.outputs.chart import Palette
from rugkompas.outputs.parts import Group, Picture

WIDTH, ACROSS = 360, 300
"""Width of the drawing, and of one group when they stand beside each other."""
_MIDDLE = _RADIUS = 27
"""The small drawings."""
_MARKS, _WORDS = 74, 90
_LETTERS, _TITLE_LETTERS = 30, 26
"""Letters on a line of a name and of a group's title: wide fonts still fit."""
_RING = 15

_DRAWINGS = {
    # Somebody who steps out.
    "physical": (
        '<circle cx="2" cy="-13" r="4"/>'
        '<path d="M1 -7C-1 -3 -1 0 0 3M1 -6L9 -1M1 -6L-7 0M0 3L7 8L7 15M0 3L-3 9L-9 14"/>'
    ),
    # A house with its door.
    "environmental": '<path d="M-13 0L0 -12L13 0M-9 -3V12H9V-3M-3 12V4H3V12"/>',
    # A thought: a cloud with two small ones.
    "psychosocial": (
        '<path d="M-8 5C-15 5 -15 -4 -9 -5C-9 -13 2 -14 4 -9C12 -12 16 -2 10 1C10 5 5 6 3 5Z"/>'
        '<circle cx="-7" cy="10" r="2"/><circle cx="-11" cy="15" r="1.2"/>'
    ),
}


def roles_svg(picture: Picture, palette: Palette, name: str = "roles", across: bool = False) -> str:
    """The three groups; how long a list is says nothing about its weight.

    name: start of the ids inside, so that several drawings can share a page. across: the
    groups beside each other, for paper; else from top to bottom, for a narrow screen.
    """
    drawn: list[str] = []
    tops: list[float] = [0]
    for number, group in enumerate(picture.groups):
        parts, height = _group(group, palette)
        left, top = (number * ACROSS, 0.0) if across else (0, tops[-1])
        drawn.append(f'<g transform="translate({left} {top})">{"".join(parts)}</g>')
        tops.append(max(tops[-1], height) if across else top + height + 22)
    wide = ACROSS * len(picture.groups) if across else WIDTH
    height = round(tops[-1] + 8 if across else tops[-1] - 14)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {height}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(picture.title)}</title>',
            f'<desc id="{name}-desc">{escape(picture.description)}</desc>',
            *(() if across else _line(tops[:-1], palette)),
            *drawn,
            "</svg>",
        )
    )


def _line(tops: list[float], palette: Palette) -> Iterator[str]:
    """One line through all groups: they belong to one person."""
    for number, (start, end) in enumerate(pairwise(top + _RADIUS for top in tops)):
        bend = 9 if number % 2 else -9
        third = (end - start) / 3
        yield (
            f'<path d="M{_MIDDLE} {start}C{_MIDDLE + bend} {round(start + third, 1)} '
            f'{_MIDDLE - bend} {round(end - third, 1)} {_MIDDLE} {end}" fill="none" '
            f'stroke="{palette.line}" stroke-width="2.5"/>'
        )


def _group(group: Group, palette: Palette) -> tuple[list[str], float]:
    """A group from its own top left corner, and its height."""

    def text(at_y: float, words: str, size: int, colour: str, at_x: int = _MARKS - 6) -> str:
        weight = ' font-weight="600"' if size > 16 else ""
        return (
            f'<text x="{at_x}" y="{at_y}" font-size="{size}"{weight} fill="{colour}" '
            f'font-family="{palette.font}">{escape(words)}</text>'
        )

    parts = [
        f'<circle cx="{_MIDDLE}" cy="{_RADIUS}" r="{_RADIUS - 2}" fill="{palette.band}"/>',
        f'<g transform="translate({_MIDDLE} {_RADIUS})" fill="none" stroke="{palette.ink}" '
        f'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">'
        f"{_DRAWINGS[group.id]}</g>",
    ]
    y = 4.0
    for line in wrap(group.name, _TITLE_LETTERS):
        y += 20
        parts.append(text(y, line, 18, palette.ink))
    y += 2
    if group.none:
        y += 21
        parts.append(text(y, group.none, 14, palette.muted))
    for run in group.runs:
        y += 21
        parts.append(text(y, run.words, 14, palette.muted))
        for label in run.labels:
            y += 24
            parts.append(_mark(run.changeable, y - 5.5, palette))
            for number, line in enumerate(wrap(label, _LETTERS)):
                y += 19 * (number > 0)
                parts.append(text(y, line, 16, palette.ink, _WORDS))
        y += 4
    if group.unknown:
        y += 21
        parts += _rings(group.unknown, y - 5, palette)
        y += 19
        parts.append(text(y, group.unknown_words, 14, palette.muted))
    if group.absent:
        y += 20
        parts.append(text(y, group.absent_words, 14, palette.muted))
    return parts, max(y, 2 * _RADIUS)


def _mark(changeable: str, at_y: float, palette: Palette) -> str:
    if changeable == "no":
        return (
            f'<rect x="{_MARKS - 6}" y="{at_y - 6}" width="12" height="12" fill="{palette.ink}"/>'
        )
    ring = (
        f'<circle cx="{_MARKS}" cy="{at_y}" r="6" stroke="{palette.accent}" stroke-width="1.6" '
        f'fill="{palette.accent if changeable == "yes" else "none"}"/>'
    )
    if changeable == "yes":
        return ring
    half = f"M{_MARKS} {at_y - 6}A6 6 0 0 0 {_MARKS} {at_y + 6}Z"
    return f'{ring}<path d="{half}" fill="{palette.accent}"/>'


def _rings(count: int, at_y: float, palette: Palette) -> Iterator[str]:
    for number in range(count):
        yield (
            f'<circle cx="{_MARKS + number * _RING}" cy="{at_y}" r="5" fill="none" '
            f'stroke="{palette.muted}" stroke-width="1.3" stroke-dasharray="2.2 2"/>'
        )
