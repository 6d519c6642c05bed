"""The triage table on one core: our rules, and the same by hand in NumPy and in Polars.

    python bench/one_core.py [--rows 4000000]

All three start from the same coded columns and give the same: every row, and the tier of each
person. They are compared before they are timed. They take turns, in one process with one thread;
seconds are those of the processor, so other work on the machine hardly counts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

import limit_numpy
import limit_polars
import table_of_people
from rugkompas import load_knowledge
from rugkompas.assess.table import tier_steps
from rugkompas.catalogue import Knowledge
from rugkompas.logic import packed
from rugkompas.people import columns
from rugkompas.rules.red_flags import ROWS as RULES

ROWS = 4_000_000
TURNS = 7
SEED = 20261125
NAMES = ("ours", "NumPy by hand", "Polars by hand")


def measure(rows: int = ROWS) -> dict[str, float]:
    """People a second by who computes, measured in a process with one thread."""
    environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
    command = [sys.executable, __file__, "--rows", str(rows)]
    found = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(found.stdout)
    return figures


Blocks = Iterator[tuple[Mapping[str, Any], Any]]
"""Per block of people what is true for each row, and the ranks of their tiers."""
Way = Callable[[], Blocks]


def _measure_here(rows: int) -> dict[str, float]:
    knowledge = load_knowledge()
    coded = columns.code(table_of_people.table(rows, SEED, knowledge), knowledge)
    ways = ways_of(coded.codes, knowledge)
    check(ways)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, way in ways.items():
            begin = time.process_time()
            for _block in way():
                pass
            spent[name].append(time.process_time() - begin)
    return {name: rows / statistics.median(seconds) for name, seconds in spent.items()}


def ways_of(codes: pl.DataFrame, knowledge: Knowledge) -> dict[str, Way]:
    """Who computes -> how, on columns of codes. By hand every question of the triage must be
    there."""
    p = knowledge.parameters_on(knowledge.release.date)
    arrays = {column.name: column.to_numpy() for column in codes.get_columns()}

    def blocks() -> Iterator[tuple[dict[str, Any], int]]:
        for start in range(0, codes.height, packed.PEOPLE_AT_ONCE):
            end = min(start + packed.PEOPLE_AT_ONCE, codes.height)
            yield {name: array[start:end] for name, array in arrays.items()}, end - start

    def ours() -> Blocks:
        for block, people in blocks():
            q = packed.answers_of(block, people, knowledge.codebook)
            fired = {id_: rule(q, p) for id_, rule in RULES.items()}
            yield fired, packed.first_of(tier_steps(fired, knowledge), 0, people)

    def by_numpy() -> Blocks:
        for block, people in blocks():
            yield limit_numpy.rows_and_tier(block, people)

    def by_polars() -> Blocks:
        found = limit_polars.rows_and_tier(codes)
        yield {id_: found[id_] for id_ in RULES}, found["tier"]

    return dict(zip(NAMES, (ours, by_numpy, by_polars), strict=True))


def check(ways: Mapping[str, Way]) -> None:
    """Raises AssertionError when a row or a tier of anybody differs from ours."""
    found = {name: plain(way) for name, way in ways.items()}
    ours = found.pop(NAMES[0])
    for name, theirs in found.items():
        assert theirs.keys() == ours.keys(), f"{name} has other rows"
        for id_, values in ours.items():
            assert np.array_equal(values, theirs[id_]), f"{name} differs in {id_}"


def plain(way: Way) -> dict[str, Any]:
    """Row -> true or false for each person, and "tier" -> the ranks."""
    blocks = list(way())
    found = {
        id_: np.concatenate([_unpacked(truths[id_], len(tier)) for truths, tier in blocks])
        for id_ in blocks[0][0]
    }
    return found | {"tier": np.concatenate([np.asarray(tier) for _, tier in blocks])}


def _unpacked(truths: Any, people: int) -> Any:
    if isinstance(truths, pl.Series):
        return truths.to_numpy()
    return packed.unpacked(truths, people)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    json.dump(_measure_here(parser.parse_args().rows), sys.stdout)
