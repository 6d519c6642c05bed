"""FHIR Bulk Data: NDJSON of responses in, a table or NDJSON of observations out.

    python bench/fhir_bench.py [--people 50000]
    python bench/fhir_bench.py --rules 20      the PlanDefinition beside the rules, no speed

Made-up people with some 57 answers each, as ``response_from`` writes them (8 kB a person). The
same people are also read one by one with ``answers_from`` and ``assess``, in the same run: the
ratio says what the quick way is worth. CPU seconds count all threads; the wall time is that of
whatever else the machine does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import time
from collections.abc import Callable

import msgspec

from rugkompas import assess, load_knowledge
from rugkompas.assess.table import assess_coded
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import bulk
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.bulk_out import ObservationWriter
from rugkompas.fhir.guideline import plan_definition
from rugkompas.fhir.response import response_from
from rugkompas.people import made_up

DAY = dt.date(2026, 11, 25)
ONE_BY_ONE = 300


def responses(count: int, knowledge: Knowledge) -> list[bytes]:
    """That many lines; 2,000 people over and over, each time under another id."""
    made = [response_from(one, knowledge) for one in made_up.people(2000, 1, knowledge)]
    return [
        msgspec.json.encode({**made[number % len(made)], "id": f"r{number}"})
        for number in range(count)
    ]


class _Count(io.RawIOBase):
    """Takes what is written and keeps how much it was."""

    size = 0

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.size += len(content)
        return len(content)


def to_table(lines: list[bytes], knowledge: Knowledge) -> int:
    """People whose triage, course and factors were found."""
    stream = io.BytesIO(b"\n".join(lines))
    return sum(
        assess_coded(batch.coded, on=DAY, knowledge=knowledge).results.height
        for batch in bulk.read(stream, knowledge, "bench")
    )


def to_fhir(lines: list[bytes], knowledge: Knowledge) -> int:
    """The same, written as observations."""
    subjects: list[str] = []
    out = _Count()
    writer = ObservationWriter(out, subjects, knowledge, DAY, "nl")  # type: ignore[arg-type]
    people = 0
    for batch in bulk.read(io.BytesIO(b"\n".join(lines)), knowledge, "bench", subjects):
        found = assess_coded(batch.coded, on=DAY, knowledge=knowledge).results
        writer.write(found)
        people += found.height
    return people


def one_by_one(lines: list[bytes], knowledge: Knowledge) -> int:
    """The careful way, with an assessment of each person."""
    for line in lines:
        assess(answers_from(json.loads(line), knowledge).answers, on=DAY, knowledge=knowledge)
    return len(lines)


def timed(step: Callable[[], int]) -> tuple[float, float]:
    """People a second of wall time, and of CPU time."""
    wall, cpu = time.perf_counter(), time.process_time()
    people = step()
    return people / (time.perf_counter() - wall), people / (time.process_time() - cpu)


def measure(people: int = 50_000) -> dict[str, float]:
    """People a second, each way."""
    knowledge = load_knowledge()
    lines = responses(people, knowledge)
    to_fhir(lines[:1000], knowledge)
    found = {"bytes_each": sum(map(len, lines)) / len(lines)}
    for name, step, some in (
        ("table", to_table, lines),
        ("fhir", to_fhir, lines),
        ("one_by_one", one_by_one, lines[:ONE_BY_ONE]),
    ):
        found[f"{name}_wall"], found[f"{name}_cpu"] = timed(lambda: step(some, knowledge))  # noqa: B023
    found["ratio"] = found["fhir_cpu"] / found["one_by_one_cpu"]
    return found


def rules(people: int) -> int:
    """How many (person, rule) pairs the conditions of the PlanDefinition decide otherwise than
    our rules; with all rules, also the long ones."""
    import fhirpathpy
    from fhirpathpy.models import models

    knowledge = load_knowledge()
    conditions = {
        action["id"]: fhirpathpy.compile(
            action["condition"][0]["expression"]["expression"], models["r4"]
        )
        for action in plan_definition(knowledge, on=DAY)["action"]
    }
    wrong = 0
    for answers in made_up.people(people, 21, knowledge):
        fired = {row.id for row in assess(answers, on=DAY, knowledge=knowledge).triage.rules}
        response = response_from(answers, knowledge)
        for id_, holds in conditions.items():
            wrong += holds(response, {"resource": response}) != [id_ in fired]
    return wrong


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=50_000)
    options.add_argument("--rules", type=int, default=0)
    chosen = options.parse_args()
    if chosen.rules:
        print(f"{chosen.rules} people, pairs that differ: {rules(chosen.rules)}")
        return
    for name, value in measure(chosen.people).items():
        print(f"{name:>16} {value:12,.1f}")


if __name__ == "__main__":
    main()
