"""The triage table in CQL: the same rules as a library in ELM, run by cql-execution.

The engine gets the fastest way that it offers. Library, executor, patients and the moment of
execution are made before the clock starts, a first run that does not count warms the compiler,
and one call runs the whole group. A patient answers with plain properties. Each term is computed
once per person, a row is a definition that the call gives back, so there is no list to build.
From version 3 on every step of the engine waits for a promise, which makes it several times
slower than 2.4.6, the last one before: both are measured.

Seconds are those of the processor, of all threads of Node together, so other work on the machine
hardly counts. The packages are those of ``bench/cql/package-lock.json``, and nothing else is
fetched; they go to ``build/cql``.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import elm_triage
from rugkompas.assess import assess
from rugkompas.catalogue import Knowledge

HERE = Path(__file__).parent / "cql"
PLACE = Path(__file__).parents[1] / "build" / "cql"
LOCK = "package-lock.json"
INSTALLED = PLACE / "node_modules" / "of-this-lock.json"
WAYS = {"cql-execution 3.3.2": "cql-execution", "cql-execution 2.4.6": "cql-execution-2"}
"""Version -> the name under which the package is there."""
PEOPLE = 2_000
RUNS = 3


class NotThere(Exception):
    """Node, npm or the packages are not there; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """people_a_second: per core, the median. results: per person the name of each definition
    and its value."""

    people_a_second: float
    results: list[dict[str, Any]]


def measure(people: Iterable[Mapping[str, Any]], knowledge: Knowledge) -> dict[str, float]:
    """People a second per core, by way.

    Raises NotThere, and AssertionError when a row or a tier differs from ours.
    """
    install()
    group = list(people)
    figures = {}
    for name, package in WAYS.items():
        done = run(group, knowledge, package=package)
        check(group, done.results, knowledge)
        figures[name] = done.people_a_second
    return figures


def lacking() -> str | None:
    """What is not there, in words; None when all of it is."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            return f"{program} is not there: install Node 20 or newer"
    lock = (HERE / LOCK).read_bytes()
    if not INSTALLED.exists() or INSTALLED.read_bytes() != lock:
        return "the packages of bench/cql are not there"
    return None


def install() -> None:
    """Put the packages of the lock file in ``build/cql``. Raises NotThere."""
    if shutil.which("npm") is not None and lacking() is not None:
        PLACE.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", LOCK):
            shutil.copy(HERE / name, PLACE)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(command, cwd=PLACE, stdout=subprocess.DEVNULL).returncode == 0:
            shutil.copy(HERE / LOCK, INSTALLED)
    if (why := lacking()) is not None:
        raise NotThere(why)


def run(
    people: Iterable[Mapping[str, Any]],
    knowledge: Knowledge,
    *,
    package: str = "cql-execution",
    runs: int = RUNS,
) -> Run:
    """The library over people, after ``install``. Raises BadAnswers, CalledProcessError."""
    prepared = [elm_triage.prepare(answers) for answers in people]
    asked = {"library": elm_triage.library(knowledge), "people": prepared, "runs": runs}
    found = subprocess.run(
        ["node", str(HERE / "run.cjs"), package],
        input=json.dumps(asked),
        env={**os.environ, "NODE_PATH": str(PLACE / "node_modules")},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    done = json.loads(found.stdout)
    return Run(len(prepared) / statistics.median(done["seconds"]), done["results"])


def fired(result: Mapping[str, Any], knowledge: Knowledge) -> set[str]:
    """Ids of the rows that are true, C00 when none is."""
    return {id_ for id_ in knowledge.red_flags if result.get(id_) is True} or {
        elm_triage.NO_OTHER_ROW
    }


def check(
    people: Iterable[Mapping[str, Any]], results: list[dict[str, Any]], knowledge: Knowledge
) -> None:
    """Raises AssertionError where a row or the tier is not the one that we give."""
    for place, (answers, result) in enumerate(zip(people, results, strict=True)):
        ours = assess(answers, knowledge=knowledge).triage
        assert fired(result, knowledge) == {row.id for row in ours.rules}, f"rows of {place}"
        assert result[elm_triage.TIER] == ours.urgency, f"tier of {place}"
