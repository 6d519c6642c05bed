"""Every possible person at once: the answers as unknowns of the Z3 solver."""

from __future__ import annotations

from collections.abc import Mapping

import z3

from rugkompas.logic.codebook import Codebook, Variable
from rugkompas.logic.verbs import Questions


class Everybody:
    """Carrier of all combinations. ``fixed`` replaces the unknown of a variable by a code or
    by another unknown, to compare people who differ in that one answer."""

    def __init__(self, fixed: Mapping[str, z3.ArithRef | int] | None = None) -> None:
        self._fixed = fixed or {}

    def value(self, variable: Variable) -> z3.ArithRef:
        """The solver's unknown (or the fixed code) of a variable."""
        fixed = self._fixed.get(variable.name)
        if fixed is None:
            return z3.Int(variable.name)
        return z3.IntVal(fixed) if isinstance(fixed, int) else fixed

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> z3.BoolRef:
        value = self.value(variable)
        return z3.Or(*(value == code for code in codes))

    def at_least(self, variable: Variable, number: int) -> z3.BoolRef:
        return self.value(variable) >= number

    def below(self, variable: Variable, number: int) -> z3.BoolRef:
        value = self.value(variable)
        return z3.And(value < number, value >= 0)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> z3.BoolRef:
        year, day = self.value(years), self.value(days)
        return z3.And(year >= 0, day >= 0, year * 1461 - day * 4 < number * 1461)


def answers_of(
    codebook: Codebook, fixed: Mapping[str, z3.ArithRef | int] | None = None
) -> Questions[z3.BoolRef]:
    """The answers of everybody, as rules see them."""
    return Questions(Everybody(fixed), codebook)


def domain(codebook: Mapping[str, Variable]) -> list[z3.BoolRef]:
    """What the unknowns may be: every word, every number in its bounds, or not asked."""
    limits = []
    for variable in codebook.values():
        unknown = z3.Int(variable.name)
        top = variable.high if variable.is_number else len(variable.words)
        limits.append(z3.And(unknown >= variable.not_asked, unknown <= top))
        if variable.is_number and variable.low > 0:
            limits.append(z3.Or(unknown == variable.not_asked, unknown >= variable.low))
    return limits
