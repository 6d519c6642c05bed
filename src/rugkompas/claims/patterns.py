"""All patterns, ready to run: which of them can match is known from the words of a text, so
that only a few of some hundred are tried on a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.claim_schema import ClaimPattern
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.claims.syntax import PatternError, expanded, needed
from rugkompas.claims.text import Normal

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
    needs: frozenset[str] | None
    strength: str
    why: str
    in_question: bool
    softened: bool
    cased: bool

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


def ready(knowledge: Knowledge) -> list[Ready]:
    """Every pattern and topic, in a fixed order. Raises PatternError with the name of a
    pattern that is outside the small language."""
    made: list[Ready] = []
    for mark in knowledge.claims.values():
        for pattern in mark.patterns:
            both = LANGUAGES if pattern.language == "any" else (pattern.language,)
            made += [made_ready(knowledge, mark.kind, mark.id, pattern, it) for it in both]
    for topic in knowledge.claim_topics.values():
        for language in LANGUAGES:
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
        regex = expanded(pattern.regex, words, cased=pattern.cased)
        needs = needed(regex)
    except PatternError as error:
        raise PatternError(f"{mark}.{pattern.id}: {error}") from None
    if needs is not None and pattern.cased:
        needs = frozenset(word.lower() for word in needs)
    return Ready(
        name=f"{mark}.{pattern.id}",
        kind=kind,
        mark=mark,
        language=language,
        regex=regex,
        needs=needs,
        strength=pattern.strength,
        why=pattern.why or mark,
        in_question=pattern.in_question,
        softened=pattern.softened,
        cased=pattern.cased,
    )


class Patterns:
    """The patterns of one or more languages."""

    def __init__(self, patterns: Iterable[Ready]) -> None:
        self.all = tuple(patterns)
        self._always = 0
        self._by_need: dict[str, int] = {}
        for place, pattern in enumerate(self.all):
            if pattern.needs is None:
                self._always |= 1 << place
            for word in pattern.needs or ():
                self._by_need[word] = self._by_need.get(word, 0) | 1 << place
        self._known: dict[str, int] = {}

    def find(self, normal: Normal) -> Iterator[Hit]:
        """Every match, pattern by pattern."""
        possible = self._possible(normal.words)
        while possible:
            lowest = possible & -possible
            pattern = self.all[lowest.bit_length() - 1]
            possible ^= lowest
            text = normal.cased if pattern.cased else normal.text
            for found in pattern.search.finditer(text):
                yield Hit(pattern, *found.span())

    def _possible(self, words: list[str]) -> int:
        """Patterns of which a needed word occurs, as bits."""
        possible = self._always
        known = self._known
        for word in words:
            bits = known.get(word)
            if bits is None:
                if len(known) >= _MOST_WORDS:
                    known.clear()
                bits = 0
                for need, mask in self._by_need.items():
                    if need in word:
                        bits |= mask
                known[word] = bits
            possible |= bits
        return possible
