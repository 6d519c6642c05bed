"""All good combinations of options, exactly: the Pareto front, never one winner.

A set is good when no other set touches at least as many factors, asks at most as much time
and money, and rests on evidence at least as certain, with one of these strictly better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Figures = tuple[int, int, int, int]
"""Factors touched (as bits, or how many), minutes a week, cost, certainty."""

CERTAINTY = {"high": 4, "moderate": 3, "low": 2, "indirect": 1, "very_low": 1, "none": 0}
"""Certainty of evidence from most to least; ``unstated`` counts as none."""
COST = {"none": 0, "low": 1, "mid": 2, "high": 3}
MOST = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the search needs to know of an option that may be offered.

    touches: the wanted factors, as bits. minutes: asked a week. cost: 0-3. certainty: 0-4.
    not_with: options that are the same thing in another form.
    """

    id: str
    touches: int
    minutes: int
    cost: int
    certainty: int
    not_with: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Combination:
    """A good set. ``ids`` in the order of the catalogue; ``equals`` are other sets that no
    figure tells apart from this one."""

    ids: tuple[str, ...]
    touches: int
    minutes: int
    cost: int
    certainty: int
    equals: tuple[tuple[str, ...], ...] = ()


def front(
    candidates: Sequence[Candidate], minutes_a_week: int | None = None, most: int = MOST
) -> list[Combination]:
    """Every set of at most ``most`` candidates that no other set dominates.

    minutes_a_week: sets that ask more time fall away. Sets that touch nothing fall away too.
    Sorted by factors touched (more first), then minutes, cost and certainty. Equal sets are
    kept beside each other in ``equals``.
    """
    sets = _sets(_worth_a_look(candidates), minutes_a_week, most)
    points = [_counted(figures) for _, figures in sets]
    best = _undominated(set(points))
    groups: dict[Figures, list[tuple[Candidate, ...]]] = {}
    for (members, figures), point in zip(sets, points, strict=True):
        if point in best:
            groups.setdefault(figures, []).append(members)
    good = []
    for figures, equal in groups.items():
        first, *others = (tuple(it.id for it in members) for members in sorted(equal, key=len))
        good.append(Combination(first, *figures, equals=tuple(others)))
    return sorted(
        good, key=lambda c: (-c.touches.bit_count(), c.minutes, c.cost, -c.certainty, c.ids)
    )


def different(good: Sequence[Combination], most: int = MOST) -> list[Combination]:
    """The first few good sets that really differ: at least two options are not shared."""
    kept: list[Combination] = []
    for combination in good:
        if len(kept) == most:
            break
        if all(len(set(combination.ids) ^ set(other.ids)) >= 2 for other in kept):
            kept.append(combination)
    return kept


def _sets(
    candidates: Sequence[Candidate], minutes_a_week: int | None, most: int
) -> list[tuple[tuple[Candidate, ...], Figures]]:
    """Every set of which no two members are the same thing and each member touches something
    that the others do not, with its figures. What breaks this stays broken in larger sets."""
    limit = math.inf if minutes_a_week is None else minutes_a_week
    conflicts = _conflicts(candidates)
    not_with = [
        sum(1 << place for place, other in enumerate(candidates) if other.id in conflicts[one.id])
        for one in candidates
    ]
    found: list[tuple[tuple[Candidate, ...], Figures]] = []

    def grow(
        start: int,
        chosen: tuple[Candidate, ...],
        once: int,
        twice: int,
        barred: int,
        figures: Figures,
    ) -> None:
        """once: touched by a member; twice: by two or more. barred: places that conflict."""
        _, spent, cost, certainty = figures
        for place in range(start, len(candidates)):
            new = candidates[place]
            minutes = spent + new.minutes
            shared = twice | (once & new.touches)
            if barred >> place & 1 or minutes > limit or not new.touches & ~shared:
                continue
            for one in chosen:
                if not one.touches & ~shared:
                    break
            else:
                members = (*chosen, new)
                touched = once | new.touches
                measured = (
                    touched,
                    minutes,
                    cost if cost > new.cost else new.cost,
                    certainty if certainty < new.certainty else new.certainty,
                )
                found.append((members, measured))
                if len(members) < most:
                    grow(place + 1, members, touched, shared, barred | not_with[place], measured)

    grow(0, (), 0, 0, 0, (0, 0, 0, max(CERTAINTY.values())))
    return found


def _conflicts(candidates: Sequence[Candidate]) -> dict[str, frozenset[str]]:
    """With whom each candidate cannot go, whichever of the two says so."""
    return {
        one.id: one.not_with | {other.id for other in candidates if one.id in other.not_with}
        for one in candidates
    }


def _counted(figures: Figures) -> Figures:
    touches, minutes, cost, certainty = figures
    return touches.bit_count(), minutes, cost, certainty


def _undominated(points: set[Figures]) -> set[Figures]:
    """The points that no other point dominates; the first figure is a count here.

    In this order a point comes after all that dominate it, and one of those is kept.
    """
    kept: list[Figures] = []
    for point in sorted(points, key=lambda it: (-it[0], it[1], it[2], -it[3])):
        _, minutes, cost, certainty = point
        for other in kept:
            if other[1] <= minutes and other[2] <= cost and other[3] >= certainty:
                break
        else:
            kept.append(point)
    return set(kept)


def _worth_a_look(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Without the candidates that another one replaces in every set with fewer minutes and
    nothing worse: whatever set holds such a candidate is dominated, so no good set is lost."""
    conflicts = _conflicts(candidates)

    def replaces(other: Candidate, one: Candidate) -> bool:
        return (
            other.minutes < one.minutes
            and one.touches & ~other.touches == 0
            and other.cost <= one.cost
            and other.certainty >= one.certainty
            and conflicts[other.id] - {one.id} <= conflicts[one.id]
        )

    return [
        one
        for one in candidates
        if one.touches and not any(replaces(other, one) for other in candidates)
    ]
