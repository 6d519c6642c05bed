"""A run over one large table that is broken off goes on where it was, and nothing shows of it."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from breaking import ROWS, broken
from running import Ran, run

from rugkompas import load_knowledge
from rugkompas.people.population import as_objects, as_texts, population

PEOPLE = 6 * ROWS
ON = ("--on", "2026-11-25", "--lang", "en")
KILLED = -signal.SIGKILL


def _csv(people: pl.DataFrame, file: Path) -> None:
    rows = as_texts(people).write_csv().splitlines(keepends=True)
    rows[50] = rows[50].replace("\n", ",too,wide\n")
    file.write_text("".join(rows), "utf-8")


def _jsonl(people: pl.DataFrame, file: Path) -> None:
    rows = as_objects(people).write_ndjson().splitlines(keepends=True)
    rows[50:50] = ["[]\n", "\n"]
    file.write_text("".join(rows), "utf-8")


def _parquet(people: pl.DataFrame, file: Path) -> None:
    # Groups of rows that end elsewhere than batches do, and one person who cannot be.
    ages = pl.when(pl.int_range(pl.len()) == 50).then(pl.lit(400)).otherwise("age_years")
    people.with_columns(ages.alias("age_years")).write_parquet(file, row_group_size=ROWS - 7)


WRITE: dict[str, Callable[[pl.DataFrame, Path], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same people as CSV, JSON Lines and Parquet; in each one row is of no use."""
    folder = tmp_path_factory.mktemp("tables")
    people = population(PEOPLE, 7, load_knowledge())
    for ending, write in WRITE.items():
        write(people, folder / f"people.{ending}")
    return folder


def assess(source: Path, target: Path, *more: str, at: int = 0) -> Ran:
    return broken("assess", source, "-o", target, *ON, *more, at=at)


def written(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, also hidden ones."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("kind", "ending", "kills"),
    [
        # At every step of a batch, in one batch after another, and when the last is just done.
        ("jsonl", "jsonl", (1, 2, 3, 8)),
        ("csv", "csv", (2, 5)),
        ("parquet", "parquet", (4, 15)),
    ],
)
def test_killed_again_and_again_it_writes_the_bytes_of_a_run_that_was_not(
    kind: str, ending: str, kills: tuple[int, ...], tables: Path, tmp_path: Path
) -> None:
    source = tables / f"people.{kind}"
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"
    whole.mkdir()
    pieces.mkdir()
    unbroken = assess(source, whole / f"out.{ending}")

    for at in kills:
        assert assess(source, pieces / f"out.{ending}", at=at).code == KILLED
        assert [path.name for path in pieces.iterdir()] == [f".out.{ending}.begun"]
    last = assess(source, pieces / f"out.{ending}")

    assert unbroken.code == last.code == 3
    assert "rows were done already" in last.err
    assert last.err.splitlines()[1:] == [
        line.replace(str(whole), str(pieces)) for line in unbroken.err.splitlines()
    ]
    assert written(pieces) == written(whole)
    assert len(written(whole)) == 2


def test_what_is_kept_while_it_is_made_ends_as_what_is_written_at_once(
    tables: Path, tmp_path: Path
) -> None:
    # A pipe cannot be read again, so its results go straight into the file.
    pipe, straight, kept = (tmp_path / name for name in ("p.jsonl", "a.parquet", "b.parquet"))
    source = tables / "people.jsonl"
    os.mkfifo(pipe)
    writes = threading.Thread(target=pipe.write_bytes, args=(source.read_bytes(),))
    writes.start()

    assert assess(pipe, straight).code == assess(source, kept).code == 3

    writes.join()
    assert straight.read_bytes() == kept.read_bytes()


def test_it_goes_on_with_nothing_that_rests_on_something_else(tables: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "people.jsonl", tmp_path / "out.jsonl"
    content = (tables / "people.jsonl").read_bytes()
    source.write_bytes(content)

    assert assess(source, target, at=4).err == ""
    assert "everything starts over" in assess(source, target, "--on", "2026-11-24", at=4).err
    assert "gaat opnieuw" in assess(source, target, "--lang", "nl", at=4).err
    source.write_bytes(content.replace(b'"age_years":', b'"age_months":', 1))
    assert "gaat opnieuw" in assess(source, target, "--lang", "nl", at=4).err
    last = assess(source, target, "--no-options", "--lang", "nl")

    assert "gaat opnieuw" in last.err
    results = target.read_text("utf-8").splitlines()
    assert len(results) == PEOPLE - 1
    assert not any("options_offered" in line for line in results)


def test_what_the_disk_lost_is_made_again(tables: Path, tmp_path: Path) -> None:
    source, target = tables / "people.csv", tmp_path / "out.csv"
    kept = tmp_path / ".out.csv.begun"
    assert assess(source, tmp_path / "whole.csv").code == 3

    assert assess(source, target, at=6).code == KILLED
    os.truncate(kept / "results", (kept / "results").stat().st_size - 1)
    assert assess(source, target, at=6).err == ""
    os.truncate(kept / "journal", (kept / "journal").stat().st_size - 3)
    with (kept / "journal").open("ab") as journal:
        journal.write(b"?]\n")
    again = assess(source, target)

    assert "done already" not in again.err
    assert target.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert not kept.exists()


def test_stopped_by_hand_it_says_how_to_go_on(tables: Path, tmp_path: Path) -> None:
    source, target = tables / "people.jsonl", tmp_path / "out.jsonl"

    stopped = broken("assess", source, "-o", target, *ON, at=5, by=signal.SIGINT)

    assert stopped.code == 130
    assert str(tmp_path / ".out.jsonl.begun") in stopped.err
    assert f"{ROWS} rows were done already" in assess(source, target).err


def test_two_at_once_do_not_write_in_one_place(tables: Path, tmp_path: Path) -> None:
    kept = tmp_path / ".out.jsonl.begun"
    kept.mkdir()
    (kept / "journal").write_bytes(b"of somebody else\n")
    with (kept / "journal").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        ran = run("assess", tables / "people.jsonl", "-o", tmp_path / "out.jsonl", *ON)

    assert ran.code == 3
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == PEOPLE
    assert [path.name for path in kept.iterdir()] == ["journal"]
    assert (kept / "journal").read_bytes() == b"of somebody else\n"


def test_rejects_without_a_place_are_told_before_anything_is_read(
    tables: Path, tmp_path: Path
) -> None:
    target, nowhere = tmp_path / "out.csv", tmp_path / "no" / "rejects.jsonl"

    assert run("assess", tables / "people.csv", "-o", target, "--rejects", nowhere).refused()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_on_inside_a_part(tables: Path, tmp_path: Path) -> None:
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"
    assert broken("assess", tables, "-o", whole, *ON).code == 3
    first = PEOPLE // ROWS

    assert broken("assess", tables, "-o", pieces, *ON, at=3 * first + 40).code == KILLED
    assert (pieces / "people.csv").exists()
    last = broken("assess", tables, "-o", pieces, *ON)

    assert "rows were done already" in last.err
    assert "files were done already" in last.err
    assert written(pieces) == written(whole)
