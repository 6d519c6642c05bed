"""Measures what one core does, and writes docs/how-to/plan-for-many.md from it.

    python scripts/capacity.py            measure (about a minute), write figures and page
    python scripts/capacity.py --page     write the page anew from the figures that are there
    python scripts/capacity.py --check    write nothing; exit 1 when page and figures differ
    python scripts/capacity.py --json FILE --rows 20000    measure, write the figures there only

Time is processor time, so other work on the machine changes it little. Each measurement is its
own process with one thread, on people of the made-up population.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from pathlib import Path

from rugkompas.catalogue import Knowledge, load
from rugkompas.people.population import population

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "how-to" / "plan-for-many.md"
FIGURES = ROOT / "docs" / "how-to" / "plan-for-many.json"
COMMAND = str(Path(sys.executable).parent / "rugkompas")
SEED = 20261125
Figures = dict[str, float]

PLACES = (("a practice", 10_000), ("an insurer", 3_000_000), ("a country", 18_000_000))
"""Who plans, and a round number of people."""
SHARE_OF_CORE = 0.7
"""What is left of a core beside other work, and when many share a memory."""
REQUESTS = 60
"""Pages and answers of one visit, from the first question to the plan."""
BUSY_HOUR = 1 / 500
"""The part of a year's visits that comes in its busiest hour."""
FULL = 0.5
"""A server that is busier than this makes people wait when many come at once."""


def spent(command: list[str], who: dict[str, str]) -> tuple[float, float]:
    """(seconds of processor time, most memory in MB) of a command with one thread."""
    tell = (
        "import resource, subprocess, sys; "
        "subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", tell, *command], env=who, check=True, capture_output=True, text=True
    )
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def tables(rows: int, knowledge: Knowledge) -> Figures:
    """A table through the command line. The start is taken away by a second, small table."""
    alone = {**os.environ, "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "people.parquet", Path(folder) / "result.parquet"
        few = Path(folder) / "few.parquet"
        population(rows, SEED, knowledge).write_parquet(source)
        population(rows // 20, SEED, knowledge).write_parquet(few)
        for name, extra in (("urgency", ["--no-options"]), ("options", [])):
            small, _ = spent([COMMAND, "assess", str(few), "-o", str(target), *extra], alone)
            large, memory = spent(
                [COMMAND, "assess", str(source), "-o", str(target), *extra], alone
            )
            per_second = (rows - rows // 20) / max(large - small, 1e-9)
            figures[f"{name}, people a second"] = per_second
            figures[f"{name}, memory in MB"] = memory
            figures[f"{name}, bytes a result"] = target.stat().st_size / rows
        figures["bytes a person"] = source.stat().st_size / rows
    return figures


def per_call(run: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time of one call, after one that does not count."""
    run()
    begin = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - begin) * 1000 / times


def one_by_one(times: int, knowledge: Knowledge) -> Figures:
    """One person in process, and one page of the site without a network around it."""
    from rugkompas import assess
    from rugkompas.web.serving import set_up

    person = json.loads((ROOT / "docs" / "examples" / "desk.json").read_text("utf-8"))
    figures = {"one person, ms": per_call(lambda: assess(person, knowledge=knowledge), times)}
    os.environ["RUGKOMPAS_TRIAL"] = "1"
    os.environ["RUGKOMPAS_REQUESTS_A_MINUTE"] = "1000000"
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        # The log of requests is written, for it costs time too, but nobody reads it here.
        set_up()
        from django.test import Client

        visitor = Client(headers={"host": "localhost"})

        def shown() -> None:
            if visitor.get("/vragen/1/").status_code != 200:
                raise RuntimeError("the page of questions does not come")

        return figures | {"a page of the site, ms": per_call(shown, times)}


def measure(rows: int, times: int) -> Figures:
    """All figures of this machine."""
    knowledge = load()
    figures = {"rows": rows, **tables(rows, knowledge), **one_by_one(times, knowledge)}
    version = sys.version_info
    return figures | {"python": float(f"{version.major}.{version.minor}")}


def known_share(knowledge: Knowledge) -> float:
    """People known to their general practitioner with neck or back complaints in a year (0-1)."""
    rows = knowledge.burden_figures["rates_nl"].rows
    latest = [row.value for row in rows if row.year == 2018 and row.value is not None]
    return sum(latest) / len(latest) / 1000


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    cells = [list(head), *map(list, rows)]
    cells.insert(1, ["---"] * len(cells[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def rounded(value: float) -> str:
    """Two figures that count; more would promise too much."""
    if value >= 100:
        digits = len(str(int(value))) - 2
        return f"{round(value, -digits):,.0f}"
    return f"{value:.2g}"


def lasts(seconds: float) -> str:
    """A time in words."""
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{rounded(seconds / size)} {unit}"
    return "a second or less" if seconds < 1 else f"{rounded(seconds)} seconds"


def page(figures: Figures, knowledge: Knowledge) -> str:
    """The whole page, from figures alone."""
    measured = [
        ("urgency, course and factors, from a table", "urgency"),
        ("the same with all options", "options"),
    ]
    speeds = [
        (
            label,
            rounded(figures[f"{name}, people a second"]),
            rounded(figures[f"{name}, memory in MB"]),
            rounded(figures[f"{name}, bytes a result"]),
        )
        for label, name in measured
    ]
    share = known_share(knowledge)
    planned = []
    for label, people in PLACES:
        nightly = [
            lasts(people / (figures[f"{name}, people a second"] * SHARE_OF_CORE))
            for _, name in measured
        ]
        disk = people * (figures["bytes a person"] + figures["options, bytes a result"]) / 1e9
        visits = people * share
        a_second = visits * BUSY_HOUR * REQUESTS / 3600
        cores = a_second * figures["a page of the site, ms"] / 1000 / FULL
        planned.append(
            (
                f"{label}, {people:,} people",
                *nightly,
                f"{rounded(disk)} GB" if disk >= 0.01 else "less than 0.01 GB",
                rounded(visits),
                rounded(a_second),
                "1" if cores <= 1 else f"{int(cores) + 1}",
            )
        )
    return "\n".join(
        (
            "<!-- Made by scripts/capacity.py: change the script or measure anew. -->\n",
            "# Plan for many\n",
            "How much one core does, and what that means for a practice, an "
            "insurer and a country.\n"
            "The figures are of one machine; measure your own with `python scripts/capacity.py`.\n",
            "## Measured, for one core\n",
            f"{figures['rows']:,.0f} people of the [made-up population]"
            "(../reference/population.md), Parquet in and out through\n`rugkompas assess`, one "
            f"thread, Python {figures['python']:g}. Seconds are processor time, "
            "without the start.\n",
            table(("what", "people a second", "memory, MB", "bytes a result"), speeds),
            f"One person alone, in process: {rounded(figures['one person, ms'])} ms. A page of "
            f"questions of the site, without\nnetwork and HTTPS: "
            f"{rounded(figures['a page of the site, ms'])} ms. A person's answers: "
            f"{rounded(figures['bytes a person'])} bytes in Parquet.\n",
            "## Planned from it\n",
            table(
                (
                    "who",
                    "a night, urgency, on 1 core",
                    "with options, on 1 core",
                    "answers and results",
                    "visits a year",
                    "requests a second, busiest hour",
                    "cores for the site",
                ),
                planned,
            ),
            "## What it assumes\n",
            "These hold on any machine. Put your own in `scripts/capacity.py` when they differ.\n",
            "- Each person has a row, also who has no complaints now: the most "
            "that a night can ask.\n"
            f"- {SHARE_OF_CORE:.0%} of a core is there for it. Cores add up, because people do not "
            "depend on each other:\n  two cores take half the time. Give each its own part of the "
            "table ([how](assess-a-table.md)).\n"
            f"- Visits: {share:.0%} of the people once a year, as many as were "
            "known to their general "
            "practitioner\n  with neck or back complaints in 2018 "
            "([source](../reference/burden.md#rates_nl)). Nobody measured how many\n"
            "  of them would use such a site; fewer is likely.\n"
            f"- A visit takes {REQUESTS} requests. 1 in {1 / BUSY_HOUR:.0f} of the "
            "visits of a year "
            "comes in its busiest hour. Both are\n  round guesses: an outage elsewhere or the news "
            "can bring many times more.\n"
            f"- A core of the site is at most {FULL:.0%} busy. Every request costs "
            "as much as a page of "
            "questions;\n  options, plan and PDF cost more, styles and pictures less.\n"
            "- Numbers of people are round. Made-up people answer everything; real "
            "tables hold less, "
            "and go faster.\n"
            "- Not in it: reading from a slow disk or network, HTTPS, the copies, "
            "and people who look "
            "after it.\n",
            f"A country with all options takes one core {planned[-1][2]}. A cluster of Spark is "
            "there for tables that\nalready live in one ([how](assess-a-table.md)).\n",
        )
    )


def main() -> int:
    """Measure, or take the figures that are there; write figures and page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--page", action="store_true", help="do not measure")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--json", type=Path, help="write the figures here and no page")
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--times", type=int, default=200)
    chosen = parser.parse_args()
    if not (chosen.page or chosen.check):
        figures = json.dumps(measure(chosen.rows, chosen.times), indent=2) + "\n"
        (chosen.json or FIGURES).write_text(figures, "utf-8")
        if chosen.json:
            return 0
    text = page(json.loads(FIGURES.read_text("utf-8")), load())
    if chosen.check:
        same = PAGE.read_text("utf-8") == text
        print("" if same else "plan-for-many.md is not made from plan-for-many.json", end="")
        return 0 if same else 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
