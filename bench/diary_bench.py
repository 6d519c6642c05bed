"""Diaries: one after the other beside a table of the same diaries, in one run.

    python bench/diary_bench.py [--people 10000]

The ratio says what the columns are worth; absolute times say little about another machine.
"""

from __future__ import annotations

import argparse
import math
import time

import polars as pl

from rugkompas import load_knowledge
from rugkompas.assess.follow_up_table import follow_up_table
from rugkompas.logic.arithmetic import ForOne
from rugkompas.people.made_up_diaries import rows
from rugkompas.rules.follow_up import Scores, follow_up

DAYS, ONE_BY_ONE = 90, 100


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    people = parser.parse_args().people
    knowledge = load_knowledge()
    made = list(rows(people, seed=1, length=DAYS))
    table = pl.DataFrame(made, infer_schema_length=None)
    p = knowledge.parameters_on(max(knowledge.release.date, made[0]["day"]))

    start = time.perf_counter()
    found = follow_up_table(table, knowledge=knowledge)
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

    print(f"{people} diaries of {DAYS} days, {table.height} rows")
    print(f"as a table   {columns:8.2f} s   {columns / people * 1e6:9.0f} µs a diary")
    print(f"one by one   {one * people:8.2f} s   {one * 1e6:9.0f} µs a diary")
    print(f"ratio        {one * people / columns:8.1f}")
    print(found.results.group_by("week_3").len().sort("week_3"))


if __name__ == "__main__":
    main()
