"""How many people of a group to expect with neck or back complaints known to a GP in a year.

Only published Dutch figures (2018, with the totals of 2020 beside them); nothing is fitted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.people.groups import ALL, BOTH, Cell

Z_95 = 1.96
"""Standard deviations on each side that hold 95 in 100 of chance's outcomes."""


@dataclass(frozen=True, slots=True)
class Published:
    """rates: people per 1 000 in a year, for each cell. drift: how far the published totals
    of two years lie apart, as a part of the first (0-1)."""

    rates: Mapping[Cell, float]
    drift: float


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of the group: so many people, of whom so many are expected."""

    age: str
    sex: str
    people: int
    per_1000: float
    expected: float


@dataclass(frozen=True, slots=True)
class Expected:
    """people: in the group. expected: the sum of its parts. low, high: whole people, between
    0 and all of them."""

    parts: tuple[Part, ...]
    people: int
    expected: float
    low: int
    high: int
    drift: float


def published(knowledge: Knowledge) -> Published:
    """What the calculator rests on: the figures ``ages_nl``, ``rates_nl`` and ``people_nl``.

    For a group of which only the total is known, the Dutch mix of ages and sexes follows from
    the same source: all who are known to a GP, divided by the people behind the two rates.
    """
    figures = knowledge.burden_figures
    rates: dict[Cell, float] = {
        (row.age, row.sex): row.value for row in figures["ages_nl"].rows if row.value is not None
    }
    totals = {row.id: row.value or 0 for row in figures["rates_nl"].rows}
    people = {row.id: row.value or 0 for row in figures["people_nl"].rows}
    rates[ALL, "female"] = totals["women_2018"]
    rates[ALL, "male"] = totals["men_2018"]
    living = people["women_2018"] / totals["women_2018"] + people["men_2018"] / totals["men_2018"]
    rates[ALL, BOTH] = people["all_2018"] / living
    drift = max(1 - totals[f"{sex}_2020"] / totals[f"{sex}_2018"] for sex in ("women", "men"))
    return Published(rates, drift)


def expected(group: Mapping[Cell, int], known: Published) -> Expected:
    """The expected number and its range.

    group: people per cell, 0 or more; each cell is one of ``known.rates`` (else KeyError).
    The range holds two things. Chance: in a group of this size, 95 in 100 outcomes when the
    rate is right. The source: it gives no interval, so the rate may be lower and higher by as
    much as the published totals fell from 2018 to 2020. Both ends are rounded outwards. It
    does not hold how far this group differs from other people of its ages.
    """
    parts = tuple(
        Part(age, sex, people, known.rates[age, sex], people * known.rates[age, sex] / 1000)
        for (age, sex), people in group.items()
    )
    people, total = sum(part.people for part in parts), sum(part.expected for part in parts)
    chance = Z_95 * math.sqrt(sum(p.expected * (1 - p.per_1000 / 1000) for p in parts))
    low, high = total * (1 - known.drift) - chance, total * (1 + known.drift) + chance
    return Expected(
        parts=parts,
        people=people,
        expected=total,
        low=max(0, math.floor(low)),
        high=min(people, math.ceil(high)),
        drift=known.drift,
    )
