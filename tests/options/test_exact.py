"""The search for good sets is exact: it finds what trying every set finds, and what another
solver finds by another road."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from rugkompas.rules.combine import MOST, Candidate, Combination, different, front

BENCH = Path(__file__).parents[2] / "bench" / "options_bench.py"
SEED = 20261125
LISTS = 1000
PARTS = 10

Point = tuple[int, int, int, int]
"""Factors touched, minutes a week, cost, certainty."""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The benchmark, which holds the other solver."""
    spec = importlib.util.spec_from_file_location(BENCH.stem, BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made_up(chance: random.Random) -> tuple[list[Candidate], int | None]:
    """Candidates as a catalogue could hold them, and the minutes a week that there are."""
    factors = chance.randint(2, 7)
    size = chance.randint(6, 18)
    candidates = []
    for place in range(size):
        touched = chance.sample(range(factors), chance.randint(0, min(4, factors)))
        others = chance.sample(range(size), chance.choice((0, 0, 0, 1, 2)))
        candidates.append(
            Candidate(
                id=f"option_{place}",
                touches=sum(1 << factor for factor in touched),
                minutes=chance.choice((0, 0, 10, 15, 20, 30, 45, 60, 60, 90, 130)),
                cost=chance.randint(0, 3),
                certainty=chance.randint(0, 4),
                not_with=frozenset(f"option_{other}" for other in others if other != place),
            )
        )
    return candidates, chance.choice((None, None, 0, 60, 120, 240))


def lists(part: int) -> Iterator[tuple[list[Candidate], int | None]]:
    """The lists of one part; together there are LISTS of them."""
    chance = random.Random(SEED + part)
    for _ in range(LISTS // PARTS):
        yield made_up(chance)


def clash(one: Candidate, other: Candidate) -> bool:
    return other.id in one.not_with or one.id in other.not_with


def better(one: Point, other: Point) -> bool:
    """At least as good in everything, and not the same."""
    return (
        one != other
        and one[0] >= other[0]
        and one[1] <= other[1]
        and one[2] <= other[2]
        and one[3] >= other[3]
    )


def by_trying(
    candidates: Sequence[Candidate], minutes_a_week: int | None
) -> dict[tuple[str, ...], Point]:
    """Every set that counts, tried one by one: the ids of the good ones and their figures."""
    tried: dict[tuple[str, ...], Point] = {}
    for size in range(1, MOST + 1):
        for chosen in combinations(candidates, size):
            if any(clash(one, other) for one, other in combinations(chosen, 2)):
                continue
            masks = [c.touches for c in chosen]
            whole = 0
            for mask in masks:
                whole |= mask
            rest = [0] * size
            for place in range(size):
                for other, mask in enumerate(masks):
                    if other != place:
                        rest[place] |= mask
            if any(mask & ~others == 0 for mask, others in zip(masks, rest, strict=True)):
                continue
            minutes = sum(c.minutes for c in chosen)
            if minutes_a_week is None or minutes <= minutes_a_week:
                tried[tuple(c.id for c in chosen)] = (
                    whole.bit_count(),
                    minutes,
                    max(c.cost for c in chosen),
                    min(c.certainty for c in chosen),
                )
    points = set(tried.values())
    best = {p for p in points if not any(better(other, p) for other in points)}
    return {ids: point for ids, point in tried.items() if point in best}


def points(good: Sequence[Combination]) -> set[Point]:
    return {(c.touches.bit_count(), c.minutes, c.cost, c.certainty) for c in good}


@pytest.mark.parametrize("part", range(PARTS))
def test_the_good_sets_are_those_that_trying_every_set_finds(part: int) -> None:
    for candidates, minutes_a_week in lists(part):
        good = front(candidates, minutes_a_week)

        found = {ids for combination in good for ids in (combination.ids, *combination.equals)}
        assert set(by_trying(candidates, minutes_a_week)) == found


@pytest.mark.parametrize("part", range(PARTS))
def test_the_front_is_the_one_that_another_solver_finds(part: int, bench: ModuleType) -> None:
    for candidates, minutes_a_week in lists(part):
        ours = points(front(candidates, minutes_a_week))

        assert bench.by_solver(candidates, minutes_a_week) == ours


def test_both_sides_of_the_speed_comparison_find_the_same_fronts(bench: ModuleType) -> None:
    for candidates, minutes_a_week in bench.worked_lists():
        ours = points(front(candidates, minutes_a_week))

        assert bench.by_solver(candidates, minutes_a_week) == ours


def test_the_order_of_the_candidates_makes_no_difference() -> None:
    chance = random.Random(SEED)
    for candidates, minutes_a_week in lists(0):
        turned = candidates[:]
        chance.shuffle(turned)

        assert _unordered(front(candidates, minutes_a_week)) == _unordered(
            front(turned, minutes_a_week)
        )


def _unordered(good: Sequence[Combination]) -> set[tuple[frozenset[str], Point]]:
    return {
        (frozenset(ids), (c.touches, c.minutes, c.cost, c.certainty))
        for c in good
        for ids in (c.ids, *c.equals)
    }


def test_the_made_up_lists_reach_every_kind_of_front() -> None:
    fronts = [front(*candidates) for candidates in lists(0)]

    assert any(not good for good in fronts)
    assert any(len(good) >= 10 for good in fronts)
    assert any(combination.equals for good in fronts for combination in good)
    assert any(len(combination.ids) == MOST for good in fronts for combination in good)


def test_what_is_the_same_in_another_form_never_stands_together() -> None:
    hoist = Candidate("hoist", 0b01, 60, 0, 1, frozenset({"partly"}))
    partly = Candidate("partly", 0b10, 20, 0, 0)

    good = front([hoist, partly])

    assert {("hoist",), ("partly",)} == {combination.ids for combination in good}


def test_equals_stand_beside_each_other() -> None:
    twins = [Candidate(name, 0b1, 10, 0, 2) for name in ("walk", "cycle")]

    good = front(twins)

    assert [(c.ids, c.equals) for c in good] == [(("walk",), (("cycle",),))]


def test_what_touches_nothing_is_in_no_set() -> None:
    assert front([Candidate("idle", 0, 0, 0, 4)]) == []


def test_shown_sets_differ_in_two_options_or_more() -> None:
    for candidates, minutes_a_week in lists(1):
        shown = different(front(candidates, minutes_a_week))

        assert len(shown) <= 4
        for one, other in combinations(shown, 2):
            assert len(set(one.ids) ^ set(other.ids)) >= 2
