"""Text as patterns read it, with the way back to every character of the original.

Written so that a script in a browser can repeat it to the letter: cluster by cluster (one code
point with the accents that follow it), NFKC, then a table of quotes and dashes, then small
letters. What is left outside the Basic Multilingual Plane becomes one placeholder, so that a
position is the same number in both worlds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 20_000
"""Characters of one sentence that are read; titles have a hundred."""
_CLUSTER = re.compile(
    "[!-_a-~]+(?![\u0300-\u036f])|[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL
)
_UNSEEN_RANGES = (
    *((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x7F), (0xAD, 0xAD), (0x300, 0x36F), (0x61C, 0x61C)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
)
UNSEEN = frozenset(code for low, high in _UNSEEN_RANGES for code in range(low, high + 1))
"""Control and direction marks, joiners, selectors: they change the looks, never the words."""
SAME = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\t\n\v\f\r\u0085\u00a0\u2028\u2029", " "),
}
PLACEHOLDER = "\u25a1"
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Normal:
    """original: as given. cased: normalised, capitals kept; ``text`` is it in small letters;
    ``words`` are its stretches without a space.
    starts, ends: for each character of ``cased``, the code points of the original it stands
    for; None when both are alike and positions are the same."""

    original: str
    cased: str
    text: str
    words: list[str]
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the original of a stretch of the normalised text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalise(original: str) -> Normal:
    """The text as patterns read it. Longer than ``LONGEST`` is cut."""
    original = original[:LONGEST]
    # Most titles are plain already; "`" is the one plain sign that has another form.
    if original.isascii() and "`" not in original and _PLAIN.fullmatch(original):
        small = original.lower()
        return Normal(original, original, small, small.split(" "))
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _CLUSTER.finditer(original):
        if found[0].isascii() and found[0] > " " and "`" not in found[0]:
            # Plain signs stand for themselves; a stretch of them is one step.
            made += found[0]
            starts += range(found.start(), found.end())
            ends += range(found.start() + 1, found.end() + 1)
            continue
        for char in unicodedata.normalize("NFKC", found[0]):
            code = ord(char)
            if code in UNSEEN:
                continue
            if code > 0xFFFF or 0xD800 <= code <= 0xDFFF:
                char = PLACEHOLDER
            char = SAME.get(char, char)
            if char == " " and (not made or made[-1] == " "):
                continue
            made.append(char)
            starts.append(found.start())
            ends.append(found.end())
    if made and made[-1] == " ":
        made.pop()
        starts.pop()
        ends.pop()
    cased = "".join(made)
    small = "".join(low if len(low := char.lower()) == 1 else char for char in made)
    return Normal(original, cased, small, small.split(" "), starts, ends)
