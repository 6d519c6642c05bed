"""The small language of patterns: plain regular expressions that Python and JavaScript read
alike, checked here, and the literal words without which a pattern cannot match.

A pattern may hold: characters, ``[a-z]`` and ``[^ ]``, ``(?: | )``, ``(?= )`` and ``(?! )``,
``?``, ``*``, ``+``, ``{m,n}``, ``$`` for the end. Further ``{name}`` stands for shared words,
``{0-3}`` for so many words in between, and ``~`` for the rest of a word. A pattern begins and
ends at the edge of a word. No ``\\w``, ``\\b``, ``\\d`` (they differ per language), no groups.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

LETTER = "a-z0-9\u00df-\u00f6\u00f8-\u00ff\u0153"
CASED_LETTER = "A-Z\u00c0-\u00d6\u00d8-\u00de" + LETTER
_NAMED = re.compile(r"\{([a-z_]+)\}")
_BETWEEN = re.compile(r"\{(\d)-(\d)\}")
_REPEAT = re.compile(r"\{(\d+)(,(\d*))?\}")
_SPECIAL = frozenset(".^\\")
_DEEPEST = 6


class PatternError(ValueError):
    """A pattern is outside the small language; says where."""


def body(regex: str, words: Mapping[str, str], *, cased: bool = False) -> str:
    """The pattern with shared words filled in. Raises PatternError."""
    letter = CASED_LETTER if cased else LETTER
    for _ in range(_DEEPEST):
        regex = _NAMED.sub(lambda found: _words(found[1], words), regex)
        if not _NAMED.search(regex):
            break
    else:
        raise PatternError("its words hold themselves")
    return _BETWEEN.sub(r"(?:[^ .:;!?|]+ ){\1,\2}", regex).replace("~", f"[{letter}]*")


def edged(body: str, *, cased: bool = False) -> str:
    """The pattern so that it begins and ends at the edge of a word."""
    letter = CASED_LETTER if cased else LETTER
    return f"(?<![{letter}])(?:{body})(?![{letter}])"


def _words(name: str, words: Mapping[str, str]) -> str:
    if name not in words:
        raise PatternError(f"there are no words named '{name}'")
    return f"(?:{words[name]})"


Words = frozenset[str]


def needed(body: str) -> tuple[tuple[Words, ...], ...]:
    """For each branch of a pattern (``one|other``) up to two sets of words: a text that the
    branch matches holds at least one of each set. A branch without sets may match anything.

    A word is a stretch without a space inside; a space before or after it is the edge of a
    word. Raises PatternError for what is not in the small language.
    """
    reader = _Reader(body)
    branches = reader.branches()
    if reader.at != len(body):
        raise PatternError(f"')' at {reader.at} closes nothing")
    return tuple(tuple(map(_shortest, branch.needs())) for branch in branches)


def _shortest(words: Words) -> Words:
    """Without words that hold another one of the set, which adds nothing."""
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(shorter in word for shorter in kept):
            kept.append(word)
    return frozenset(kept)


@dataclass(slots=True)
class _Part:
    """What a part of a pattern needs. exact: all that it can be, when that is a short list of
    literals; sets: words of which one must occur, best set first."""

    exact: Words | None
    sets: tuple[Words, ...] = ()

    def needs(self) -> tuple[Words, ...]:
        """The best sets, with what ``exact`` tells."""
        return _best([*self.sets, *_chunks(self.exact)])


def _chunks(literals: Words | None) -> list[Words]:
    """The rarest stretch of each literal, with the spaces beside it; nothing when one has
    none."""
    if literals is None:
        return []
    chunks = frozenset(
        min(sorted(_STRETCH.findall(literal)), key=_common, default="") for literal in literals
    )
    return [] if not chunks or "" in chunks else [chunks]


def _best(sets: list[Words]) -> tuple[Words, ...]:
    """The two sets that let the fewest titles through."""
    ranked = sorted(
        dict.fromkeys(sets), key=lambda words: (sum(map(_common, words)), len(words), sorted(words))
    )
    return tuple(ranked[:_SETS])


@cache
def _common(word: str) -> float:
    """How often a word stands in titles about backs, roughly; short ones stand everywhere."""
    often = sum(rate for known, rate in _OFTEN.items() if word in known)
    return often + 30.0 ** (1 - len(word)) + 0.001


_OFTEN = {
    " back ": 0.4, " pain ": 0.4, " rug ": 0.1, " rugpijn ": 0.2, " rugklachten ": 0.1,
    " lower ": 0.15, " lage ": 0.1, " onderrug ": 0.05, " hernia ": 0.1, " sciatica ": 0.1,
    " disc ": 0.05, " spine ": 0.05, " ischias ": 0.05, " exercises ": 0.1, " oefeningen ": 0.1,
    " the ": 0.2, " of ": 0.2, " to ": 0.2, " your ": 0.15, " you ": 0.1, " for ": 0.2,
    " with ": 0.1, " and ": 0.2, " is ": 0.15, " it ": 0.05, " how ": 0.1, " this ": 0.05,
    " de ": 0.2, " het ": 0.15, " een ": 0.15, " van ": 0.15, " je ": 0.2, " bij ": 0.15,
    " voor ": 0.1, " met ": 0.1, " en ": 0.2, " in ": 0.2, " wat ": 0.1, " pijn ": 0.1,
    " tegen ": 0.1, " houding ": 0.05, " matras ": 0.05, " chronic ": 0.05, " low ": 0.1,
    " klachten ": 0.05, " stretches ": 0.05, " relief ": 0.1, " best ": 0.1, " beste ": 0.1,
}  # fmt: skip
"""Parts of titles that hold a word; only for speed, never for a result."""
_SETS = 2
_STRETCH = re.compile(r"(?=((?:^| )[^ ]+(?: |$)))")
_MOST = 1500
"""Literals that are kept for one part."""


_PLAIN = re.compile(r"[^()\[\]{}|?*+$.^\\]+(?![?*+{])")
"""Signs that stand for themselves; not the last one when it is repeated."""
_BRACKET = re.compile(r"\[[^\]]*\]|\((?:\?(?:[:=!]|<!))?|\)")
_READ: dict[str, _Part] = {}


def _closed(regex: str) -> dict[int, int]:
    """For each place where the inside of brackets begins, where it ends."""
    opened: list[int] = []
    closed: dict[int, int] = {}
    for found in _BRACKET.finditer(regex):
        if found[0][0] == "(":
            opened.append(found.end())
        elif found[0] == ")" and opened:
            closed[opened.pop()] = found.start()
    return closed


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, regex: str) -> None:
        self.regex = regex
        self.at = 0
        self.closed = _closed(regex)

    def branches(self) -> list[_Part]:
        """``a|b|c`` up to a closing bracket or the end."""
        parts = [self._sequence()]
        while self._next("|"):
            parts.append(self._sequence())
        return parts

    def _alternatives(self) -> _Part:
        """The branches as one part."""
        parts = self.branches()
        if len(parts) == 1:
            return parts[0]
        exact = _union([part.exact for part in parts])
        needs = [part.needs() for part in parts]
        if not all(needs):
            return _Part(exact)
        # A branch with one set gives it for both.
        unions = [_union([sets[min(at, len(sets) - 1)] for sets in needs]) for at in range(_SETS)]
        return _Part(exact, tuple(dict.fromkeys(words for words in unions if words)))

    def _sequence(self) -> _Part:
        whole = True
        sets: list[Words] = []
        run: Words = frozenset({""})
        while self.at < len(self.regex) and self.regex[self.at] not in "|)":
            plain = _PLAIN.match(self.regex, self.at)
            if plain:
                run = frozenset(literal + plain[0] for literal in run)
                self.at = plain.end()
                continue
            part = self._repeated()
            sets += part.sets
            if part.exact is not None and len(run) * len(part.exact) <= _MOST:
                run = frozenset(a + b for a in run for b in part.exact)
            else:
                sets += [*_chunks(run), *_chunks(part.exact)]
                run, whole = frozenset({""}), False
        if whole:
            return _Part(run, _best(sets))
        return _Part(None, _best([*sets, *_chunks(run)]))

    def _repeated(self) -> _Part:
        part = self._atom()
        if self._next("?"):
            optional = None if part.exact is None else part.exact | {""}
            return _Part(optional)
        if self._next("*"):
            return _Part(None)
        if self._next("+"):
            return _Part(None, part.needs())
        found = _REPEAT.match(self.regex, self.at)
        if found:
            self.at = found.end()
            least, exactly = int(found[1]), found[2] is None
            if exactly and least == 1:
                return part
            return _Part(None, part.needs() if least else ())
        return part

    def _atom(self) -> _Part:
        char = self.regex[self.at]
        for opening in ("(?:", "(?=", "(?!", "(?<!["):
            if self._next(opening):
                return self._group(opening)
        if char == "[":
            return self._class()
        if self._next("$"):
            return _Part(frozenset({""}))
        if char in "()?*+{}]" or char in _SPECIAL:
            raise PatternError(f"'{char}' at {self.at} is not allowed")
        self.at += 1
        return _Part(frozenset({char}))

    def _group(self, opening: str) -> _Part:
        if opening == "(?<![":
            self.at -= 1
            self._class()
            inside = _Part(frozenset({""}))
        else:
            inside = self._remembered()
        if not self._next(")"):
            raise PatternError(f"a bracket is not closed at {self.at}")
        return inside if opening == "(?:" else _Part(frozenset({""}))

    def _remembered(self) -> _Part:
        """What stands between brackets; shared words come back in many patterns."""
        inside = self.regex[self.at : self.closed.get(self.at, self.at)]
        part = _READ.get(inside)
        if part is not None:
            self.at += len(inside)
            return part
        part = self._alternatives()
        if inside:
            _READ[inside] = part
        return part

    def _class(self) -> _Part:
        end = self.regex.find("]", self.at)
        body = self.regex[self.at + 1 : end]
        if end < 0 or not body or any(char in body for char in "[\\"):
            raise PatternError(f"a class at {self.at} is not plain")
        self.at = end + 1
        plain = not body.startswith("^") and "-" not in body[1:-1]
        return _Part(frozenset(body) if plain else None)

    def _next(self, text: str) -> bool:
        if self.regex.startswith(text, self.at):
            self.at += len(text)
            return True
        return False


def _union(sets: list[Words | None] | list[Words]) -> Words | None:
    if any(found is None for found in sets):
        return None
    every = frozenset().union(*(found for found in sets if found is not None))
    return every if len(every) <= _MOST else None
