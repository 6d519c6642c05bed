"""All patterns, ready to run: which of them can match is known from the words of a text, so
that only a few of some hundred are tried on a title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.claim_schema import ClaimPattern
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.claims.syntax import PatternError, body, edged, needed
from rugkompas.claims.text import Normal

_SETS = 2
_MOST_WORDS = 200_000
"""Different words that are remembered; then a new list is begun."""


@dataclass(frozen=True)
class Ready:
    """One pattern that can be run. mark: the reason, role or topic that it belongs to."""

    name: str
    kind: str
    mark: str
    language: str
    regex: str
    needs: tuple[tuple[frozenset[str], ...], ...]
    strength: str
    why: str
    in_question: bool
    softened: bool
    cased: bool

    @property
    def part(self) -> str:
        """What is looked for together: a scope or ``debunk`` by its mark, else the kind."""
        alone = self.mark.startswith("scope_") or self.mark == "debunk"
        return self.mark if self.kind == "role" and alone else self.kind

    @cached_property
    def search(self) -> re.Pattern[str]:
        """Compiled when it is first tried: a single title tries a few of some hundred."""
        return re.compile(self.regex)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern was found, in the normalised text."""

    pattern: Ready
    start: int
    end: int


def ready(knowledge: Knowledge, languages: Iterable[str] = LANGUAGES) -> list[Ready]:
    """Every pattern and topic of these languages, in a fixed order. Raises PatternError with
    the name of a pattern that is outside the small language."""
    wanted = tuple(languages)
    made: list[Ready] = []
    for mark in knowledge.claims.values():
        for pattern in mark.patterns:
            both = LANGUAGES if pattern.language == "any" else (pattern.language,)
            made += [
                made_ready(knowledge, mark.kind, mark.id, pattern, it)
                for it in both
                if it in wanted
            ]
    for topic in knowledge.claim_topics.values():
        for language in wanted:
            pattern = ClaimPattern(
                id=f"topic_{language}",
                language=language,  # type: ignore[arg-type]
                regex="|".join(getattr(topic, language)),
                match=[],
            )
            made.append(made_ready(knowledge, "topic", topic.id, pattern, language))
    return made


def made_ready(
    knowledge: Knowledge, kind: str, mark: str, pattern: ClaimPattern, language: str
) -> Ready:
    """One pattern in one language. Raises PatternError."""
    words = {id_: "|".join(getattr(it, language)) for id_, it in knowledge.claim_words.items()}
    try:
        inside = body(pattern.regex, words, cased=pattern.cased)
        needs = needed(inside)
    except PatternError as error:
        raise PatternError(f"{mark}.{pattern.id}: {error}") from None
    return Ready(
        name=f"{mark}.{pattern.id}",
        kind=kind,
        mark=mark,
        language=language,
        regex=edged(inside, cased=pattern.cased),
        needs=needs,
        strength=pattern.strength,
        why=pattern.why or mark,
        in_question=pattern.in_question,
        softened=pattern.softened,
        cased=pattern.cased,
    )


class Patterns:
    """Patterns of one or more languages."""

    def __init__(self, patterns: Iterable[Ready]) -> None:
        self.all = tuple(patterns)
        # Each bit stands for one branch of a pattern, once for each set of words it needs.
        self._always = [0] * _SETS
        self._by_need: dict[str, list[int]] = {}
        self.pattern_of: list[int] = []
        self.before: list[int] = []
        self.parts: dict[str, int] = {}
        for place, pattern in enumerate(self.all):
            self.before.append((1 << len(self.pattern_of)) - 1)
            for sets in pattern.needs:
                bit = 1 << len(self.pattern_of)
                self.pattern_of.append(place)
                self.parts[pattern.part] = self.parts.get(pattern.part, 0) | bit
                for number in range(_SETS):
                    if not sets:
                        self._always[number] |= bit
                    for word in sets[min(number, len(sets) - 1)] if sets else ():
                        # A pattern that reads capitals still needs the word itself.
                        bits = self._by_need.setdefault(word.lower(), [0] * _SETS)
                        bits[number] |= bit
        self._starts: dict[str, list[str]] = {}
        for word in self._by_need:
            self._starts.setdefault(word[:2], []).append(word)
        self._known: dict[str, tuple[int, int]] = {}

    def look(self, normal: Normal) -> Look:
        """What the words of a text make possible."""
        first, second = self._always
        known = self._known
        for word in normal.words:
            bits = known.get(word)
            if bits is None:
                bits = self._learn(word)
            first |= bits[0]
            second |= bits[1]
        return Look(self, normal, first & second)

    def _learn(self, word: str) -> tuple[int, int]:
        """What one word makes possible: the needed words that stand in it."""
        if len(self._known) >= _MOST_WORDS:
            self._known.clear()
        first = second = 0
        edged = f" {word} "
        for at in range(len(edged)):
            for start in (edged[at], edged[at : at + 2]):
                for need in self._starts.get(start, ()):
                    if edged.startswith(need, at):
                        bits = self._by_need[need]
                        first |= bits[0]
                        second |= bits[1]
        self._known[word] = first, second
        return first, second


@dataclass(frozen=True, slots=True)
class Look:
    """One text, and which branches of patterns find in it the words that they need, as bits."""

    patterns: Patterns
    normal: Normal
    branches: int

    def find(self, part: str) -> list[Hit]:
        """Every match of one part of the patterns, pattern by pattern."""
        normal = self.normal
        return [
            Hit(pattern, *found.span())
            for pattern in self._possible(part)
            for found in pattern.search.finditer(normal.cased if pattern.cased else normal.text)
        ]

    def has(self, part: str) -> bool:
        """One pattern of this part matches."""
        text = self.normal.text
        return any(pattern.search.search(text) for pattern in self._possible(part))

    def _possible(self, part: str) -> list[Ready]:
        patterns = self.patterns
        branches = self.branches & patterns.parts.get(part, 0)
        found: list[Ready] = []
        # From the last to the first: the highest bit is the one that is found at once.
        while branches:
            place = patterns.pattern_of[branches.bit_length() - 1]
            found.append(patterns.all[place])
            branches &= patterns.before[place]
        found.reverse()
        return found
