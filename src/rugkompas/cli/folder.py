"""A folder of files: part by part, and on with the rest after a break.

Parts may stand in folders named ``name=value``, as engines write them; the results stand likewise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from rugkompas.cli.begun import forget
from rugkompas.cli.one_person import TABLES
from rugkompas.cli.say import Say, refused
from rugkompas.cli.table import REJECTED, assessed, carried_out, progress
from rugkompas.cli.table_job import Job, Places, Wanted, asked
from rugkompas.cli.writing import sweep, whole_file
from rugkompas.people.columns import ID

RUN = "run.json"
REJECTS = "rejects"
PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class Parts:
    """What to do with each file. kinds: ending of a part -> format of its results. asked: what
    results must share to stand in one folder. job: a part and its places -> the work. empty:
    what is wrong when no file has such an ending. rejects: ending of the files about rows that
    could not be used."""

    kinds: Mapping[str, str]
    asked: Mapping[str, Any]
    job: Callable[[Path, Places], Job]
    empty: str = "folder_empty"
    rejects: str = ".jsonl"

    def kind(self, part: Path) -> str | None:
        """The format of the results of a part; None for a file that is none."""
        name = part.name.lower()
        return next((kind for end, kind in self.kinds.items() if name.endswith(end)), None)


def tables(say: Say, day: dt.date, wanted: Wanted, ignore: tuple[str, ...]) -> Parts:
    """The parts are tables; each becomes a table of the same kind."""
    find = assessed(say, day, wanted)
    choices = asked(say, day, wanted, ignore)

    def job(part: Path, places: Places) -> Job:
        return Job(
            part, places.written, None, places, ignore, find, asked=choices, may_be_empty=True
        )

    return Parts(TABLES, choices, job)


def run(say: Say, folder: Path, output: Path | None, parts: Parts) -> int:
    """Assess every part in a folder into a folder, each into a file of the same name.

    A part with results that are newer than itself is done, so a run that broke goes on, also
    inside a part; its results are those of a run that did not. The exit code: 0, or 3 when rows
    were rejected. Raises RefusedError when there is no part, the results have no place, or those
    of another day, knowledge or choice stand there.
    """
    found = parts_in(folder, lambda path: parts.kind(path) is not None, say)
    if not found:
        raise refused(parts.empty, str(folder))
    if output is None:
        raise refused("needs_output", str(folder))
    if output.exists() and (output.is_file() or output.samefile(folder)):
        raise refused("output_same" if output.is_dir() else "output_is_file", str(output))
    results = {part: _result(part.relative_to(folder)) for part in found}
    if len(set(results.values())) < len(found):
        raise refused("folder_twice", str(folder))
    _same_run(output, parts.asked)
    return _carried_out(say, results, output, parts)


def parts_in(folder: Path, is_part: Callable[[Path], bool], say: Say) -> list[Path]:
    """The parts in a folder and in its folders ``name=value``, in their order. Raises RefusedError
    when such a name is one of our questions: the answer then stands in no table, and would count
    as not asked."""
    found = sorted(_parts(folder, is_part))
    for name in {name for path in found for name in path.relative_to(folder).parts[:-1]}:
        question = name.partition("=")[0].partition(".")[0]
        if question in say.knowledge.questions or question == ID:
            raise refused("folder_holds_answer", str(folder / name), column=question)
    return found


def _parts(folder: Path, is_part: Callable[[Path], bool]) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _parts(path, is_part) if "=" in path.name else ()
        elif is_part(path):
            yield path


def _result(part: Path) -> Path:
    """Where its results stand; they are not compressed."""
    packed = part.name.lower().endswith(PACKED)
    return part.with_name(part.name[: -len(PACKED)]) if packed else part


def _same_run(output: Path, asked: Mapping[str, Any]) -> None:
    """Results of one folder hold for one day, one knowledge and the same choices."""
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


def _carried_out(say: Say, results: Mapping[Path, Path], output: Path, parts: Parts) -> int:
    into = {
        base / result.parent for result in results.values() for base in (output, output / REJECTS)
    }
    for written in into:
        written.mkdir(parents=True, exist_ok=True)
    left_alone = sum(map(sweep, into))
    if left_alone:
        say.error(say("folder_left_alone", count=left_alone, where=str(output)))
    rows, rejected, done_before = 0, 0, 0
    with progress(say) as hear:
        for place, (part, result) in enumerate(results.items()):
            target = output / result
            if _is_done(part, target):
                forget(target)
                done_before += 1
                continue
            rejects = output / REJECTS / result.parent / f"{part.name}{parts.rejects}"

            def heard(more: int, share: float | None, place: int = place, rows: int = rows) -> None:
                hear(rows + more, (place + (share or 0)) / len(results))

            # What an earlier try left must not speak of rows that are fine now.
            rejects.unlink(missing_ok=True)
            job = parts.job(part, Places(target, str(parts.kind(part)), rejects))
            more, bad = carried_out(say, job, heard)
            rows, rejected = rows + more, rejected + bad
    if done_before:
        say.error(say("folder_done_before", count=done_before, parts=len(results)))
    say.error(say("table_written", count=rows - rejected, where=str(output)))
    with_rejects = any(path.is_file() for path in (output / REJECTS).rglob("*"))
    if rejected:
        where = str(output / REJECTS)
        say.error(say("table_rejected", count=rejected, rows=rows, where=where))
    return REJECTED if with_rejects else 0


def _is_done(part: Path, result: Path) -> bool:
    return result.exists() and result.stat().st_mtime_ns >= part.stat().st_mtime_ns
