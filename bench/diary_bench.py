"""Diaries: one after the other beside a table of the same diaries, in one run.

    python bench/diary_bench.py [--people 10000]

The ratio says what the columns are worth; absolute times say little about another machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import random
import time

import polars as pl

from rugkompas import load_knowledge
from rugkompas.assess.follow_up_table import follow_up_table
from rugkompas.assess.patterns_table import patterns_table
from rugkompas.logic.arithmetic import ForOne
from rugkompas.people.made_up_diaries import KINDS, days, rows
from rugkompas.rules.follow_up import Scores, follow_up

DAYS, ONE_BY_ONE = 90, 100


def measure(people: int = 10_000) -> dict[str, float]:
    """Courses as a table and one by one; patterns as a table, all in this process."""
    knowledge = load_knowledge()
    made = list(rows(people, seed=1, length=DAYS))
    table = pl.DataFrame(made, infer_schema_length=None)
    p = knowledge.parameters_on(max(knowledge.release.date, made[0]["day"]))

    start = time.perf_counter()
    follow_up_table(table, knowledge=knowledge)
    columns = time.perf_counter() - start

    nothing = [math.nan] * DAYS
    first = table.filter(pl.col("id") < ONE_BY_ONE).partition_by("id")
    start = time.perf_counter()
    for diary in first:
        pain, doing = list(nothing), list(nothing)
        for row in diary.iter_rows(named=True):
            at = (row["day"] - diary["day"][0]).days
            pain[at], doing[at] = float(row["pain"]), float(row["activities"])
        follow_up(Scores(pain, doing, nothing), 0.0, 1.0, p, ForOne())
    one = (time.perf_counter() - start) / len(first)

    long = with_factors(people)
    start = time.perf_counter()
    patterns_table(long)
    found = time.perf_counter() - start
    return {
        f"course, {people} diaries of {DAYS} days as a table, s": columns,
        "course, one by one / as a table": one * people / columns,
        f"patterns, {people} diaries of {DAYS} days as a table, s": found,
    }


def with_factors(people: int) -> pl.DataFrame:
    """The same kinds of people in long format, with four factors of which one is an amount."""
    start, made = dt.date(2026, 3, 1), []
    for number in range(people):
        chance = random.Random(number)
        for place, day in enumerate(days(KINDS[number % len(KINDS)], chance, DAYS - 1)):
            made.append((number, start + dt.timedelta(days=place), day.pain, day.broken_night,
                         day.lifting, day.stress, day.minutes_moved))  # fmt: skip
    names = ("id", "day", "pain", "broken_night", "lifting", "stress", "minutes_moved")
    return pl.DataFrame(made, schema=names, orient="row")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--people", type=int, default=10_000)
    for name, value in measure(parser.parse_args().people).items():
        print(f"{name:60} {value:10.2f}")


if __name__ == "__main__":
    main()
