"""One person, with reasons: which answers make a condition true, or keep it open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rugkompas.logic.codebook import Codebook, Variable
from rugkompas.logic.verbs import Questions

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Because:
    """A truth about one person. ``value`` is None while an answer that was not given could
    still decide it; ``answers`` are the questions on which the value rests."""

    value: bool | None
    answers: frozenset[str] = _NOBODY

    def __and__(self, other: Because) -> Because:
        if self.value is False or other.value is False:
            return Because(False, _resting_on(False, self, other))
        if self.value is None or other.value is None:
            return Because(None, _resting_on(None, self, other))
        return Because(True, self.answers | other.answers)

    def __or__(self, other: Because) -> Because:
        if self.value is True or other.value is True:
            return Because(True, _resting_on(True, self, other))
        if self.value is None or other.value is None:
            return Because(None, _resting_on(None, self, other))
        return Because(False, self.answers | other.answers)

    def __invert__(self) -> Because:
        return Because(None if self.value is None else not self.value, self.answers)


def _resting_on(value: bool | None, *truths: Because) -> frozenset[str]:
    return frozenset().union(*(truth.answers for truth in truths if truth.value is value))


class OnePerson:
    """Carrier of one person's codes.

    open_questions: when True, an answer that was not given leaves a comparison open
    (``value`` None) instead of false: the interview asks what is still open.
    """

    def __init__(self, codes: Mapping[str, int], *, open_questions: bool = False) -> None:
        self._codes = codes
        self._open = open_questions

    def _compare(self, variable: Variable, code: int, value: bool) -> Because:
        if self._open and code == variable.not_asked:
            return Because(None, frozenset((variable.question,)))
        return Because(value, frozenset((variable.question,)))

    def _code(self, variable: Variable) -> int:
        return self._codes.get(variable.name, variable.not_asked)

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> Because:
        code = self._code(variable)
        return self._compare(variable, code, code in codes)

    def at_least(self, variable: Variable, number: int) -> Because:
        code = self._code(variable)
        return self._compare(variable, code, code >= number)

    def below(self, variable: Variable, number: int) -> Because:
        code = self._code(variable)
        return self._compare(variable, code, 0 <= code < number)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> Because:
        year, day = self._code(years), self._code(days)
        return self._compare(years, year, year >= 0) & self._compare(
            days, day, day >= 0 and year * 1461 - day * 4 < number * 1461
        )


def answers_of(
    codes: Mapping[str, int], codebook: Codebook, *, open_questions: bool = False
) -> Questions[Because]:
    """The answers of one person, as rules see them."""
    return Questions(OnePerson(codes, open_questions=open_questions), codebook)
