"""The parts of a report: what text, page and PDF share, so that they hold the same facts.

Every fact keeps its mark: read, from memory, calculated or own choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from rugkompas.catalogue.schema import Tier
from rugkompas.outputs.plots import Forest, Ranks
from rugkompas.outputs.rests import Rests


@dataclass(frozen=True, slots=True)
class Item:
    """One statement. label: a word above it. lead + points: half sentences that belong
    together ("because" ...). facts: terms with what holds for each. more: sentences after it.
    basis: what it rests on, in words. aside: for professionals. tag: for the looks only.
    ref: ids of the options that it tells of, with a space between; for actions on them."""

    text: str = ""
    title: str = ""
    label: str = ""
    lead: str = ""
    points: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    more: tuple[str, ...] = ()
    basis: str = ""
    rests: tuple[Rests, ...] = ()
    aside: str = ""
    tag: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class BandPoint:
    """One moment of the band, 0-100, as numbers to draw and as words to read."""

    week: int
    mean: float
    low: float
    high: float
    when: str
    mean_words: str
    range_words: str


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """One's own mean of a week, 0-100, in the middle of that week."""

    week: float
    pain: float


@dataclass(frozen=True, slots=True)
class Band:
    """A published course as a band; never one line. axis, weeks_axis: what the axes show.
    own: a person's own weeks, drawn as a line over it; the band itself may then be empty.
    moments: (weeks on the axis, what stands at it): when to look how it goes."""

    title: str
    description: str
    caption: str
    axis: str
    weeks_axis: str
    columns: tuple[str, str, str]
    points: tuple[BandPoint, ...]
    rests: tuple[Rests, ...]
    own: tuple[OwnPoint, ...] = ()
    moments: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Factors that are present and of which the person says the same: can it change?"""

    changeable: str
    words: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One of the three domains as it is drawn: what is named, and how much is not known.

    none: said when nothing is named. unknown, absent: how many factors, with their words.
    """

    id: str
    name: str
    none: str
    runs: tuple[Run, ...]
    unknown: int
    unknown_words: str
    absent: int
    absent_words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What plays a role, to draw. ``description`` tells all of it in words; so does the
    section that it stands in."""

    title: str
    description: str
    caption: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of 100 people, 0-100, with the sentence that makes it true."""

    count: int
    text: str
    rests: tuple[Rests, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure, for professionals. ``compared`` is always in English."""

    factor: str
    about: str
    value: str
    compared: str
    rests: tuple[Rests, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows that are read across: the first cell of a row names it. Not for numbers to add."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rests: tuple[Rests, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One published number in a chart. at: its year, or the place of its age band. value may
    be None when there is only a range. words: the number as it is written beside the mark.
    ahead: an expectation, not yet seen."""

    label: str
    series: int
    at: float
    value: float | None
    low: float | None
    high: float | None
    words: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Published numbers as a picture and as a table. kind: over ``years`` or ``ages``, or in
    ``rows``; bars: as bars from zero. series: the lines by name, with the number that decides
    their look. heads: how many columns of the table hold words and not numbers. thousands,
    decimal: the marks inside numbers in this language."""

    kind: str
    title: str
    description: str
    definition: str
    axis: str
    series: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: int
    bars: bool
    thousands: str
    decimal: str


@dataclass(frozen=True, slots=True)
class Interval:
    """One difference in points, below and above zero, and what it is about. clear: called, and
    so drawn full. words: the difference and its interval, to read."""

    name: str
    middle: float
    low: float
    high: float
    clear: bool
    words: str


@dataclass(frozen=True, slots=True)
class Intervals:
    """Differences beside each other on one axis around zero. less, more: what lies on its left
    and on its right."""

    title: str
    description: str
    caption: str
    less: str
    more: str
    rows: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its own sources. sure: how certain it is, in words."""

    text: str
    rests: tuple[Rests, ...]
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, in this order. ``id`` is stable, for links."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None
    chart: Chart | None = None
    items: tuple[Item, ...] = ()
    band: Band | None = None
    shares: tuple[Share, ...] = ()
    figures: tuple[Figure, ...] = ()
    intervals: Intervals | None = None
    grid: Grid | None = None
    closing: tuple[str, ...] = ()
    rests: tuple[Rests, ...] = ()
    parts: tuple[Section, ...] = ()
    said: tuple[Said, ...] = ()
    forest: Forest | None = None
    ranks: Ranks | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How fast, and what to do: headline and lead first, always together with the rest.

    At ``emergency`` the headline is the phone action itself. step: 1 (least) to 5.
    """

    tier: Tier
    step: int
    name: str
    dial: str
    headline: str
    action: str
    lead: tuple[str, ...]
    how: Item
    also: tuple[Item, ...]
    say: Item | None
    watch: Item | None
    watch_first: bool
    """The signs to call for stand above how to make an appointment (hazard H-18)."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with its number in this report and how it was obtained."""

    number: int
    text: str
    url: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a person reads in one language: sections with their sources."""

    language: str
    title: str
    made_on: str
    reference: str
    status: str
    status_short: str
    page_of: str
    day: dt.date
    emergency_number: str
    sections: tuple[Section, ...]
    sources: Section
    source_lines: tuple[SourceLine, ...]
    about: Section
    one_page: bool = False
    """Laid out small, for one sheet of paper that a professional reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Page):
    """Everything that a person reads about one assessment: how fast comes first."""

    answer: Answer


_NOT_READ = {
    *("id", "tag", "tier", "language", "page_of", "emergency_number", "url"),
    *(
        "axis",
        "weeks_axis",
        "description",
        "own",
        "picture",
        "ref",
        "marks",
        "kind",
        "thousands",
        "decimal",
        "decimal_mark",
    ),
}


def sentences(part: object) -> Iterator[str]:
    """Every text in a report or a part of it, for holding outputs against each other."""
    if isinstance(part, str):
        if part:
            yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from sentences(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            if field.name not in _NOT_READ:
                yield from sentences(getattr(part, field.name))
