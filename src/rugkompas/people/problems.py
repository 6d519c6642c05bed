"""What can be wrong with answers. A problem names the question and the rule it broke, never
the answer that was given: that belongs to the person."""

from __future__ import annotations

from dataclasses import dataclass, field

from rugkompas.catalogue import Knowledge


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``kind`` is the id of its sentence in words/<lang>/errors."""

    kind: str
    where: str
    details: dict[str, str] = field(default_factory=dict)

    def said(self, knowledge: Knowledge, language: str) -> str:
        """The problem as a sentence: what is wrong, where, and what to do."""
        return knowledge.words[language].errors[self.kind].format(where=self.where, **self.details)


class BadAnswers(ValueError):
    """The answers of one person cannot be used. ``problems`` lists everything at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.where}: {p.kind}" for p in problems))
