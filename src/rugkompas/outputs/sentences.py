"""Turns ids, numbers and dates into the words of one language; it decides nothing."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from rugkompas.catalogue import Knowledge

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def emergency_number(knowledge: Knowledge) -> str:
    """The number for an ambulance; it follows the country of the contacts (hazard H-16)."""
    return knowledge.contacts["call_112"].phone


def contact_words(knowledge: Knowledge, language: str, contact: str) -> tuple[str, str]:
    """(what to do, more about it) for a contact, with the emergency number filled in."""
    words = knowledge.words[language].contacts[contact]
    number = emergency_number(knowledge)
    return (
        words.do.format(emergency_number=number),
        words.more.format(emergency_number=number),
    )


def steps(text: str) -> tuple[str, ...]:
    """The sentences of a text, one step each; a question stays with its answer."""
    parts: list[str] = []
    for sentence in _SENTENCE_END.split(text.strip()):
        if parts and parts[-1].endswith("?"):
            parts[-1] += f" {sentence}"
        elif sentence:
            parts.append(sentence)
    return tuple(parts)


def own_words(text: str) -> str:
    """What a person typed, on one line and without characters that steer a screen."""
    kept = (
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())


class Voice:
    """The words of one language: ``voice("why_title")`` is a sentence of the report."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.language = language
        self.words = knowledge.words[language]
        self._number = emergency_number(knowledge)

    def __call__(self, key: str, **values: object) -> str:
        sentence = self.words.report[key]
        return sentence.format(emergency_number=self._number, **values)

    def number(self, value: float) -> str:
        """A number as it is written in this language."""
        plain = f"{value:g}".replace(".", self.words.report["decimal_mark"])
        return plain.replace("-", "\N{MINUS SIGN}")

    def range(self, low: float, high: float) -> str:
        """Two numbers as "low to high"."""
        return self("range", low=self.number(low), high=self.number(high))

    def date(self, day: dt.date) -> str:
        """A date, written out."""
        return self("date", day=day.day, month=self(f"month_{day.month}"), year=day.year)

    def listed(self, items: Sequence[str], last: str = "list_and") -> str:
        """The items as "a, b and c"; ``list_or`` gives "a, b or c"."""
        if len(items) < 2:
            return "".join(items)
        return self(last, most=", ".join(items[:-1]), last=items[-1])

    def short(self, question: str) -> str:
        """A question in two to five words."""
        words = self.words.questions.get(question)
        return words.short if words else question

    def answer(self, question: str, answer: Any) -> str:
        """An answer in words."""
        words = self.words.questions.get(question)
        values = words.values if words else {}
        if isinstance(answer, int | float):
            return self.number(answer)
        if isinstance(answer, tuple):
            if not answer:
                return self("answer_none_of_these")
            return "; ".join(self.answer(question, member) for member in answer)
        if answer in values:
            return values[answer]
        shared = self.words.report.get(f"answer_{answer}")
        return shared if shared is not None else str(answer)

    def clause(self, question: str, answer: Any) -> str:
        """The half sentence for one answer, as it follows "because" or "if"."""
        words = self.words.questions.get(question)
        clauses = words.clause if words else {}
        if isinstance(answer, int | float) and "value" in clauses:
            return clauses["value"].format(value=self.number(answer))
        if isinstance(answer, str) and answer in clauses:
            return clauses[answer]
        return self(
            "because_answer", question=self.short(question), answer=self.answer(question, answer)
        )

    def clauses(self, questions: Sequence[str], given: Mapping[str, Any]) -> tuple[str, ...]:
        """A half sentence for each own answer; of a set, one for each member."""
        found: list[str] = []
        for question in questions:
            answer = given.get(question)
            if answer is None:
                found.append(self("because_not_asked", question=self.short(question)))
            elif isinstance(answer, tuple) and answer:
                found += [self.clause(question, member) for member in answer]
            else:
                found.append(self.clause(question, answer))
        return tuple(found)
