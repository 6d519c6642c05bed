"""Bulk Data that comes compressed (gzip): line by line, never unpacked as a whole."""

from __future__ import annotations

import gzip
import zlib
from typing import BinaryIO, cast

from rugkompas.people.files import FileError

MOST_TIMES = 500
"""Times its own size that a file may unpack to. Responses of different people take 40 times, the
same response over and over 150; gzip itself ends at some 1000."""
LEAST = 64
"""Bytes that a line counts for at least: empty lines take time too."""
ALWAYS = 64_000_000
"""Bytes that a file may unpack to, however small it is."""

AT_ONCE = 1 << 20
"""Bytes that are held at once while going forward."""


class _Taken:
    """A stream that knows how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = 0

    def read(self, most: int = -1) -> bytes:
        content = self._stream.read(most)
        self.size += len(content)
        return content


class Unpacked:
    """The lines of a compressed stream. where: its name, for people."""

    def __init__(self, stream: BinaryIO, where: str) -> None:
        self._taken = _Taken(stream)
        self._lines = gzip.GzipFile(fileobj=cast(BinaryIO, self._taken))
        self._where = where
        self._place = 0
        self._given = 0

    def readline(self, most: int = -1) -> bytes:
        """The next line, or its first part when it is longer than most. Raises FileError for
        what is no gzip, is broken off, or unpacks to more than anything honest does."""
        try:
            line = self._lines.readline(most)
        except (OSError, EOFError, zlib.error):
            raise FileError("file_unreadable", self._where, format="gzip") from None
        self._place += len(line)
        self._given += max(len(line), LEAST)
        if self._given > max(ALWAYS, MOST_TIMES * self._taken.size):
            raise FileError("packed_too_far", self._where)
        return line

    def seekable(self) -> bool:
        """Forward it can be."""
        return True

    def tell(self) -> int:
        """Bytes that were given so far, unpacked."""
        return self._place

    def seek(self, place: int) -> None:
        """Go forward to the start of a line. All before it is unpacked and left. Raises
        FileError as ``readline`` does."""
        while self._place < place and self.readline(min(place - self._place, AT_ONCE)):
            pass
