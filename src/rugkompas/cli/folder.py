"""A folder of tables: part by part, and on with the rest after a break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from rugkompas.cli.one_person import TABLES
from rugkompas.cli.say import Say, refused
from rugkompas.cli.table import REJECTED, assessed, carried_out, progress
from rugkompas.cli.table_job import Job, Places, Wanted
from rugkompas.cli.writing import whole_file

if TYPE_CHECKING:
    import polars as pl

    from rugkompas.people.columns import Coded

RUN = "run.json"
REJECTS = "rejects"


def run(
    say: Say,
    folder: Path,
    output: Path | None,
    day: dt.date,
    wanted: Wanted,
    ignore: tuple[str, ...],
) -> int:
    """Assess every table in a folder into a folder, each into a file of the same name.

    A part with results that are newer than itself is done, so a run that broke goes on. The
    exit code: 0, or 3 when rows were rejected. Raises RefusedError when there is no table, the
    results have no place, or those of another day, knowledge or choice stand there.
    """
    parts = sorted(path for path in folder.iterdir() if path.suffix.lower() in TABLES)
    if not parts:
        raise refused("folder_empty", str(folder))
    if output is None:
        raise refused("needs_output", str(folder))
    if output.exists() and (output.is_file() or output.samefile(folder)):
        raise refused("output_same" if output.is_dir() else "output_is_file", str(output))
    _same_run(say, output, day, wanted, ignore)
    return _carried_out(say, parts, output, assessed(say, day, wanted), ignore)


def _same_run(
    say: Say, output: Path, day: dt.date, wanted: Wanted, ignore: tuple[str, ...]
) -> None:
    """Results of one folder hold for one day, one knowledge and the same choices."""
    asked = {
        "knowledge": say.knowledge.version,
        "on": day.isoformat(),
        "options": wanted.options,
        "prognosis": wanted.prognosis,
        "ignore": sorted(ignore),
    }
    note = output / RUN
    output.mkdir(parents=True, exist_ok=True)
    if note.exists():
        try:
            same = msgspec.json.decode(note.read_bytes()) == asked
        except msgspec.DecodeError:
            same = False
        if not same:
            raise refused("folder_other_run", str(output))
        return
    with whole_file(note) as stream:
        stream.write(msgspec.json.encode(asked) + b"\n")


def _carried_out(
    say: Say,
    parts: list[Path],
    output: Path,
    find: Callable[[Coded], pl.DataFrame],
    ignore: tuple[str, ...],
) -> int:
    (output / REJECTS).mkdir(exist_ok=True)
    rows, rejected, done_before = 0, 0, 0
    with progress(say) as hear:
        for place, part in enumerate(parts):
            kind = TABLES[part.suffix.lower()]
            places = Places(output / part.name, kind, output / REJECTS / f"{part.name}.jsonl")
            if _is_done(part, places.output):
                done_before += 1
                continue

            def heard(more: int, share: float | None, place: int = place, rows: int = rows) -> None:
                hear(rows + more, (place + (share or 0)) / len(parts))

            # What an earlier try left must not speak of rows that are fine now.
            places.rejects.unlink(missing_ok=True)
            more, bad = carried_out(say, Job(part, kind, None, places, ignore, find), heard)
            rows, rejected = rows + more, rejected + bad
    if done_before:
        say.error(say("folder_done_before", count=done_before, parts=len(parts)))
    say.error(say("table_written", count=rows - rejected, where=str(output)))
    with_rejects = any((output / REJECTS).iterdir())
    if rejected:
        where = str(output / REJECTS)
        say.error(say("table_rejected", count=rejected, rows=rows, where=where))
    return REJECTED if with_rejects else 0


def _is_done(part: Path, result: Path | None) -> bool:
    return (
        result is not None
        and result.exists()
        and result.stat().st_mtime_ns >= part.stat().st_mtime_ns
    )
