"""A folder of NDJSON, as Bulk Data comes: after a kill it goes on, and nothing shows of it."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from breaking import ROWS, broken
from running import COMMAND, environment, run
from strategies import KNOWLEDGE
from valid import problems

from rugkompas.fhir import bulk
from rugkompas.fhir.elements import reference
from rugkompas.fhir.packed import ALWAYS, Unpacked
from rugkompas.fhir.response import response_from
from rugkompas.people import made_up
from rugkompas.people.files import FileError

PEOPLE = 120
ON = ("--on", "2026-11-25", "--lang", "en")


def lines(seed: int) -> list[bytes]:
    """Responses, each with its patient; one line is no response."""
    made = [
        json.dumps(response_from(one, KNOWLEDGE, subject=reference(f"Patient/{seed}-{n}"))).encode()
        for n, one in enumerate(made_up.people(PEOPLE, seed, KNOWLEDGE))
    ]
    made[seed] = b'{"resourceType": "Patient"}'
    return made


def written(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, also hidden ones."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three parts, one of them compressed."""
    folder = tmp_path_factory.mktemp("bulk") / "export"
    folder.mkdir()
    for name, seed in (("a", 1), ("b", 2)):
        (folder / f"{name}.ndjson").write_bytes(b"\n".join(lines(seed)))
    (folder / "c.ndjson.gz").write_bytes(gzip.compress(b"\n".join(lines(3))))
    (folder / "manifest.json").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def unbroken(export: Path) -> dict[str, bytes]:
    """What a run writes that nothing stops."""
    target = export.with_name("unbroken")
    assert run("fhir", "assess", export, "-o", target, *ON).code == 3
    return written(target)


def test_every_part_becomes_observations_with_its_rejects(unbroken: dict[str, bytes]) -> None:
    rejects = {f"rejects/{name}.ndjson" for name in ("a.ndjson", "b.ndjson", "c.ndjson.gz")}
    results = ("a.ndjson", "b.ndjson", "c.ndjson")

    assert set(unbroken) == {*results, *rejects, "run.json"}
    for seed, name in enumerate(results, start=1):
        made = [json.loads(line) for line in unbroken[name].splitlines()]
        patients = [one["subject"]["reference"] for one in made]
        assert patients == [f"Patient/{seed}-{n}" for n in range(PEOPLE) if n != seed]
        assert problems(made[0]) == []
    told = json.loads(unbroken["rejects/c.ndjson.gz.ndjson"])
    assert told["issue"][0]["diagnostics"] == "line 4"


def test_a_killed_run_goes_on_and_writes_the_same_bytes(
    export: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    target = tmp_path / "killed"
    export = shutil.copytree(export, tmp_path / "export")
    part = export / "b.ndjson"
    content = part.read_bytes()
    part.unlink()
    # A pipe in the place of the second part: the run waits there until it is killed.
    os.mkfifo(part)
    process = subprocess.Popen(
        [COMMAND, "fhir", "assess", str(export), "-o", str(target), *ON],
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    with part.open("wb", buffering=0) as pipe:
        pipe.write(b"\n".join(content.split(b"\n")[:90]))
        left = set(written(target))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    part.unlink()
    part.write_bytes(content)
    first = (target / "a.ndjson").stat().st_mtime_ns
    assert "b.ndjson" not in left
    assert "c.ndjson" not in left

    again = run("fhir", "assess", export, "-o", target, *ON)

    assert again.code == 3
    assert "1 of 3 files were done already" in again.err
    assert (target / "a.ndjson").stat().st_mtime_ns == first
    assert written(target) == unbroken


def test_it_goes_on_inside_a_part_also_a_compressed_one(
    export: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    target = tmp_path / "killed"
    # Three batches to a part, three times saved each.
    in_the_second, in_the_third = 9 + 5, 6 + 5

    for at in (in_the_second, in_the_third):
        assert broken("fhir", "assess", export, "-o", target, *ON, at=at).code == -signal.SIGKILL
    assert [path.name for path in target.glob(".*")] == [".c.ndjson.begun"]
    last = broken("fhir", "assess", export, "-o", target, *ON)

    assert last.code == 3
    assert f"Going on with {export / 'c.ndjson.gz'}. {ROWS} rows were done already." in last.err
    assert "2 of 3 files were done already" in last.err
    assert written(target) == unbroken


def test_results_of_another_language_or_day_do_not_mix(
    export: Path, unbroken: dict[str, bytes]
) -> None:
    target = export.with_name("unbroken")

    assert run("fhir", "assess", export, "-o", target, "--on", "2026-11-25").refused()
    assert run("fhir", "assess", export, "-o", target, "--on", "2026-11-24").refused()
    assert written(target) == unbroken


def test_a_folder_that_cannot_be_done_is_refused(tmp_path: Path) -> None:
    twice, empty, target = (tmp_path / name for name in ("twice", "empty", "target"))
    empty.mkdir()
    twice.mkdir()
    for name in ("c.ndjson", "c.ndjson.gz"):
        (twice / name).write_bytes(b"{}")

    assert "two files" in run("fhir", "assess", twice, "-o", target, *ON).err
    assert "no NDJSON" in run("fhir", "assess", empty, "-o", target, *ON).err
    assert not target.exists()


BROKEN: dict[str, Any] = {
    "not gzip": lambda whole: b"x" * 100,
    "broken off": lambda whole: whole[:-20],
    "another sum": lambda whole: whole[:-8] + b"\0" * 8,
    "more behind it": lambda whole: whole + b"x" * 10,
    "a bomb of one line": lambda whole: gzip.compress(b" " * (ALWAYS * 3), 9),
    "a bomb of many lines": lambda whole: gzip.compress(b"\n" * (ALWAYS * 2), 9),
}


def archive(what: str) -> bytes:
    made: bytes = BROKEN[what](gzip.compress(b"\n".join(lines(4)[:20])))
    return made


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_or_hostile_archive_is_refused(what: str) -> None:
    stream = cast(BinaryIO, Unpacked(io.BytesIO(archive(what)), "a.ndjson.gz"))

    with pytest.raises(FileError) as told:
        list(bulk.read(stream, KNOWLEDGE, "a.ndjson.gz"))

    assert told.value.problem.kind == ("packed_too_far" if "bomb" in what else "file_unreadable")


def test_a_hostile_archive_leaves_nothing(tmp_path: Path) -> None:
    file, target = tmp_path / "in.ndjson.gz", tmp_path / "out.ndjson"
    file.write_bytes(archive("a bomb of one line"))

    done = run("fhir", "assess", file, "-o", target, *ON)

    assert done.refused(), done.err
    assert "unpacks" in done.err
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
