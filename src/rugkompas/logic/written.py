"""The rules themselves, written down as lines that another program can carry.

A line compares one answer, or joins lines before it: ``["one_of", "fever", [2]]``,
``["and", 3, 7]``. So a reader needs one pass, and no line can lead back to itself. Whatever is
asked twice stands there once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rugkompas.logic.codebook import Codebook, Variable
from rugkompas.logic.verbs import Carrier, Questions, T

Line = tuple[Any, ...]
"""A verb of ``verbs.Carrier`` with its names and numbers, or ``and``, ``or``, ``not`` with the
places of other lines, counted from 0."""


class Written:
    """A truth that is a place on the paper."""

    __slots__ = ("_paper", "place")

    def __init__(self, paper: Paper, place: int) -> None:
        self._paper = paper
        self.place = place

    def __and__(self, other: Written) -> Written:
        return self._paper.line("and", self.place, other.place)

    def __or__(self, other: Written) -> Written:
        return self._paper.line("or", self.place, other.place)

    def __invert__(self) -> Written:
        return self._paper.line("not", self.place)


class Paper:
    """Carrier of nobody: it keeps what is asked, in ``lines``."""

    def __init__(self) -> None:
        self._places: dict[Line, int] = {}

    @property
    def lines(self) -> list[Line]:
        return list(self._places)

    def line(self, *parts: Any) -> Written:
        """The place of this line, written now if it was not there."""
        return Written(self, self._places.setdefault(parts, len(self._places)))

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> Written:
        return self.line("one_of", variable.name, codes)

    def at_least(self, variable: Variable, number: int) -> Written:
        return self.line("at_least", variable.name, number)

    def below(self, variable: Variable, number: int) -> Written:
        return self.line("below", variable.name, number)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> Written:
        return self.line("years_less_days_below", years.name, days.name, number)


def answers_on(paper: Paper, codebook: Codebook) -> Questions[Written]:
    """The answers of nobody, as rules see them."""
    return Questions(paper, codebook)


def read(
    lines: Sequence[Sequence[Any]], carrier: Carrier[T], book: Mapping[str, Variable]
) -> list[T]:
    """The truth of each line for whoever the carrier carries."""
    truths: list[T] = []
    for line in lines:
        match line:
            case ("and", one, other):
                truths.append(truths[one] & truths[other])
            case ("or", one, other):
                truths.append(truths[one] | truths[other])
            case ("not", one):
                truths.append(~truths[one])
            case ("one_of", name, codes):
                truths.append(carrier.one_of(book[name], tuple(codes)))
            case ("at_least", name, number):
                truths.append(carrier.at_least(book[name], number))
            case ("below", name, number):
                truths.append(carrier.below(book[name], number))
            case ("years_less_days_below", years, days, number):
                truths.append(carrier.years_less_days_below(book[years], book[days], number))
            case _:
                raise ValueError(f"line {len(truths)} has no verb of the rules: {line[0]}")
    return truths
