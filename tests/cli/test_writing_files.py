"""Files that are there whole or not at all, also in a folder that machines share."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from running import environment, run

from rugkompas.cli.writing import OLD, machine, sweep, whole_file

OTHER = "0123456789ab"
KILLED_WHILE_WRITING = """
import os, pathlib, signal, sys
from rugkompas.cli.writing import whole_file
with whole_file(pathlib.Path(sys.argv[1])) as stream:
    stream.write(b"half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def left(folder: Path, machine_: str, age: float = 0) -> Path:
    """A half-written file that nobody writes to any more. age: seconds since the last write."""
    file = folder / f".people.csv.{machine_}.0a1b2c3d.part"
    file.write_bytes(b"half")
    if age:
        moment = file.stat().st_mtime - age
        os.utime(file, (moment, moment))
    return file


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_WRITING, str(target)], env=environment(), check=False
    )
    (half,) = tmp_path.iterdir()
    assert (half.name.split(".")[3], half.read_bytes()) == (machine(), b"half")

    assert sweep(tmp_path) == 0

    assert list(tmp_path.iterdir()) == []


def test_what_is_being_written_stays(tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    with whole_file(target) as stream:
        stream.write(b"whole")
        assert sweep(tmp_path) == 0

    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]
    assert target.read_bytes() == b"whole"


def test_a_file_of_another_machine_stays_until_it_is_old(tmp_path: Path) -> None:
    file = left(tmp_path, OTHER, age=OLD / 2)
    assert sweep(tmp_path) == 1
    assert file.exists()

    left(tmp_path, OTHER, age=OLD * 2)
    assert sweep(tmp_path) == 0
    assert not file.exists()


def test_an_old_file_that_another_machine_still_holds_stays(tmp_path: Path) -> None:
    file = left(tmp_path, OTHER, age=OLD * 2)
    with file.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        assert sweep(tmp_path) == 1

    assert file.exists()


@pytest.mark.parametrize("name", [".people.csv.part", ".people.csv.123.part", "notes.part"])
def test_a_file_that_is_not_ours_stays(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(b"of somebody")
    os.utime(file, (0, 0))

    assert sweep(tmp_path) == 0
    assert file.exists()


def test_whoever_sweeps_takes_nothing_from_whoever_writes(tmp_path: Path) -> None:
    ended = threading.Event()

    def sweeps() -> None:
        while not ended.is_set():
            sweep(tmp_path)

    sweeper = threading.Thread(target=sweeps)
    sweeper.start()
    try:
        for number in range(300):
            with whole_file(tmp_path / f"{number}.csv") as stream:
                stream.write(b"%d" % number)
    finally:
        ended.set()
        sweeper.join()

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        f"{number}.csv": str(number) for number in range(300)
    }


def test_a_folder_tells_what_another_machine_may_be_writing(tmp_path: Path) -> None:
    people, found = tmp_path / "people", tmp_path / "found"
    people.mkdir()
    found.mkdir()
    (people / "a.csv").write_text("id,age_years\na,40\n")
    ours, others = left(found, machine()), left(found, OTHER)

    ran = run("assess", people, "-o", found, "--lang", "en")

    assert ran.code == 0
    assert "not finished yet: 1" in ran.err
    assert (ours.exists(), others.exists()) == (False, True)
