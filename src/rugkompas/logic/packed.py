"""Many people in memory at once, one bit for each.

A truth is an array of bytes that holds eight people a byte, so "and", "or" and "not" take
hundreds of people at a step. Only a comparison reads the codes themselves, and each is done once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rugkompas.logic.codebook import Codebook, Variable
from rugkompas.logic.verbs import Questions

Truths = NDArray[np.uint8]
"""A bit per person; the bits after the last person mean nothing."""

PEOPLE_AT_ONCE = 262_144
"""A block: its truths stay in the processor's caches, and what Python itself costs for each block
(some 2 ms) hardly counts."""


class Packed:
    """Carrier of a block of people: a column of codes per variable, never a null. A variable
    without a column was asked of nobody."""

    def __init__(self, codes: Mapping[str, NDArray[Any]], people: int) -> None:
        self._codes = codes
        self._nobody = np.zeros((people + 7) // 8, np.uint8)
        self._scratch = np.empty(people, np.bool_)
        self._compared: dict[tuple[str, str, int], Truths] = {}

    def _compare(self, variable: Variable, verb: np.ufunc, number: int) -> Truths:
        key = (variable.name, verb.__name__, number)
        if key not in self._compared:
            column = self._codes.get(variable.name)
            if column is not None:
                self._compared[key] = np.packbits(verb(column, number, out=self._scratch))
            else:
                holds = bool(verb(variable.not_asked, number))
                self._compared[key] = ~self._nobody if holds else self._nobody
        return self._compared[key]

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> Truths:
        first, *rest = (self._compare(variable, np.equal, code) for code in codes)
        for other in rest:
            first = first | other
        return first

    def at_least(self, variable: Variable, number: int) -> Truths:
        return self._compare(variable, np.greater_equal, number)

    def below(self, variable: Variable, number: int) -> Truths:
        return self.at_least(variable, 0) & ~self.at_least(variable, number)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> Truths:
        year, day = self._codes.get(years.name), self._codes.get(days.name)
        if year is None or day is None:
            return self._nobody
        # Whole numbers of 32 bits hold it: 120 * 1461 and 43,800 * 4 are below 200,000.
        sooner = np.packbits(year * 1461 - day * 4 < number * 1461)
        return sooner & self.at_least(years, 0) & self.at_least(days, 0)


def answers_of(
    codes: Mapping[str, NDArray[Any]], people: int, codebook: Codebook
) -> Questions[Truths]:
    """The answers of a block of people, as rules see them."""
    return Questions(Packed(codes, people), codebook)


def unpacked(truths: Truths, people: int) -> NDArray[np.bool_]:
    """True or false for each person."""
    return np.unpackbits(truths, count=people).view(np.bool_)


def first_of(steps: Iterable[tuple[Truths, int]], otherwise: int, people: int) -> NDArray[np.uint8]:
    """For each person the number (0 to 255) of the first step that holds, else ``otherwise``."""
    left = np.full((people + 7) // 8, 255, np.uint8)
    digits: dict[int, Truths] = {}

    def number(who: Truths, value: int) -> None:
        for digit in range(value.bit_length()):
            if value >> digit & 1:
                digits[digit] = digits[digit] | who if digit in digits else who

    for truths, value in steps:
        number(left & truths, value)
        left = left & ~truths
    number(left, otherwise)
    found = np.zeros(people, np.uint8)
    for digit, who in digits.items():
        found |= np.unpackbits(who, count=people) << digit
    return found
