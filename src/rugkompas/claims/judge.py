"""The verdict on one title: oversimplified yes, unsure or no, how probable, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.claims.language import detect
from rugkompas.claims.patterns import Hit, Patterns, ready
from rugkompas.claims.reading import REASONS, Reading, read
from rugkompas.claims.text import Normal, normalise

SCALE = 100
"""Weights are whole hundredths, so that their sum is exact in every language."""
LETTERS = 3
"""A text with fewer letters is too little to judge ..."""
LOOKED_AT = 30
"""... among so many of its first characters."""


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start`` to ``end`` of the original led to ``reason``; ``why`` is the key
    of the sentence that explains it."""

    start: int
    end: int
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """state: ``judged``, ``not_about_backs`` or ``too_little``. probability: 0-1 that the
    title is oversimplified. taken_back: what seemed a reason, but was denied, asked or
    softened. features: what the model weighed."""

    language: str
    state: str
    oversimplified: str
    probability: float
    reasons: tuple[str, ...]
    spans: tuple[Span, ...]
    debunks: bool
    topics: tuple[str, ...]
    taken_back: tuple[tuple[str, Span], ...] = ()
    features: frozenset[str] = frozenset()


class Judge:
    """Patterns and weights of one knowledge, ready for many titles."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.model = knowledge.claim_model
        self._knowledge = knowledge
        self._patterns: dict[tuple[str, ...], Patterns] = {}
        self._chances: dict[frozenset[str], float] = {}
        self.weights = {name: round(it * SCALE) for name, it in self.model.weights.items()}
        self.bias = round(self.model.bias * SCALE)

    def __call__(self, text: str, language: str | None = None) -> Verdict:
        """The verdict. language: told, otherwise detected."""
        normal = normalise(text)
        detected = language or detect(normal)
        shown = detected or LANGUAGES[0]
        if sum(map(str.isalpha, normal.text[:LOOKED_AT])) < LETTERS:
            return Verdict(shown, "too_little", "no", 0.0, (), (), False, ())
        reading = self.reading(normal, detected)
        if reading.scope == "none":
            return Verdict(shown, "not_about_backs", "no", 0.0, (), (), False, reading.topics)
        probability = self.probability(reading.features)
        verdict = "no"
        if probability >= self.model.yes:
            verdict = "yes"
        elif probability >= self.model.unsure:
            verdict = "unsure"
        kept = reading.kept if verdict != "no" else []
        found = {hit.pattern.mark for hit in kept}
        return Verdict(
            language=shown,
            state="judged",
            oversimplified=verdict,
            probability=probability,
            reasons=tuple(reason for reason in REASONS if reason in found),
            spans=_spans(normal, kept),
            debunks="debunk" in reading.roles and verdict != "yes",
            topics=reading.topics,
            taken_back=tuple(
                (how, span)
                for how, hits in sorted(reading.taken_back.items())
                for span in _spans(normal, hits)
            ),
            features=reading.features,
        )

    def reading(self, normal: Normal, language: str | None) -> Reading:
        """What patterns find and the rules keep. language: None reads it in both."""
        languages = (language,) if language else LANGUAGES
        patterns = self._patterns.get(languages)
        if patterns is None:
            # Made when first needed: a single title is in one language.
            patterns = self._patterns[languages] = Patterns(ready(self._knowledge, languages))
        return read(patterns.look(normal), languages)

    def probability(self, features: frozenset[str]) -> float:
        """With four decimals, so that it is the same number in every language."""
        chance = self._chances.get(features)
        if chance is None:
            total = self.bias + sum(self.weights.get(name, 0) for name in features)
            chance = math.floor(1e4 / (1 + math.exp(-total / SCALE)) + 0.5) / 1e4
            self._chances[features] = chance
        return chance


def _spans(normal: Normal, hits: list[Hit]) -> tuple[Span, ...]:
    """Places in the original; one that lies inside another of the same reason is left out."""
    made: list[Span] = []
    for hit in sorted(hits, key=lambda it: (it.pattern.mark, it.start, -it.end)):
        start, end = normal.span(hit.start, hit.end)
        span = Span(start, end, hit.pattern.mark, hit.pattern.why)
        if made and made[-1].reason == span.reason and made[-1].end >= span.end:
            continue
        made.append(span)
    return tuple(sorted(made, key=lambda it: (it.start, it.end, it.reason)))


@lru_cache(maxsize=1)
def judge() -> Judge:
    """The judge of this installation."""
    return Judge(load())


def check(text: str, language: str | None = None) -> Verdict:
    """The verdict on one title."""
    return judge()(text, language)
