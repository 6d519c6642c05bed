"""The small language of patterns: plain regular expressions that Python and JavaScript read
alike, checked here, and the literal words without which a pattern cannot match.

A pattern may hold: characters, ``[a-z]`` and ``[^ ]``, ``(?: | )``, ``(?= )`` and ``(?! )``,
``?``, ``*``, ``+``, ``{m,n}``, ``$`` for the end. Further ``{name}`` stands for shared words, ``{0-3}`` for so
many words in between, and ``~`` for the rest of a word. A pattern begins and ends at the edge
of a word. No ``\\w``, ``\\b``, ``\\d`` (they differ per language), no groups, no flags.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LETTER = "a-z0-9\u00df-\u00f6\u00f8-\u00ff\u0153"
CASED_LETTER = "A-Z\u00c0-\u00d6\u00d8-\u00de" + LETTER
_NAMED = re.compile(r"\{([a-z_]+)\}")
_BETWEEN = re.compile(r"\{(\d)-(\d)\}")
_REPEAT = re.compile(r"\{(\d+)(,(\d*))?\}")
_SPECIAL = frozenset(".^\\")
_DEEPEST = 6


class PatternError(ValueError):
    """A pattern is outside the small language; says where."""


def expanded(regex: str, words: Mapping[str, str], *, cased: bool = False) -> str:
    """The pattern with shared words filled in and word edges set."""
    letter = CASED_LETTER if cased else LETTER
    for _ in range(_DEEPEST):
        regex = _NAMED.sub(lambda found: _words(found[1], words), regex)
        if not _NAMED.search(regex):
            break
    else:
        raise PatternError("its words hold themselves")
    regex = _BETWEEN.sub(r"(?:[^ .:;!?|]+ ){\1,\2}", regex).replace("~", f"[{letter}]*")
    return f"(?<![{letter}])(?:{regex})(?![{letter}])"


def _words(name: str, words: Mapping[str, str]) -> str:
    if name not in words:
        raise PatternError(f"there are no words named '{name}'")
    return f"(?:{words[name]})"


def needed(regex: str) -> frozenset[str] | None:
    """Words of which at least one stands in every text that matches; None when there is no
    such set. A word here is a stretch without a space. Raises PatternError for what is not in
    the small language."""
    reader = _Reader(regex)
    found = reader.alternatives()
    if reader.at != len(regex):
        raise PatternError(f"')' at {reader.at} closes nothing")
    best = found.best()
    if not best:
        return None
    # A word that holds another needed word adds nothing.
    kept: list[str] = []
    for word in sorted(best, key=lambda word: (len(word), word)):
        if not any(shorter in word for shorter in kept):
            kept.append(word)
    return frozenset(kept)


@dataclass(slots=True)
class _Part:
    """What a part of a pattern needs. exact: all that it can be, when that is a short list of
    literals; any: stretches of which one must occur."""

    exact: frozenset[str] | None
    any: frozenset[str] | None

    def best(self) -> frozenset[str] | None:
        """The better of both."""
        return _better(self.any, _chunks(self.exact))


def _chunks(literals: frozenset[str] | None) -> frozenset[str] | None:
    """The longest stretch without a space of each literal; None when one has nothing."""
    if literals is None:
        return None
    chunks = frozenset(max(literal.split(" "), key=len) for literal in literals)
    return None if not chunks or "" in chunks else chunks


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set whose shortest word is longest: it lets the fewest texts through."""
    if not one or not other:
        return one or other
    return max(one, other, key=lambda words: (min(map(len, words)), -len(words)))


_MOST = 1500
"""Literals that are kept for one part."""


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, regex: str) -> None:
        self.regex = regex
        self.at = 0

    def alternatives(self) -> _Part:
        """``a|b|c`` up to a closing bracket or the end."""
        parts = [self._sequence()]
        while self._next("|"):
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        exact = _union([part.exact for part in parts])
        return _Part(exact, _union([part.best() for part in parts]))

    def _sequence(self) -> _Part:
        exact: frozenset[str] | None = frozenset({""})
        any_: frozenset[str] | None = None
        run: frozenset[str] = frozenset({""})
        while self.at < len(self.regex) and self.regex[self.at] not in "|)":
            part = self._repeated()
            any_ = _better(any_, part.any)
            if part.exact is not None and len(run) * len(part.exact) <= _MOST:
                run = frozenset(a + b for a in run for b in part.exact)
            else:
                any_ = _better(_better(any_, _chunks(run)), _chunks(part.exact))
                run, exact = frozenset({""}), None
        if exact is not None:
            return _Part(run, any_)
        return _Part(None, _better(any_, _chunks(run)))

    def _repeated(self) -> _Part:
        part = self._atom()
        if self._next("?"):
            optional = None if part.exact is None else part.exact | {""}
            return _Part(optional, None)
        if self._next("*"):
            return _Part(None, None)
        if self._next("+"):
            return _Part(None, part.best())
        found = _REPEAT.match(self.regex, self.at)
        if found:
            self.at = found.end()
            least, exactly = int(found[1]), found[2] is None
            if exactly and least == 1:
                return part
            return _Part(None, part.best() if least else None)
        return part

    def _atom(self) -> _Part:
        char = self.regex[self.at]
        for opening in ("(?:", "(?=", "(?!", "(?<!["):
            if self._next(opening):
                return self._group(opening)
        if char == "[":
            return self._class()
        if self._next("$"):
            return _Part(frozenset({""}), None)
        if char in "()?*+{}]" or char in _SPECIAL:
            raise PatternError(f"'{char}' at {self.at} is not allowed")
        self.at += 1
        return _Part(frozenset({char}), None)

    def _group(self, opening: str) -> _Part:
        if opening == "(?<![":
            self.at -= 1
            self._class()
            inside = _Part(frozenset({""}), None)
        else:
            inside = self.alternatives()
        if not self._next(")"):
            raise PatternError(f"a bracket is not closed at {self.at}")
        return inside if opening == "(?:" else _Part(frozenset({""}), None)

    def _class(self) -> _Part:
        end = self.regex.find("]", self.at)
        body = self.regex[self.at + 1 : end]
        if end < 0 or not body or any(char in body for char in "[\\"):
            raise PatternError(f"a class at {self.at} is not plain")
        self.at = end + 1
        plain = not body.startswith("^") and "-" not in body[1:-1]
        return _Part(frozenset(body) if plain else None, None)

    def _next(self, text: str) -> bool:
        if self.regex.startswith(text, self.at):
            self.at += len(text)
            return True
        return False


def _union(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    if any(found is None for found in sets):
        return None
    every = frozenset().union(*(found for found in sets if found is not None))
    return every if len(every) <= _MOST else None
