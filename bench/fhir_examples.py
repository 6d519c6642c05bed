"""Every official example of R4, at every door of a running site that takes a resource.

    python bench/fhir_examples.py            53,000 calls, ten minutes and more
    python bench/fhir_examples.py --every 10

Each of the 5,305 examples goes bare, in Parameters and in a Bundle to the three operations of
the FHIR server, and in a call of a hook. All responses go into one NDJSON for
``rugkompas fhir assess``. Printed: how many answers of each status, what is an OperationOutcome
(or a problem) without a text, the slowest answer, and the most memory that a process took.
"""

from __future__ import annotations

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS / folder) for folder in ("web", "fhir", "cds")]

from official import official  # noqa: E402
from records import bundle, call  # noqa: E402
from server import COMMAND, served  # noqa: E402

FHIR = "application/fhir+json"
OPERATIONS = (
    "/fhir/Questionnaire/$populate",
    "/fhir/QuestionnaireResponse/$assess",
    "/fhir/PlanDefinition/low-back-pain/$apply",
)
HOOK = "/cds-services/back-pain-view"
MOST_SENT = 2_000_000
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs a command from a small process: one that is started from here counts our memory too."""


def calls(one: Any) -> Iterator[tuple[str, str, bytes]]:
    """(address, content type, body) of each call with one example."""
    within = {"resourceType": "Parameters", "parameter": [{"name": "a", "resource": one}]}
    for sent in (one, within, bundle(one)):
        for path in OPERATIONS:
            yield path, FHIR, json.dumps(sent).encode()
    asked = call("patient-view", conditions=[one], responses=[one])
    yield HOOK, "application/json", json.dumps(asked).encode()


def has_reason(made: Any) -> bool:
    """A refusal that says why."""
    told = [issue["details"]["text"] for issue in made.get("issue", ())]
    told += [it["text"] for it in made.get("problems", ())]
    return bool(told or made.get("detail")) and all(told)


def over_http(examples: list[Any], port: int) -> tuple[Counter[tuple[str, int]], int, float]:
    """(answers by address and status, refusals without a reason, seconds of the slowest)."""
    found: Counter[tuple[str, int]] = Counter()
    mute, slowest = 0, 0.0
    for one in examples:
        for path, media, body in calls(one):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            start = time.perf_counter()
            connection.request("POST", path, body, {"Content-Type": media})
            answer = connection.getresponse()
            content = answer.read()
            slowest = max(slowest, time.perf_counter() - start)
            connection.close()
            found[path, answer.status] += 1
            mute += answer.status >= 400 and not has_reason(json.loads(content))
    return found, mute, slowest


def as_bulk(examples: list[Any], folder: Path) -> tuple[int, float, float]:
    """(lines set apart, megabytes at most, seconds) of one NDJSON with all of them."""
    file, rejects = folder / "all.ndjson", folder / "out.rejects.ndjson"
    with file.open("w") as stream:
        stream.writelines(json.dumps(one) + "\n" for one in examples)
    command = [str(COMMAND), "fhir", "assess", str(file), "-o", str(folder / "out.ndjson")]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    seconds = time.perf_counter() - start
    return len(rejects.read_bytes().splitlines()), int(done.stdout) / 1000, seconds


def most_memory(home: str) -> float:
    """Megabytes at most, so far, of a process of the site with this home."""
    found = [0]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            ours = f"HOME={home}\0".encode() in (process / "environ").read_bytes()
            told = (process / "status").read_text() if ours else ""
        except OSError:
            continue
        found += [int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")]
    return max(found) / 1000


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--every", type=int, default=1)
    chosen = options.parse_args()
    contents = [
        content for place, (_, content) in enumerate(official()) if not place % chosen.every
    ]
    examples = [json.loads(content) for content in contents if len(content) <= MOST_SENT]
    print(f"{len(contents)} examples, {len(contents) - len(examples)} larger than a door lets in")
    with tempfile.TemporaryDirectory() as folder:
        with served(Path(folder)) as site:
            found, mute, slowest = over_http(examples, site.port)
            memory = most_memory(folder)
        for (path, status), count in sorted(found.items()):
            print(f"{count:8} {status} {path}")
        print(f"refusals without a reason {mute}, slowest answer {slowest:.2f} s")
        print(f"most memory of a process of the site: {memory:.0f} MB")
        rejects, memory, seconds = as_bulk(examples, Path(folder))
        print(f"NDJSON: {rejects} lines set apart, {memory:.0f} MB, {seconds:.0f} s")


if __name__ == "__main__":
    main()
