"""The one way to search: a question in somebody's own words, and the answers that fit, in order.

An index says which answers share a term with the question; how well each fits is counted here,
so every index gives the same answers in the same order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.answer_schema import Asked
from rugkompas.search.signs import Sign, Signs
from rugkompas.search.store import MemoryStore, Rows, Store
from rugkompas.search.terms import Terms, is_same

BEST = 3
"""Answers that are shown first."""
_BODY = 0.3
"""A word of an answer's sentences counts for less than one of a question."""
_STRANGE = 0.6
"""What an unknown word counts for, next to the rarest known one."""
_ABOUT_BACK = {"back_", "back_pain_"}
"""Terms, ids of knowledge/search_words, that name the back."""
_COVERED_BACK, _COVERED_SAME, _COVERED_ELSE = 0.2, 0.35, 0.65
"""How much of a question an answer must hold to be about it: least when the question names the
back, more when they share a word of knowledge/search_words, most when they share other words
alone. Chosen on the half of the phrasings that may be looked at, and on questions about
something else."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer that fits. score: 0-2, higher fits better; only good for putting in order."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """signs: alarm signs that the question sounds like, the most urgent first: always shown
    before ``hits``. hits: answers that fit, best first; empty when nothing does."""

    signs: tuple[Sign, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """heads: the terms of each way to ask it. body: those of its sentences alone."""

    heads: tuple[frozenset[str], ...]
    body: frozenset[str]
    all_heads: frozenset[str] = field(default_factory=frozenset)


class Finder:
    """Finds answers in one knowledge, with an index per language.

    make_store: makes the index of a language from its rows; SQLite in memory when not given.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        make_store: Callable[[str, Rows], Store] = lambda _, rows: MemoryStore(rows),
    ) -> None:
        self._signs = Signs(knowledge)
        self._languages = {
            language: _Language(knowledge, language, make_store) for language in knowledge.words
        }

    def find(self, question: str, language: str, most: int = BEST) -> Found:
        """The alarm signs and the answers for a question.

        language: ``nl`` or ``en``. Raises KeyError for another one; no text is an error.
        """
        hits = self._languages[language].hits(question)
        return Found(self._signs.in_question(question), tuple(hits[:most]))


class _Language:
    """The answers of one language, with what each term is worth."""

    def __init__(
        self, knowledge: Knowledge, language: str, make_store: Callable[[str, Rows], Store]
    ) -> None:
        asked = knowledge.answers
        words = knowledge.words[language].answers
        heads = {id_: [words[id_].question, *_others(it, language)] for id_, it in asked.items()}
        bodies = {id_: " ".join(words[id_].says.values()) for id_ in asked}
        texts = [text for id_ in asked for text in (*heads[id_], bodies[id_])]
        self._terms = Terms(knowledge, language, texts)
        self._documents = {id_: self._document(heads[id_], bodies[id_]) for id_ in asked}
        rows = {id_: it.all_heads | it.body for id_, it in self._documents.items()}
        self._worth = _worth(rows)
        self._strange = _STRANGE * max(self._worth.values())
        self._store = make_store(language, rows)

    def _document(self, heads: list[str], body: str) -> _Document:
        terms = tuple(frozenset(self._terms.of(head)) for head in heads)
        every = frozenset().union(*terms)
        return _Document(terms, frozenset(self._terms.of(body)) - every, every)

    def hits(self, question: str) -> list[Hit]:
        """Every answer that is about the question, best first."""
        asked = self._terms.asked(question)
        known = [term for term in asked if term in self._worth]
        scores = {
            id_: self._score(asked, self._documents[id_]) for id_ in self._store.holding(known)
        }
        hits = [Hit(id_, score) for id_, score in scores.items() if score > 0]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))

    def _score(self, asked: Mapping[str, float], document: _Document) -> float:
        """How well the closest way to ask it fits, and how much of the question is in it at
        all; 0 when it is about something else."""
        worth = {t: weight * self._worth.get(t, self._strange) for t, weight in asked.items()}
        total = sum(worth.values())
        in_heads = sum(it for term, it in worth.items() if term in document.all_heads)
        in_body = sum(it for term, it in worth.items() if term in document.body)
        covered = (in_heads + _BODY * in_body) / total
        closest = max(self._closeness(worth, head) for head in document.heads)
        return closest + covered if covered >= _least(asked, document) else 0.0

    def _closeness(self, worth: Mapping[str, float], head: frozenset[str]) -> float:
        """The cosine between two ways to ask, 0-1."""
        shared = sum(worth[term] * self._worth[term] for term in head if term in worth)
        if not shared:
            return 0.0
        mine = math.sqrt(sum(it * it for it in worth.values()))
        theirs = math.sqrt(sum(self._worth[term] ** 2 for term in head))
        return shared / (mine * theirs)


def _least(asked: Mapping[str, float], document: _Document) -> float:
    if _ABOUT_BACK & asked.keys():
        return _COVERED_BACK
    shared = asked.keys() & document.all_heads
    return _COVERED_SAME if any(is_same(term) for term in shared) else _COVERED_ELSE


def _others(asked: Asked, language: str) -> list[str]:
    return asked.nl if language == "nl" else asked.en


def _worth(rows: Rows) -> dict[str, float]:
    """A term that few answers hold tells more than one that all hold."""
    held = Counter(term for terms in rows.values() for term in set(terms))
    return {term: math.log((1 + len(rows)) / count) for term, count in held.items()}


@lru_cache(maxsize=1)
def finder() -> Finder:
    """The finder of this installation, made once."""
    return Finder(load())
