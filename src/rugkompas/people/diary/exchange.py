"""A diary for other programs, and back: JSON with everything, CSV with a row a day."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import msgspec

from rugkompas.catalogue import Knowledge
from rugkompas.people.diary.book import Book, Conflict, DiaryError
from rugkompas.people.diary.entry import Deleted, Entry, Kept, Line, entry, episode, new_id
from rugkompas.people.diary.experiment import experiment
from rugkompas.people.diary.file import FORMAT
from rugkompas.people.files import FileError, json_value, text_of

Keep = Literal["ask", "mine", "theirs"]
_PLAIN = ("id", "day", "written_at", "pain", "looked_at", "note")
_NAMED = ("activities", "factors", "plan", "signs", "week")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")
_LONGEST_CELL = 10_000


def as_json(book: Book) -> bytes:
    """Every record, also earlier versions and the marks of what was deleted."""
    made = {"kind": "rugkompas_diary", "format": FORMAT, "records": book.lines}
    return msgspec.json.format(msgspec.json.encode(made)) + b"\n"


def as_lines(book: Book) -> bytes:
    """The diary's own file, as ``Diary`` reads it."""
    head = {"kind": "rugkompas_diary", "format": FORMAT}
    return b"".join(msgspec.json.encode(line) + b"\n" for line in (head, *book.lines))


def as_csv(book: Book) -> bytes:
    """The newest version of each day. A cell that a spreadsheet would run, as ``=1+1``, gets
    a quote in front of it; reading it back takes that quote away."""
    rows = [_row(e) for e in book.entries]
    named = dict.fromkeys(name for row in rows for name in row if name not in _PLAIN)
    columns = [*_PLAIN, *sorted(named)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_safe(column) for column in columns])
    for row in rows:
        writer.writerow([_safe(row.get(column, "")) for column in columns])
    return text.getvalue().encode()


def _row(e: Entry) -> dict[str, str]:
    plain = msgspec.to_builtins(e)
    row = {name: str(plain[name]) for name in _PLAIN if name in plain}
    for part in _NAMED:
        for name, value in plain.get(part, {}).items():
            row[f"{part}.{name}"] = ";".join(value) if isinstance(value, list) else str(value)
    return row


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def lines_in(data: bytes, kind: str, where: str, knowledge: Knowledge) -> list[Line]:
    """The records in what ``as_json`` or ``as_csv`` wrote, or in a diary's own file.

    kind: json, csv or jsonl. Raises DiaryError or BadAnswers.
    """
    try:
        text = text_of(data, where)
        if kind == "csv":
            return _from_csv(text, where, knowledge)
        if kind == "jsonl":
            raws: Any = [json_value(raw, where) for raw in text.split("\n") if raw.strip()]
            head, raws = (raws or [None])[0], raws[1:]
        else:
            head = json_value(text, where)
            raws = head.get("records") if isinstance(head, dict) else None
    except FileError as error:
        raise DiaryError(error.problem.kind, where, **error.problem.details) from None
    if not isinstance(head, dict) or head.get("kind") != "rugkompas_diary":
        raise DiaryError("diary_not_one", where)
    if head.get("format") != FORMAT:
        raise DiaryError("diary_newer", where)
    if not isinstance(raws, list):
        raise DiaryError("diary_not_one", where)
    return [_checked(raw, where, number, knowledge) for number, raw in enumerate(raws, start=2)]


def _checked(raw: Any, where: str, number: int, knowledge: Knowledge) -> Line:
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if kind == "entry":
        return entry(raw, knowledge)
    if kind == "episode":
        return episode(raw, knowledge)
    if kind == "experiment":
        return experiment(raw, knowledge)
    try:
        return msgspec.convert(raw, Deleted)
    except msgspec.ValidationError:
        newer = isinstance(kind, str) and kind != "deleted"
        raise DiaryError(
            "diary_newer" if newer else "diary_line", where, line=str(number)
        ) from None


def _from_csv(text: str, where: str, knowledge: Knowledge) -> list[Line]:
    found: list[Line] = []
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise DiaryError("file_unreadable", where, format="CSV") from None
    head, *body = rows or [[]]
    columns = [_unsafe(cell) for cell in head]
    for number, cells in enumerate(body, start=2):
        if len(cells) != len(columns) or max(map(len, cells), default=0) > _LONGEST_CELL:
            raise DiaryError("diary_line", where, line=str(number))
        given: dict[str, Any] = {}
        for column, cell in zip(columns, cells, strict=True):
            if cell:
                part, dot, name = column.partition(".")
                value = _value(column, _unsafe(cell), knowledge)
                if dot and part in _NAMED:
                    given.setdefault(part, {})[name] = value
                else:
                    given[column] = value
        found.append(entry(given, knowledge))
    return found


def _unsafe(cell: str) -> str:
    return cell.removeprefix("'")


def _value(column: str, cell: str, knowledge: Knowledge) -> Any:
    part, _, name = column.partition(".")
    if part == "signs":
        question = knowledge.questions.get(name)
        return cell.split(";") if question and question.kind == "set" else cell
    if part in ("pain", "activities", "factors") or column == "week.pain_days":
        try:
            return int(cell)
        except ValueError:
            pass
        try:
            return float(cell)
        except ValueError:
            return cell
    return cell


@dataclass(frozen=True, slots=True)
class Brought:
    """added: records that were new. known: that stood already. kept: days where the own
    version stayed; replaced: days where the other one took its place."""

    added: int
    known: int
    kept: int
    replaced: int


class Keeper(Protocol):
    """What can take records in: a diary in a file, or one that lives elsewhere."""

    @property
    def book(self) -> Book: ...

    @property
    def version(self) -> str: ...

    def add(self, *lines: Line, expected: str | None = None) -> int: ...


def bring_in(diary: Keeper, lines: Iterable[Line], keep: Keep = "ask") -> Brought:
    """Take the records of another copy into this diary, all of them or none.

    keep: where both have something else for one day, ``mine`` or ``theirs``; with ``ask`` that
    raises Conflict, and nothing is written. Earlier versions stay in either case.
    """
    trial = Book(diary.book.lines)
    version = diary.version
    new: list[Line] = []
    known = kept = replaced = 0
    for line in lines:
        if isinstance(line, Deleted):
            if trial.of(line.id) is None:
                new.append(line)
                trial.take(line)
            continue
        try:
            fits = trial.fitting([_as_it_stands(line, trial)])
        except Conflict as conflict:
            if keep == "ask":
                raise
            if keep == "mine" or not isinstance(conflict.theirs, Kept):
                kept += 1
                continue
            used = trial.of(line.id) is not None
            moved = msgspec.structs.replace(
                line, id=new_id() if used else line.id, replaces=conflict.theirs.id
            )
            fits = trial.fitting([moved])
            replaced += 1
        known += not fits
        for fit in fits:
            new.append(fit)
            trial.take(fit)
    _add(diary, new, version)
    return Brought(len(new), known, kept, replaced)


def _as_it_stands(line: Kept, book: Book) -> Kept:
    """A table does not tell which version a record replaced; the diary may know."""
    stands = book.of(line.id)
    if line.replaces is None and isinstance(stands, Kept):
        return msgspec.structs.replace(line, replaces=stands.replaces)
    return line


def _add(diary: Keeper, new: Sequence[Line], version: str) -> None:
    if new:
        diary.add(*new, expected=version)
