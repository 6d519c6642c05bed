"""Pictures of published comparisons: an interval for each row, and ranks beside each other.

Both are drawn from their rows alone, and the same rows stand in a table beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from rugkompas.outputs.rests import Rests


@dataclass(frozen=True, slots=True)
class Interval:
    """One row of a forest plot: from ``low`` to ``high``, and as words. A mark at every value in
    ``marks``: one, or the two ends of a figure that was read in two ways."""

    label: str
    marks: tuple[float, ...]
    low: float | None
    high: float | None
    value_words: str
    range_words: str


@dataclass(frozen=True, slots=True)
class Forest:
    """Rows with their intervals, smaller to the left. bar: a value to hold them against, with its
    words. better, worse: what lies to the left and to the right of no difference."""

    title: str
    description: str
    caption: str
    better: str
    worse: str
    decimal_mark: str
    columns: tuple[str, str, str]
    rows: tuple[Interval, ...]
    bar: float | None
    bar_words: str
    rests: tuple[Rests, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one analysis puts a kind; empty place: it was not compared."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One kind through all analyses. letter: its mark in the picture."""

    letter: str
    label: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Ranks:
    """The same kinds in several analyses. columns: (name, year) of each; lanes: id and words of
    the places, the best first; first: heading of the first column of the table."""

    title: str
    description: str
    caption: str
    first: str
    columns: tuple[tuple[str, str], ...]
    lanes: tuple[tuple[str, str], ...]
    rows: tuple[Ranked, ...]
    rests: tuple[Rests, ...]
