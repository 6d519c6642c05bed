"""Kill -9 a run over one large table again and again: the bytes at the end are those of a run
that nothing stopped.

    .venv/bin/python bench/table_kills.py [kills] [people]

For each kind of table: an unbroken run, then runs that are killed at a random moment, and one that
may end. Prints how often a run went on, and seconds.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rugkompas import load_knowledge
from rugkompas.fhir.response import response_from
from rugkompas.people import made_up
from rugkompas.people.population import as_objects, as_texts, population

COMMAND = str(Path(sys.executable).with_name("rugkompas"))
RESPONSES = 1000
"""Different responses of FHIR; they come again and again."""
KINDS = {
    "people.parquet": ("assess", "out.parquet"),
    "people.csv": ("assess", "out.csv"),
    "people.jsonl": ("assess", "out.jsonl"),
    "people.ndjson": ("fhir", "out.ndjson"),
    "people.ndjson.gz": ("fhir", "out.ndjson"),
}


def write_tables(folder: Path, count: int) -> None:
    """The tables; those that are read line by line are a quarter as long."""
    people = population(count, 7, load_knowledge())
    people.write_parquet(folder / "people.parquet", row_group_size=100_000)
    as_texts(people).write_csv(folder / "people.csv")
    as_objects(people[: count // 4]).write_ndjson(folder / "people.jsonl")
    made = made_up.people(RESPONSES, 7, load_knowledge())
    lines = b"".join(
        json.dumps(response_from(one, load_knowledge())).encode() + b"\n" for one in made
    )
    content = lines * (count // 4 // RESPONSES)
    (folder / "people.ndjson").write_bytes(content)
    (folder / "people.ndjson.gz").write_bytes(gzip.compress(content, 1))


def run(command: str, source: Path, target: Path, killed_after: float | None = None) -> bool:
    """Whether the run went on with what an earlier one left."""
    words = [COMMAND, *(["fhir", "assess"] if command == "fhir" else ["assess"])]
    options = ["-o", str(target), "--on", "2026-11-25", "--lang", "en"]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([*words, str(source), *options], stderr=said)
        if killed_after is not None:
            time.sleep(killed_after)
            process.send_signal(signal.SIGKILL)
        process.wait()
        said.seek(0)
        return "done already" in said.read()


def measure(folder: Path, name: str, kills: int, chance: random.Random) -> None:
    """One kind of table. Ends the program when a byte is another."""
    command, output = KINDS[name]
    whole, broken = folder / "whole", folder / "broken"
    for place in (whole, broken):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    begun = time.monotonic()
    run(command, folder / name, whole / output)
    unbroken = time.monotonic() - begun
    went_on = [
        run(command, folder / name, broken / output, chance.uniform(0, unbroken))
        for _ in range(kills)
    ]
    begun = time.monotonic()
    went_on.append(run(command, folder / name, broken / output))
    last = time.monotonic() - begun
    both = [{it.name: it.read_bytes() for it in place.iterdir()} for place in (whole, broken)]
    if both[0] != both[1]:
        sys.exit(f"{name}: the results differ")
    size = (folder / name).stat().st_size >> 20
    print(
        f"{name}, {size} MB: unbroken {unbroken:.1f} s; {sum(went_on)} of {kills + 1} runs went "
        f"on, the last in {last:.1f} s; the same bytes",
        flush=True,
    )


def main() -> None:
    """All kinds, with the load of the machine beside it."""
    kills, count = (int(word) for word in (*sys.argv[1:], "5", "600000")[:2])
    chance = random.Random(20261125)
    with tempfile.TemporaryDirectory() as named:
        write_tables(Path(named), count)
        for name in KINDS:
            measure(Path(named), name, kills, chance)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
