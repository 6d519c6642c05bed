"""Prognosis: one person after the other beside a table of the same people, in one run.

    python bench/prognosis_bench.py [--rows 200000]

The ratio says what the columns are worth; absolute times say little about another machine.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from rugkompas import load_knowledge
from rugkompas.assess.prognosis_table import prognosis_coded
from rugkompas.logic.arithmetic import ForOne
from rugkompas.people import columns
from rugkompas.people.person import person
from rugkompas.rules.prognosis import prognosis


def people(rows: int, seed: int = 1) -> pl.DataFrame:
    """Made-up people with a dozen answers, one in five cells empty."""
    chance = np.random.default_rng(seed)

    def some(values: np.ndarray) -> pl.Series:
        column = pl.Series(values)
        return pl.select(pl.when(pl.Series(chance.random(rows) > 0.2)).then(column)).to_series()

    whole = {
        "pain_duration_days": 2000,
        "rmdq": 25,
        "pain_nrs": 11,
        "leg_pain_nrs": 11,
        "recovery_expectation_0_10": 11,
        "pain_days_last_year": 366,
        "previous_episodes": 12,
        "general_health_0_100": 101,
    }
    words = {
        "low_mood_2w": ["never", "sometimes", "often"],
        "sleep_trouble_2w": ["never", "sometimes", "often"],
        "start_back_class": ["low", "medium", "high"],
        "work_load": ["sitting", "sitting_walking", "light", "heavy"],
    }
    numbers = {name: some(chance.integers(0, high, rows)) for name, high in whole.items()}
    return pl.DataFrame(
        numbers | {name: some(chance.choice(values, rows)) for name, values in words.items()}
    )


def seconds(step: Callable[[], object], repeats: int) -> float:
    """The median time of a step."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        step()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def measure(rows: int = 200_000) -> dict[str, float]:
    """Microseconds per person: alone, in a table, and the ratio."""
    knowledge = load_knowledge()
    facts, book = knowledge.prognosis, knowledge.codebook
    table = people(rows)
    few = [person(row, knowledge).codes for row in table.head(200).iter_rows(named=True)]

    def alone() -> None:
        for codes in few:
            prognosis(codes, facts, book, ForOne())

    one = seconds(alone, 5) / len(few) * 1e6
    many = seconds(lambda: prognosis_coded(columns.code(table, knowledge), knowledge), 3)
    each = many / rows * 1e6
    return {"one_us": one, "table_us": each, "ratio": one / each}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Time the prognosis of one person and a table.")
    parser.add_argument("--rows", type=int, default=200_000)
    for name, value in measure(parser.parse_args().rows).items():
        print(f"{name:10} {value:10.2f}")


if __name__ == "__main__":
    main()
