"""The diary's file: JSON Lines, one record a line, only ever added to.

``add`` returns when the line is on the disk. A line that broke off was never acknowledged, so
it is left out and cleared away. One lock for writers; what was changed elsewhere is seen, and
never overwritten without being said.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import msgspec

from rugkompas.people.diary.book import Book, Conflict, DiaryError
from rugkompas.people.diary.entry import Deleted, Line, now

FORMAT = 1
LIMIT = 50_000_000
"""Bytes of a diary; ten years of full days take some four million."""
_KINDS = frozenset(kind.__struct_config__.tag for kind in get_args(Line))
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_encode = msgspec.json.Encoder().encode


class Diary:
    """One person's diary. ``book`` is what it holds; ``version`` names exactly these bytes."""

    def __init__(self, path: Path) -> None:
        """Raises DiaryError when the file cannot be read; a file that is not there is empty."""
        path = path.resolve()
        self.path = path
        self._lock = path.with_name(f".{path.name}.lock")
        self._part = path.with_name(f".{path.name}.part")
        self._forget()
        self.refresh()

    @property
    def version(self) -> str:
        return self._sum.hexdigest()[:32]

    def refresh(self) -> None:
        """Reads what others wrote since."""
        try:
            with self.path.open("rb") as stream:
                self._read(stream.fileno())
        except FileNotFoundError:
            self._forget()
        except IsADirectoryError:
            raise DiaryError("file_is_folder", str(self.path)) from None
        except PermissionError:
            raise DiaryError("file_missing", str(self.path)) from None

    def add(self, *lines: Line, expected: str | None = None) -> int:
        """Write these records together; returns how many were new, once they are on the disk.

        A record that stands already, under its id, is not written again. expected: the
        ``version`` that the writer saw.
        Raises Conflict (nothing is written) when the diary is another version than expected, a
        day has an entry that the record does not replace, or the replaced version is no longer
        the newest; OSError when it cannot be written (nothing of it stays).
        """
        with self._writing() as handle:
            self._expect(expected)
            new = self.book.fitting(lines)
            if new:
                self._append(handle, new)
            return len(new)

    def delete(self, ids: Sequence[str], expected: str | None = None) -> int:
        """Take out these records with all their versions; returns how many lines went.

        The file is written anew, and the old bytes are overwritten. A mark without content
        stays, so that sending an old submission again does not bring it back.
        """
        with self._writing() as handle:
            self._expect(expected)
            gone = self.book.with_versions(ids)
            if not gone:
                return 0
            at = now()
            head, *raws = _raw_lines(handle, self._seen)
            kept = [
                _encode(Deleted(id=line.id, written_at=at)) if line.id in gone else raw
                for line, raw in zip(self.book.lines, raws, strict=True)
            ]
            self._replace(handle, [head, *kept])
            return len(gone)

    def erase(self) -> bool:
        """Overwrite and remove the file and all that belongs to it; False: there was none."""
        if not self.path.exists():
            return False
        with self._writing() as handle:
            _overwrite(handle)
            self.path.unlink()
            self._part.unlink(missing_ok=True)
            self._lock.unlink(missing_ok=True)
            _sync_folder(self.path.parent)
            self._forget()
        return True

    def _expect(self, expected: str | None) -> None:
        if expected is not None and expected != self.version:
            raise Conflict("diary_changed", str(self.path))

    @contextmanager
    def _writing(self) -> Iterator[int]:
        """The file, open and read to its end, while nobody else writes."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked():
            self._part.unlink(missing_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                self._read(handle)
                yield handle
            finally:
                os.close(handle)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        while True:
            lock = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                # Whoever erased the diary took the lock away with it: then this one is stale.
                if self._lock.exists() and os.path.samestat(os.fstat(lock), self._lock.stat()):
                    yield
                    return
            finally:
                os.close(lock)

    def _forget(self) -> None:
        self.book = Book()
        self._sum = hashlib.sha256()
        self._seen = 0
        self._headless = True
        self._number = (0, 0)

    def _read(self, handle: int) -> None:
        """Takes in the whole lines that are new since the last time."""
        found = os.fstat(handle)
        if found.st_size > LIMIT:
            raise DiaryError("file_too_large", str(self.path), limit=f"{LIMIT // 1_000_000} MB")
        number = (found.st_dev, found.st_ino)
        if number != self._number or found.st_size < self._seen:
            self._forget()
            self._number = number
        data = os.pread(handle, found.st_size - self._seen, self._seen)
        whole = data[: data.rfind(b"\n") + 1]
        # A whole record that lacks only its end of line was written; less than that was not.
        rest = data[len(whole) :]
        self._take(whole)
        if _is_whole(rest):
            self._take(rest)

    def _take(self, data: bytes) -> None:
        for raw in data.split(b"\n"):
            if not raw.strip():
                continue
            if self._headless:
                _check_head(raw, self.path)
                self._headless = False
            else:
                self.book.take(_line(raw, len(self.book.lines) + 2, self.path))
            self._sum.update(raw + b"\n")
        self._seen += len(data)

    def _append(self, handle: int, lines: Sequence[Line]) -> None:
        raw = b"".join(_encode(line) + b"\n" for line in lines)
        end = self._seen
        start = _head() if self._headless else b""
        if end and os.pread(handle, 1, end - 1) != b"\n":
            start = b"\n"
        try:
            os.ftruncate(handle, end)
            _write_all(handle, start + raw, end)
            os.fsync(handle)
            if not end:
                _sync_folder(self.path.parent)
        except OSError:
            os.ftruncate(handle, end)
            raise
        self._take(start + raw)

    def _replace(self, handle: int, raw_lines: Sequence[bytes]) -> None:
        part = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _write_all(part, b"".join(raw + b"\n" for raw in raw_lines), 0)
            os.fsync(part)
            self._part.replace(self.path)
            _sync_folder(self.path.parent)
            _overwrite(handle)
            self._read(part)
        finally:
            os.close(part)
            self._part.unlink(missing_ok=True)


def _head() -> bytes:
    return msgspec.json.encode({"kind": "rugkompas_diary", "format": FORMAT}) + b"\n"


def _check_head(raw: bytes, path: Path) -> None:
    try:
        head: Any = msgspec.json.decode(raw)
        kind, number = head["kind"], head["format"]
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, KeyError):
        raise DiaryError("diary_not_one", str(path)) from None
    if kind != "rugkompas_diary":
        raise DiaryError("diary_not_one", str(path))
    if number != FORMAT:
        raise DiaryError("diary_newer", str(path))


def _line(raw: bytes, number: int, path: Path) -> Line:
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        kind = "diary_newer" if _is_of_another_kind(raw) else "diary_line"
        raise DiaryError(kind, str(path), line=str(number)) from None


def _is_of_another_kind(raw: bytes) -> bool:
    """A whole record whose kind is not known here was written by a newer version."""
    try:
        found: Any = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    kind = found.get("kind") if isinstance(found, dict) else None
    return isinstance(kind, str) and kind not in _KINDS


def _is_whole(raw: bytes) -> bool:
    """A record breaks off before its last bracket, so what can be read is all of it."""
    try:
        return isinstance(msgspec.json.decode(raw), dict)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def _raw_lines(handle: int, size: int) -> list[bytes]:
    return [raw for raw in os.pread(handle, size, 0).split(b"\n") if raw.strip()]


def _write_all(handle: int, data: bytes, at: int) -> None:
    while data:
        written = os.pwrite(handle, data, at)
        data, at = data[written:], at + written


def _overwrite(handle: int) -> None:
    """Zeros over the old bytes, as far as the disk puts them in the same place."""
    _write_all(handle, bytes(os.fstat(handle).st_size), 0)
    os.fsync(handle)
    os.ftruncate(handle, 0)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
