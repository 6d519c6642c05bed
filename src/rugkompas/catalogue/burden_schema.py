"""The shape of what is known about how common back pain is, and of the article's own claims.

Figures carry over from their sources one by one; nothing is drawn or counted that has no row.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rugkompas.catalogue.schema import Citation, Fact, Id, Text

Topic = Literal["world", "age", "risk", "netherlands", "costs", "young", "definitions"]
Unit = Literal[
    "percent",
    "percent_change",
    "per_1000",
    "per_100000",
    "people",
    "million_people",
    "million_years",
    "million_euro",
    "million_dollar",
]
Interval = Literal["uncertainty_95", "confidence_95", "range_studies", "none"]
Verdict = Literal["holds", "other_source", "depends", "does_not_hold"]

VERDICTS: tuple[Verdict, ...] = ("holds", "other_source", "depends", "does_not_hold")
"""In the order in which they are explained."""


class BurdenRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One published number with its interval.

    value: empty when the source gives only a range (low to high). series: the line that it
    belongs to. age, sex, year: of whom and when, as in the source. edition: of the Global
    Burden of Disease study; numbers of two editions are made in two ways. studies, people: what
    it rests on, where the source says so. at_least, at_most: the source says "more than" or "up
    to". projection: an expectation, not yet seen.
    """

    id: Id
    series: str = ""
    year: int | None = None
    age: str = ""
    sex: Literal["", "female", "male"] = ""
    edition: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    studies: int | None = None
    people: int | None = None
    at_least: bool = False
    at_most: bool = False
    projection: bool = False
    citation: Citation


class BurdenFigure(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Numbers that belong in one picture: they share a unit.

    number: its address on the site, which tells nothing about health (hazard H-43). kind: drawn
    over ``years``, over ``ages``, or as ``rows`` that have their own label. interval: what the
    source means by low and high. measure: what is counted, in English, for the CSV. taken: the
    day on which the numbers were taken over.
    """

    number: Annotated[int, Meta(ge=1)]
    topic: Topic
    kind: Literal["years", "ages", "rows"]
    unit: Unit
    place: Text
    interval: Interval
    measure: Text
    taken: dt.date
    rows: Annotated[list[BurdenRow], Meta(min_length=1)]

    @property
    def series(self) -> tuple[str, ...]:
        """The lines, in the order in which they are first named."""
        return tuple(dict.fromkeys(row.series for row in self.rows if row.series))


class ArticleClaim(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One statement of the article that this system began with, held against its source.

    number: its place in the article. verdict: ``holds``; ``other_source``: holds, but another
    source says so than the one it names; ``depends``: true for some, or not sure;
    ``does_not_hold``: not as it is said. names: the source that the article names. values: the
    numbers of both sentences, by their placeholder.
    """

    number: Annotated[int, Meta(ge=1)]
    verdict: Verdict
    names: str = ""
    values: dict[Id, float] = {}
    citations: Annotated[list[Citation], Meta(min_length=1)]
