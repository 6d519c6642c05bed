"""The shape of ``knowledge/population.yaml``: whom a made-up population consists of.

``people/population.py`` draws from it. Every share has its sources, or says that it is a choice.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from rugkompas.catalogue.schema import Citation, Id, Text

Part = Annotated[float, Meta(ge=0, le=1)]
Positive = Annotated[float, Meta(gt=0)]
Sourced = Annotated[list[Citation], Meta(min_length=1)]


class Ages(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How age and sex are drawn together.

    figure: the burden figure with people per 1,000 inhabitants, by age and sex. inhabitants:
    per range of ages in years, their number in thousands, as many women as men. other: the
    part of all people who are neither female nor male. derived: what the two together mean.
    """

    figure: Id
    inhabitants: Annotated[dict[str, Positive], Meta(min_length=1)]
    other: Part
    derived: Text
    citations: Sourced


class Drawn(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How common each word of one answer is, in one group of people.

    answer: a variable ("leg_pain", "factors.stress", "spa_features.ibd"). among: answers that
    were drawn before -> the words, or ranges of whole numbers ("40-59"), that belong to the
    group; empty: everybody. shares: word or range -> part of the group (0-1), together 1; within
    a range every whole number is as likely. derived: where the shares come from, in words.
    """

    answer: Text
    among: dict[str, list[str]] = {}
    shares: Annotated[dict[str, Part], Meta(min_length=1)]
    derived: Text
    citations: Sourced


class Population(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A made-up population. who: of whom the shares are meant; unit: of every share. Of several
    entries for one answer, the first whose group a person belongs to counts; who belongs to
    none was not asked."""

    who: Text
    unit: Text
    ages: Ages
    drawn: Annotated[list[Drawn], Meta(min_length=1)]


def whole_numbers(text: str) -> tuple[int, int]:
    """The first and last number of a range: "40-59" is (40, 59), "3" is (3, 3).

    Raises ValueError for anything else.
    """
    first, dash, last = text.partition("-")
    low = int(first)
    return low, int(last) if dash else low
