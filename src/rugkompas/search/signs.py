"""Does a question sound like an alarm sign? Rather once too often: what is found is shown first,
with whom to call. A "no" in the question is not believed, because "geen uitval" and "voel geen
verschil" are hard to tell apart, and a slip in spelling does not hide a sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.answer_schema import Alarm
from rugkompas.catalogue.schema import TIERS
from rugkompas.search.tokens import is_word, tokens

_LEAST_SLIP, _LEAST_TWO = 4, 10
"""Letters of a word from which one slip, and two, are forgiven."""


@dataclass(frozen=True, slots=True)
class Sign:
    """alarm: its id in knowledge/alarms. flag: the row of the triage table; "" for thoughts of
    death."""

    alarm: str
    flag: str


@dataclass(frozen=True, slots=True)
class _Word:
    """One of these forms; ``stems`` may end in anything."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    def is_in(self, said: Iterable[str]) -> bool:
        return any(word in self.whole or word.startswith(self.stems) for word in said)


class Signs:
    """The alarm signs of all languages: who types English on a Dutch page is heard too."""

    def __init__(self, knowledge: Knowledge) -> None:
        ranked = sorted(knowledge.alarms.values(), key=lambda it: (-_rank(it, knowledge), it.id))
        self._alarms = [
            (
                Sign(alarm.id, alarm.flag),
                [_pattern(line) for line in (*alarm.nl, *alarm.en)],
                [_pattern(line) for line in (*alarm.harmless_nl, *alarm.harmless_en)],
            )
            for alarm in ranked
        ]
        places = [it for _, patterns, _ in self._alarms for pattern in patterns for it in pattern]
        self._forms = sorted({form for it in places for form in (*it.whole, *it.stems)})
        self._stems = {stem for it in places for stem in it.stems}

    def in_question(self, question: str) -> tuple[Sign, ...]:
        """The signs that it sounds like, the most urgent first."""
        said = tokens(question)
        meant = {form for word in set(said) for form in self._meant(word)}
        return tuple(
            sign
            for sign, patterns, harmless in self._alarms
            if _sounds(patterns, meant.union(_without(said, harmless)))
        )

    def _meant(self, word: str) -> Iterator[str]:
        """Words of the patterns that a misspelt word may stand for."""
        if len(word) < _LEAST_SLIP or is_word(word):
            return
        for form in self._forms:
            ends = (-1, 0, 1) if form in self._stems else ()
            if _close(word, form) or any(_close(word[: len(form) + it], form) for it in ends):
                yield form


def _close(word: str, known: str) -> bool:
    if len(known) < _LEAST_SLIP:
        return False
    most = 1 if len(known) < _LEAST_TWO else 2
    return bool(OSA.distance(word, known, score_cutoff=most) <= most)


def _rank(alarm: Alarm, knowledge: Knowledge) -> int:
    """Its place among urgencies; thoughts of death go before all."""
    return TIERS.index(knowledge.red_flags[alarm.flag].tier) if alarm.flag else len(TIERS)


def _pattern(line: str) -> list[_Word]:
    """A line such as ``plas*|urine* niet``, read as the question is read."""
    pattern = []
    for place in line.split():
        forms = [("".join(tokens(form)), form.endswith("*")) for form in place.split("|")]
        pattern.append(
            _Word(
                frozenset(form for form, open_ in forms if not open_),
                tuple(form for form, open_ in forms if open_),
            )
        )
    return pattern


def _sounds(patterns: Sequence[Sequence[_Word]], said: Collection[str]) -> bool:
    return any(all(word.is_in(said) for word in pattern) for pattern in patterns)


def _without(said: Sequence[str], harmless: Sequence[Sequence[_Word]]) -> list[str]:
    """The words, without stretches that mean something else ("in slaap vallen")."""
    left = list(said)
    for pattern in harmless:
        size = len(pattern)
        at = 0
        while at <= len(left) - size:
            if all(word.is_in([left[at + n]]) for n, word in enumerate(pattern)):
                del left[at : at + size]
            else:
                at += 1
    return left
