"""All benchmarks in one run, so that their ratios hold on whatever machine this is.

    python bench/run.py                    everything (a few minutes)
    python bench/run.py --only one zen     some parts
    python bench/run.py --stream-rows 5000000   a shorter stream
    python bench/run.py --json FILE        the figures for the docs

Each figure is the median of several runs. Absolute times say little about another machine;
ratios within one run do. "Per core" is per second of the processor, with one thread.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))

import cds_bench
import claims_bench
import cql_bench
import diary_bench
import engines_bench
import fhir_bench
import one_core
import options_bench
import patterns_bench
import prognosis_bench
import site_bench
import table_of_people
import tallies_bench
import zen_triage
from rugkompas import assess, load_knowledge
from rugkompas.assess import table as tables
from rugkompas.people import columns
from rugkompas.people.made_up import people

SEED = 20261125
COMMAND = str(Path(sys.executable).parent / "rugkompas")
Figures = dict[str, float]


def median_seconds(run: Callable[[], Any], times: int, *, core: bool = False) -> float:
    """The median of several runs, after one that does not count. core: seconds of the processor,
    of all threads together, instead of those on the wall."""
    clock = time.process_time if core else time.perf_counter
    run()
    found = []
    for _ in range(times):
        start = clock()
        run()
        found.append(clock() - start)
    return statistics.median(found)


def one() -> Figures:
    """One person, full assessment with reasons and safety net, in process."""
    knowledge = load_knowledge()
    found = []
    for answers in people(300, SEED, knowledge):
        found.append(median_seconds(lambda a=answers: assess(a, knowledge=knowledge), 3))  # type: ignore[misc]
    return {"one person, ms (median)": statistics.median(found) * 1e3}


def start() -> Figures:
    """A new process: import, and the command line on a file."""
    knowledge = load_knowledge()
    with tempfile.TemporaryDirectory() as folder:
        person = Path(folder) / "person.json"
        person.write_text(json.dumps(next(people(1, SEED, knowledge))), "utf-8")
        rugkompas = [COMMAND]
        cold = {
            "import rugkompas, s": [sys.executable, "-c", "import rugkompas"],
            "rugkompas --version, s": [*rugkompas, "--version"],
            "rugkompas assess FILE, s": [*rugkompas, "assess", str(person)],
        }
        return {
            name: median_seconds(lambda c=command: subprocess.run(c, stdout=-3, check=True), 7)  # type: ignore[misc]
            for name, command in cold.items()
        }


def table(rows: int = 2_000_000) -> Figures:
    """A table in memory with every output column."""
    knowledge = load_knowledge()
    frame = table_of_people.table(rows, SEED, knowledge)
    texts = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    coded = columns.code(frame, knowledge)
    whole = median_seconds(lambda: tables.assess_table(frame, knowledge=knowledge), 5)
    text = median_seconds(lambda: tables.assess_table(texts, knowledge=knowledge), 3)
    rules = median_seconds(lambda: tables.assess_coded(coded, knowledge=knowledge), 5)
    few = frame.head(rows // 10)
    fits = median_seconds(
        lambda: tables.assess_table(few, knowledge=knowledge, with_options=True), 3
    )
    return {
        "table, words as Enum, people/s": rows / whole,
        "table, words as text, people/s": rows / text,
        "table, from codes, people/s": rows / rules,
        "table, with options, people/s": few.height / fits,
    }


MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs a command from a small process: one that is started from here counts our memory too."""


def stream(rows: int) -> Figures:
    """Parquet in, Parquet out, through the command line; memory of that process."""
    knowledge = load_knowledge()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "people.parquet", Path(folder) / "result.parquet"
        table_of_people.write_parquet(source, rows, SEED, knowledge)
        command = [COMMAND, "assess", str(source), "-o", str(target), "--no-options"]
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *command], check=True, stdout=subprocess.PIPE
        )
        took = time.perf_counter() - begin
        written = pl.scan_parquet(target).select(pl.len()).collect().item()
        assert written == rows, f"{written} of {rows} rows came out"
    return {
        "stream, rows": rows,
        "stream, people/s": rows / took,
        "stream, peak memory, MB": int(done.stdout) / 1024,
    }


@functools.cache
def per_core() -> Mapping[str, float]:
    """People a second of the triage table on one core: ours, and by hand."""
    return one_core.measure()


def limit() -> Figures:
    """The triage table per core: ours, beside the same by hand, as fast as one knows how."""
    ours, *by_hand = one_core.NAMES
    figures = {f"{name}, triage table, people/s per core": per_core()[name] for name in per_core()}
    return figures | {f"ours / {name}": per_core()[ours] / per_core()[name] for name in by_hand}


def zen() -> Figures:
    """The triage table per core: ours on columns, the ZEN engine per person."""
    group = list(people(2_000, SEED, load_knowledge()))
    prepared = [zen_triage.prepare(answers) for answers in group]
    found = {}
    for name, decide in (
        ("zen, fastest way", zen_triage.make()),
        ("zen, create_decision", zen_triage.make_by_decision()),
    ):
        zen_triage.check(decide, group)
        seconds = median_seconds(lambda d=decide: [d(one) for one in prepared], 3, core=True)  # type: ignore[misc]
        found[name] = len(group) / seconds
    return beside_ours(found)


def cql() -> Figures:
    """The triage table per core: ours on columns, cql-execution per person."""
    knowledge = load_knowledge()
    try:
        found = cql_bench.measure(people(cql_bench.PEOPLE, SEED, knowledge), knowledge)
    except cql_bench.NotThere as why:
        sys.stderr.write(f"{why}. Not compared with CQL.\n")
        return {}
    return beside_ours(found)


def beside_ours(found: Mapping[str, float]) -> Figures:
    """People a second of others, and how many times as many ours does."""
    ours = per_core()[one_core.NAMES[0]]
    figures = {f"{name}, people/s per core": value for name, value in found.items()}
    return figures | {f"ours / {name}": ours / value for name, value in found.items()}


def options() -> Figures:
    """All feasible sets of options for one person, beside a general solver."""
    found = options_bench.measure()
    return {
        "options, ms (median)": found["rugkompas_ms"],
        "options, ms (slowest)": found["rugkompas_slowest_ms"],
        "options, the front alone by CP-SAT, ms (median)": found["cp_sat_ms"],
    }


def claims() -> Figures:
    """Titles and a page through the claim checker."""
    return claims_bench.measure()


def patterns() -> Figures:
    """Personal patterns of one diary and of ten thousand; beside a sampler where there is one."""
    return patterns_bench.one() | patterns_bench.many() | patterns_bench.beside_pymc()


def prognosis() -> Figures:
    """The prognosis of one person, and of each in a table."""
    found = prognosis_bench.measure()
    return {
        "prognosis, one person, µs": found["one_us"],
        "prognosis, in a table, µs a person": found["table_us"],
        "prognosis, one by one / in a table": found["ratio"],
    }


def fhir() -> Figures:
    """Bulk Data: responses in, a table or observations out; beside one person at a time."""
    found = fhir_bench.measure()
    return {
        "fhir, NDJSON in, a table out, people/s": found["table_wall"],
        "fhir, NDJSON in and out, people/s": found["fhir_wall"],
        "fhir, NDJSON in and out, people/s of processor time": found["fhir_cpu"],
        "fhir, in bulk / one by one": found["ratio"],
    }


PARTS: dict[str, Callable[[], Figures]] = {
    "one": one,
    "start": start,
    "table": table,
    "limit": limit,
    "zen": zen,
    "cql": cql,
    "options": options,
    "site": site_bench.site,
    "api": site_bench.api,
    "cds": cds_bench.measure,
    "cds_site": site_bench.cds,
    "cds_signed": site_bench.signed,
    "tallies": tallies_bench.measure,
    "fhir": fhir,
    "engines": engines_bench.measure,
    "claims": claims,
    "patterns": patterns,
    "diary": diary_bench.measure,
    "prognosis": prognosis,
}


def main() -> None:
    """Run the parts and print their figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", nargs="+", choices=[*PARTS, "stream"])
    parser.add_argument("--stream-rows", type=int, default=50_000_000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    parts = {**PARTS, "stream": lambda: stream(chosen.stream_rows)}
    console = Console()
    figures: Figures = {}
    for name in chosen.only or parts:
        with console.status(f"{name} ..."):
            figures |= parts[name]()
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    shown = Table("figure", "value", title=f"{os.cpu_count()} processors, load {load}")
    for name, value in figures.items():
        shown.add_row(name, f"{value:,.0f}" if value >= 100 else f"{value:.3g}")
    console.print(shown)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
