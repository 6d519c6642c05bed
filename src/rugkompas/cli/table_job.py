"""What has to be clear before a table is read: where results and rejected rows go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rugkompas.cli.one_person import TABLES, shown_name
from rugkompas.cli.say import Say, refused
from rugkompas.cli.writing import same_file

if TYPE_CHECKING:
    import polars as pl

    from rugkompas.people.columns import Coded
    from rugkompas.people.tables import Batch, Mark, Reject


@dataclass(frozen=True, slots=True)
class Places:
    """output, written: where the results go and in which format. rejects: where bad rows are
    named."""

    output: Path | None
    written: str
    rejects: Path


@dataclass(frozen=True, slots=True)
class Wanted:
    """Columns that cost more than the rest of the row: of options, of the prognosis."""

    options: bool = True
    prognosis: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """file, kind: what to read (``list``: the values that were read already). ignore: columns to
    leave out. find: coded people -> their results, in the columns to write. read: what reads the
    stream, when it is no table of ours: (stream, name of the file, where to go on) -> batches.
    writer, line: what writes results and one reject, when that is no table either. asked: the
    choices that the results rest on; without them a run that broke cannot go on. may_be_empty: a
    table without rows has results without rows; else it is refused."""

    file: Path
    kind: str
    values: list[Any] | None
    places: Places
    ignore: tuple[str, ...]
    find: Callable[[Coded], pl.DataFrame]
    read: Callable[[BinaryIO, str, Mark], Iterator[Batch]] | None = None
    writer: Callable[[BinaryIO], Any] | None = None
    line: Callable[[Reject], bytes] | None = None
    asked: Mapping[str, Any] | None = None
    may_be_empty: bool = False


def asked(say: Say, day: dt.date, wanted: Wanted, ignore: tuple[str, ...]) -> dict[str, Any]:
    """The choices that results of ``assess`` rest on."""
    return {
        "knowledge": say.knowledge.version,
        "on": day.isoformat(),
        "options": wanted.options,
        "prognosis": wanted.prognosis,
        "ignore": sorted(ignore),
    }


def places(
    file: Path,
    format_: str | None,
    output: Path | None,
    rejects: Path | None,
    kinds: Mapping[str, str] = TABLES,
) -> Places:
    """kinds: ending of a file -> what is written. Raises RefusedError when the results have no
    place or would overwrite the table."""
    where = shown_name(file)
    if output is None and format_ != "json":
        raise refused("needs_output", where)
    written = "jsonl" if output is None else kinds.get(output.suffix.lower())
    if written is None:
        raise refused("output_format", str(output))
    if rejects is not None and not rejects.parent.is_dir():
        raise refused("output_missing", str(rejects))
    rejects = rejects or (output or Path(file.name if where != "stdin" else where)).with_suffix(
        ".rejects.jsonl"
    )
    for target in (output, rejects):
        if target is not None and same_file(file, target):
            raise refused("output_same", str(target))
    return Places(output, written, rejects)
