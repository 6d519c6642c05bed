"""Where a diary lives. Without an account that is the page itself: the server keeps nothing.

The file of the diary is packed (deflate, base64) into one hidden field. What comes back is as
little to be trusted as any upload: it is read with limits, and every record is checked.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import zlib
from collections.abc import Sequence
from typing import Protocol

from rugkompas.catalogue import Knowledge
from rugkompas.people.diary import Book, Conflict, DiaryError
from rugkompas.people.diary.entry import Deleted, Experiment, Kept, Line, now
from rugkompas.people.diary.exchange import as_lines, lines_in
from rugkompas.people.diary.experiment import AHEAD
from rugkompas.people.problems import BadAnswers

MOST_OPENED = 3_000_000
"""Bytes of a diary after unpacking; seven years of full days."""
MOST_PACKED = 900_000
"""Characters of the hidden field."""
MOST_RECORDS = 6_000
MOST_YEARS = 15
"""From the first day to today: the course looks at each day between."""


class NotADiary(ValueError):
    """It cannot be opened; ``kind`` names the sentence that says why."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


class Store(Protocol):
    """A diary as views see it; ``people.diary.Diary`` has the same shape."""

    @property
    def book(self) -> Book: ...

    @property
    def version(self) -> str: ...

    def add(self, *lines: Line, expected: str | None = None) -> int:
        """Raises Conflict, or OSError when it cannot be kept; then nothing of it stays."""
        ...

    def delete(self, ids: Sequence[str], expected: str | None = None) -> int: ...

    def erase(self) -> bool: ...


class PageDiary:
    """A diary that travels in its page. opened: the version that came with the request."""

    def __init__(self, book: Book | None = None) -> None:
        self.book = book or Book()
        self.opened = self.version

    @property
    def version(self) -> str:
        """Names exactly these records, as ``Diary.version`` does."""
        return hashlib.sha256(as_lines(self.book)).hexdigest()[:32]

    def add(self, *lines: Line, expected: str | None = None) -> int:
        """As ``Diary.add``; it is kept once the person saves the file."""
        self._expect(expected)
        new = self.book.fitting(lines)
        grown = Book([*self.book.lines, *new])
        # What does not open again must not be made.
        if len(grown.lines) > MOST_RECORDS or len(as_lines(grown)) > MOST_OPENED:
            raise DiaryError("diary_full", "diary")
        for line in new:
            self.book.take(line)
        return len(new)

    def delete(self, ids: Sequence[str], expected: str | None = None) -> int:
        """As ``Diary.delete``: a mark without content stays for each record that went."""
        self._expect(expected)
        gone, at = self.book.with_versions(ids), now()
        self.book = Book(
            Deleted(id=line.id, written_at=at) if line.id in gone else line
            for line in self.book.lines
        )
        return len(gone)

    def erase(self) -> bool:
        """Nothing of it is left in the page."""
        had_any = bool(self.book.lines)
        self.book = Book()
        return had_any

    def packed(self) -> str:
        """For the hidden field. The same records give the same text."""
        return base64.b64encode(zlib.compress(as_lines(self.book), 9)).decode()

    def _expect(self, expected: str | None) -> None:
        if expected is not None and expected != self.version:
            raise Conflict("diary_changed", "diary")


def unpacked(text: str, knowledge: Knowledge, day: dt.date) -> PageDiary:
    """The diary in a hidden field. day: today. Raises NotADiary."""
    if len(text) > MOST_PACKED:
        raise NotADiary("large")
    try:
        opener = zlib.decompressobj()
        data = opener.decompress(base64.b64decode(text, validate=True), MOST_OPENED + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise NotADiary("wrong") from None
    if len(data) > MOST_OPENED:
        raise NotADiary("large")
    if not opener.eof or opener.unused_data:
        raise NotADiary("wrong")
    return opened(data, "jsonl", knowledge, day)


def opened(data: bytes, kind: str, knowledge: Knowledge, day: dt.date) -> PageDiary:
    """The diary in a file: jsonl, json or csv. day: today. Raises NotADiary.

    A last line that broke off was never acknowledged and is left out, as ``Diary`` does.
    """
    if len(data) > MOST_OPENED:
        raise NotADiary("large")
    try:
        lines = lines_in(data, kind, "diary", knowledge)
    except (DiaryError, BadAnswers):
        if kind != "jsonl" or data.endswith(b"\n") or data.count(b"\n") < 1:
            raise NotADiary("wrong") from None
        return opened(data[: data.rfind(b"\n") + 1], kind, knowledge, day)
    if not lines and kind == "csv":
        raise NotADiary("wrong")
    if len(lines) > MOST_RECORDS:
        raise NotADiary("large")
    kept = [line for line in lines if isinstance(line, Kept)]
    if any(line.day > day + dt.timedelta(days=_ahead(line)) for line in kept):
        raise NotADiary("future")
    days = [line.day for line in kept]
    if days and day.year - min(days).year > MOST_YEARS:
        raise NotADiary("old")
    return PageDiary(Book(lines))


def _ahead(line: Kept) -> int:
    """Days that a record can lie ahead: what is planned, and a clock of another zone."""
    return AHEAD + 1 if isinstance(line, Experiment) else 1
