"""What a text is about, as terms that two ways of asking share.

A word becomes its dictionary form, words that mean the same become one term, a compound also
becomes its parts, and a misspelt word the known words that it is close to. Documents and
questions go the same way, so it does not matter which index holds the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rugkompas.catalogue import Knowledge
from rugkompas.search.tokens import is_word, lemma, tokens

READ = 60
"""Words of a question that are searched for; alarm signs are looked for in all of it."""
PART, NEAR = 0.7, 0.8
"""What the part of a compound, and a word that is only close, count for."""
ELSEWHERE = 3.5
"""What a word for another part of the body counts for: then the question is about that."""
_LEAST_FUZZY, _LEAST_PART = 4, 3
_LINKS = ("", "s", "e", "en", "n")
"""Letters between the parts of a Dutch compound."""

_SAME = "_"
"""Ends the terms that stand for several words; no word holds it."""

Sequences = dict[tuple[str, ...], str]


class Terms:
    """The terms of one language. known: every word of the texts that are searched."""

    def __init__(self, knowledge: Knowledge, language: str, texts: Iterable[str]) -> None:
        self.language = language
        self._empty: set[str] = set()
        self._other: set[str] = set()
        self._same: Sequences = {}
        spoken: list[str] = []
        for group in knowledge.search_words.values():
            listed = group.nl if language == "nl" else group.en
            if group.role == "empty":
                self._empty.update(word for text in listed for word in tokens(text))
                continue
            if group.role == "other":
                self._other.update(self._forms(word for text in listed for word in tokens(text)))
                continue
            for text in listed:
                spoken += tokens(text)
                self._same[tuple(self._forms(tokens(text)))] = group.id + _SAME
        self._content_same()
        self._longest = max(map(len, self._same))
        words = {word for text in texts for word in tokens(text)} | set(spoken)
        self._known = {form for word in words for form in (word, lemma(word, language))}
        self._known -= self._empty

    def _content_same(self) -> None:
        """ "Pijn in de rug" is also known without its empty words."""
        for sequence, term in list(self._same.items()):
            content = tuple(word for word in sequence if word not in self._empty)
            if len(content) > 1:
                self._same.setdefault(content, term)

    @cached_property
    def _near(self) -> list[str]:
        """Known words that a misspelt word may stand for."""
        return sorted(word for word in self._known if len(word) >= _LEAST_FUZZY)

    def of(self, text: str) -> set[str]:
        """The terms of a text that is searched."""
        return {term for term, _ in self._terms(tokens(text), certain=True)}

    def asked(self, text: str) -> dict[str, float]:
        """Term -> what it counts for, of a question. A word that is not known, and not close to
        one that is, stands for itself: it tells that the question is about something else."""
        found: dict[str, float] = {}
        for term, weight in self._terms(tokens(text)[:READ], certain=False):
            found[term] = max(weight, found.get(term, 0.0))
        return found

    def _forms(self, words: Iterable[str]) -> list[str]:
        return [lemma(word, self.language) for word in words]

    def _terms(self, words: Sequence[str], certain: bool) -> Iterator[tuple[str, float]]:
        """First what stands together with its empty words, then the rest without them."""
        left: list[str | None] = []
        for term, word in self._sequences(words):
            if term:
                yield term, 1.0
                left.append(None)
            elif word not in self._empty:
                left.append(word)
        for stretch in _stretches(left):
            for term, word in self._sequences(stretch):
                if term:
                    yield term, 1.0
                elif self._forms([word])[0] not in self._empty:
                    yield from self._word(word, certain)

    def _sequences(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(term, "") for words that mean the same as others, ("", word) for the rest."""
        forms, at = self._forms(words), 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                term = self._same.get(tuple(forms[at : at + length]))
                if term is None and length == 1:
                    term = self._same.get((words[at],))
                if term:
                    yield term, ""
                    at += length
                    break
            else:
                yield "", words[at]
                at += 1

    def _word(self, word: str, certain: bool) -> Iterator[tuple[str, float]]:
        """A word by itself: known, made of known parts, close to known ones, or strange."""
        form = lemma(word, self.language)
        if form in self._other:
            yield f"{form} elsewhere", ELSEWHERE
        parts = self._parts(word)
        for part in parts:
            yield self._term(part), PART
        if certain or form in self._known or word in self._known:
            yield self._term(form if form in self._known else word), 1.0
        elif not parts:
            close = list(self._close(word))
            yield from close or [(word, 1.0)]

    def _term(self, word: str) -> str:
        form = lemma(word, self.language)
        return self._same.get((form,)) or self._same.get((word,)) or form

    def _parts(self, word: str) -> tuple[str, ...]:
        """The two known words of a Dutch compound ("rug" and "spieren")."""
        if self.language != "nl":
            return ()
        for cut in range(len(word) - _LEAST_PART, _LEAST_PART - 1, -1):
            first, second = word[:cut], word[cut:]
            for link in _LINKS:
                head = first.removesuffix(link) if link else first
                if head in self._known and second in self._known and len(head) >= _LEAST_PART:
                    return head, second
        return ()

    def _close(self, word: str) -> Iterator[tuple[str, float]]:
        """Known words that differ by a slip: one in four or five letters, two in more."""
        if len(word) < _LEAST_FUZZY or word.isdigit() or is_word(word):
            return
        most = 1 if len(word) < 7 else 2
        near = process.extract(word, self._near, scorer=OSA.distance, score_cutoff=most, limit=None)
        least = min((distance for _, distance, _ in near), default=0)
        for known, distance, _ in near:
            if distance == least:
                yield self._term(known), NEAR


def is_same(term: str) -> bool:
    """Whether a term stands for several words that mean the same."""
    return term.endswith(_SAME)


def _stretches(words: Iterable[str | None]) -> Iterator[list[str]]:
    """What stands between two places where something was found already."""
    stretch: list[str] = []
    for word in words:
        if word is None:
            yield stretch
            stretch = []
        else:
            stretch.append(word)
    yield stretch
