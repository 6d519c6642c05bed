"""What every section of one report needs: the assessment, the words, the numbered sources."""

from __future__ import annotations

from collections.abc import Iterable

from rugkompas.assess import Assessment
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Citation
from rugkompas.outputs.parts import SourceLine
from rugkompas.outputs.rests import Rests
from rugkompas.outputs.sentences import Voice

URGENT = ("emergency", "same_day")
"""Tiers at which calling comes first: no outlook, no exercise, nothing to do oneself."""

MARKS = ("seen", "computed", "recalled", "choice")
"""From the strongest to the weakest ground."""


class Cited:
    """The words of one language. Numbers the sources as they are first named."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.k = knowledge
        self.voice = Voice(knowledge, language)
        self.words = self.voice.words
        self._numbers: dict[str, int] = {}

    def rests(self, citations: Iterable[Citation]) -> tuple[Rests, ...]:
        """Numbers of the sources, per mark; a source cited twice keeps its weaker mark."""
        weakest: dict[str, str] = {}
        for citation in citations:
            self._numbers.setdefault(citation.source, len(self._numbers) + 1)
            before = weakest.get(citation.source, MARKS[0])
            weakest[citation.source] = max(before, citation.mark, key=MARKS.index)
        return tuple(
            Rests(
                self.voice(f"rests_{mark}"),
                tuple(sorted(self._numbers[id_] for id_, m in weakest.items() if m == mark)),
            )
            for mark in MARKS
            if mark in weakest.values()
        )

    def source_lines(self) -> tuple[SourceLine, ...]:
        """The sources in the order of their numbers. Titles stay in their own language."""
        lines = []
        for id_, number in self._numbers.items():
            source = self.k.sources[id_]
            published = source.published_in or str(source.year or "")
            parts = (source.authors, source.title, published)
            text = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)
            mark = self.voice(f"mark_{source.read}")
            lines.append(SourceLine(number, text, source.url, mark))
        return tuple(lines)


class Frame(Cited):
    """One person's assessment in one language."""

    def __init__(self, assessment: Assessment, language: str) -> None:
        super().__init__(assessment.knowledge, language)
        self.a = assessment
        self.given = assessment.person.given
        self.tier = assessment.triage.urgency

    def in_order(self, questions: Iterable[str]) -> list[str]:
        """Question ids in the order in which they are asked."""
        return sorted(questions, key=lambda id_: (self.k.questions[id_].order, id_))
