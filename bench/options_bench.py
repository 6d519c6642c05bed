"""Options of one person, timed beside OR-Tools CP-SAT on the same fronts.

Ours is everything that a person gets: what is offered, what is not with all its reasons, and
every good set, equal ones included. CP-SAT is timed for the points of the front alone (one
set each, no reasons), so the comparison leans to its side. ``tests/options/test_exact.py``
shows that both find the same fronts.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

from rugkompas import Assessment, assess, load_knowledge
from rugkompas.assess.options import candidates
from rugkompas.catalogue.files import read
from rugkompas.rules.combine import COST, MOST, Candidate

PEOPLE = Path(__file__).parents[1] / "tests" / "cases_options" / "people.yaml"
DAY = dt.date(2026, 11, 25)
LEVELS = 5
"""Certainty 0-4 as the solver sees it: doubt 4-0, so that less is better."""

Point = tuple[int, int, int, int]
"""Factors touched, minutes a week, cost, certainty."""


def measure(repeats: int = 5) -> dict[str, float | int]:
    """Median milliseconds per person: our whole answer, and CP-SAT for the same front."""
    ours, solvers = [], []
    # Rules are read once; a site does that before it asks for people.
    _ = worked_people()[0].options
    for _ in range(repeats):
        # Anew each time: an assessment keeps its options once they were asked for.
        people = worked_people()
        for person in people:
            start = time.perf_counter()
            _ = person.options
            ours.append(time.perf_counter() - start)
    for offers, minutes_a_week in worked_lists():
        start = time.perf_counter()
        by_solver(offers, minutes_a_week)
        solvers.append(time.perf_counter() - start)
    return {
        "people": len(people),
        "rugkompas_ms": round(1000 * statistics.median(ours), 2),
        "rugkompas_slowest_ms": round(1000 * max(ours), 2),
        "cp_sat_ms": round(1000 * statistics.median(solvers), 2),
        "cp_sat_slowest_ms": round(1000 * max(solvers), 2),
    }


def worked_people() -> list[Assessment]:
    """The people of the option cases, assessed; their options not yet asked for."""
    written = read(PEOPLE)
    knowledge = load_knowledge()
    return [assess(_intake(name, written), on=DAY, knowledge=knowledge) for name in written]


def _intake(name: str, written: Mapping[str, Any]) -> dict[str, Any]:
    who = written[name]
    return {**(_intake(who["like"], written) if "like" in who else {}), **who["but"]}


def worked_lists() -> Iterator[tuple[list[Candidate], int | None]]:
    """What good sets of these people are made of, and their minutes a week."""
    for person in worked_people():
        found = person.options
        offers = candidates(found.offered, found.wanted, person.knowledge)
        yield offers, person.person.given.get("minutes_a_week")


def by_solver(offers: Sequence[Candidate], minutes_a_week: int | None) -> set[Point]:
    """The front by OR-Tools CP-SAT: the best point that no point found before dominates, until
    there is none. Minimising a weighted sum of all four figures gives an undominated point."""
    model = cp_model.CpModel()
    take = [model.new_bool_var(c.id) for c in offers]
    model.add(sum(take) <= MOST)
    for (i, one), (j, other) in combinations(enumerate(offers), 2):
        if other.id in one.not_with or one.id in other.not_with:
            model.add_at_most_one(take[i], take[j])
    touched = []
    whole = 0
    for candidate in offers:
        whole |= candidate.touches
    for factor in range(whole.bit_length()):
        by = [t for t, c in zip(take, offers, strict=True) if c.touches >> factor & 1]
        hit = model.new_bool_var("")
        model.add_bool_or(by).only_enforce_if(hit)
        touched.append(hit)
    count = sum(touched)
    model.add(count >= 1)
    minutes = sum(t * c.minutes for t, c in zip(take, offers, strict=True))
    if minutes_a_week is not None:
        model.add(minutes <= minutes_a_week)
    cost = model.new_int_var(0, max(COST.values()), "cost")
    doubt = model.new_int_var(0, LEVELS - 1, "doubt")
    for t, c in zip(take, offers, strict=True):
        model.add(cost >= c.cost).only_enforce_if(t)
        model.add(doubt >= LEVELS - 1 - c.certainty).only_enforce_if(t)
    model.minimize(minutes - 40 * count + 7 * cost + 9 * doubt)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    found: set[Point] = set()
    while solver.solve(model) == cp_model.OPTIMAL:
        point = (
            sum(map(solver.boolean_value, touched)),
            sum(c.minutes for t, c in zip(take, offers, strict=True) if solver.boolean_value(t)),
            solver.value(cost),
            LEVELS - 1 - solver.value(doubt),
        )
        found.add(point)
        beats = [model.new_bool_var("") for _ in range(4)]
        model.add(count >= point[0] + 1).only_enforce_if(beats[0])
        model.add(minutes <= point[1] - 1).only_enforce_if(beats[1])
        model.add(cost <= point[2] - 1).only_enforce_if(beats[2])
        model.add(doubt <= LEVELS - 2 - point[3]).only_enforce_if(beats[3])
        model.add_bool_or(beats)
    return found


if __name__ == "__main__":
    print(measure())
