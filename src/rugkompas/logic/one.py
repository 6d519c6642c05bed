"""One person, with reasons: which answers make a condition true, or keep it open."""

from __future__ import annotations

from collections.abc import Mapping

from rugkompas.logic.codebook import Codebook, Variable
from rugkompas.logic.verbs import Questions

_NOBODY: frozenset[str] = frozenset()


class Because:
    """A truth about one person. ``value`` is None while an answer that was not given could
    still decide it; ``answers`` are the questions on which the value rests.

    Not a dataclass: thousands are made per assessment, and a frozen one costs three times this.
    """

    __slots__ = ("answers", "value")

    def __init__(self, value: bool | None, answers: frozenset[str] = _NOBODY) -> None:
        self.value = value
        self.answers = answers

    def __and__(self, other: Because) -> Because:
        return _decided(False, self, other)

    def __or__(self, other: Because) -> Because:
        return _decided(True, self, other)

    def __invert__(self) -> Because:
        return Because(None if self.value is None else not self.value, self.answers)


def _decided(by: bool, one: Because, other: Because) -> Because:
    """Two truths of which one with the value ``by`` is enough; then only it is a reason.
    Without such a one, an open one leaves the whole open."""
    first, second = one.value, other.value
    if first is second:
        return Because(first, one.answers | other.answers)
    if first is by:
        return one
    if second is by:
        return other
    return one if first is None else other


class OnePerson:
    """Carrier of one person's codes.

    open_questions: when True, an answer that was not given leaves a comparison open
    (``value`` None) instead of false: the interview asks what is still open.
    """

    def __init__(self, codes: Mapping[str, int | float], *, open_questions: bool = False) -> None:
        self._codes = codes
        self._open = open_questions

    def _compare(self, variable: Variable, code: int | float, value: bool) -> Because:
        if self._open and code == variable.not_asked:
            return Because(None, variable.asked_by)
        return Because(value, variable.asked_by)

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> Because:
        code = self._codes.get(variable.name, variable.not_asked)
        return self._compare(variable, code, code in codes)

    def at_least(self, variable: Variable, number: int) -> Because:
        code = self._codes.get(variable.name, variable.not_asked)
        return self._compare(variable, code, code >= number)

    def below(self, variable: Variable, number: int) -> Because:
        code = self._codes.get(variable.name, variable.not_asked)
        return self._compare(variable, code, 0 <= code < number)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> Because:
        year = self._codes.get(years.name, years.not_asked)
        day = self._codes.get(days.name, days.not_asked)
        return self._compare(years, year, year >= 0) & self._compare(
            days, day, day >= 0 and year * 1461 - day * 4 < number * 1461
        )


def answers_of(
    codes: Mapping[str, int | float], codebook: Codebook, *, open_questions: bool = False
) -> Questions[Because]:
    """The answers of one person, as rules see them."""
    return Questions(OnePerson(codes, open_questions=open_questions), codebook)
