"""The claim checker: titles a second on one core, and the time for one.

    python bench/claims_bench.py

Every title is another one: a known title with a number, so that nothing is remembered but
words. Time is processor time of this process: other programs do not count.
"""

from __future__ import annotations

import csv
import random
import statistics
import time
from pathlib import Path

from rugkompas import load_knowledge
from rugkompas.claims.document import Reader
from rugkompas.claims.judge import Judge

DATA = Path(__file__).parents[1] / "tests" / "claims" / "data"
SEED = 20261125
ROWS = 60_000


def titles(count: int = ROWS) -> list[str]:
    """Real titles, each with a number of its own so that no two are equal."""
    known = []
    for name in ("titles_dev", "titles_found"):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            known += [row["title"] for row in csv.DictReader(stream)]
    chance = random.Random(SEED)
    return [f"{chance.choice(known)} {number % 5_000}" for number in range(count)]


def measure() -> dict[str, float]:
    """Titles a second, milliseconds for one title, and for a page of 100 sentences."""
    begin = time.process_time()
    judge = Judge(load_knowledge())
    ready = time.process_time() - begin
    begin = time.process_time()
    judge("Cure sciatica in 7 days")
    first = time.process_time() - begin
    rows = titles()
    for row in rows[:2_000]:
        judge(row)
    begin = time.process_time()
    for row in rows:
        judge(row)
    whole = time.process_time() - begin
    single = []
    for row in rows[:3_000]:
        begin = time.process_time()
        judge(row)
        single.append(time.process_time() - begin)
    page = "\n".join(rows[:100])
    reader = Reader(load_knowledge(), judge)
    reader(page)
    begin = time.process_time()
    reader(page)
    read = time.process_time() - begin
    return {
        "claims, ready, ms": ready * 1e3,
        "claims, the very first title, ms": first * 1e3,
        "claims, titles/s on one core": len(rows) / whole,
        "claims, one title, ms (median)": statistics.median(single) * 1e3,
        "claims, one title, ms (slowest of 3,000)": max(single) * 1e3,
        "claims, page of 100 sentences, ms": read * 1e3,
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:45} {value:,.3f}")
