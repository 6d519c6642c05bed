"""The columns of a table, on any engine that Narwhals speaks (Polars, DuckDB, Spark).

The table holds codes (``codebook``), one column per variable and never a null, so the few
comparisons below mean the same on every engine.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from rugkompas.logic.codebook import Codebook, Variable
from rugkompas.logic.verbs import Questions


class Columns:
    """Carrier of a table's columns. A variable without a column was asked of nobody."""

    def __init__(self, present: frozenset[str]) -> None:
        self._present = present

    def _column(self, variable: Variable) -> nw.Expr:
        return nw.col(variable.name)

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> nw.Expr:
        if variable.name not in self._present:
            return nw.lit(variable.not_asked in codes)
        column = self._column(variable)
        first, *rest = (column == code for code in codes)
        for other in rest:
            first = first | other
        return first

    def at_least(self, variable: Variable, number: int) -> nw.Expr:
        if variable.name not in self._present:
            return nw.lit(False)
        return self._column(variable) >= number

    def below(self, variable: Variable, number: int) -> nw.Expr:
        if variable.name not in self._present:
            return nw.lit(False)
        column = self._column(variable)
        return (column < number) & (column >= 0)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> nw.Expr:
        if years.name not in self._present or days.name not in self._present:
            return nw.lit(False)
        year, day = self._column(years), self._column(days)
        start = year.cast(nw.Int64) * 1461 - day.cast(nw.Int64) * 4
        return (start < number * 1461) & (year >= 0) & (day >= 0)


def answers_of(columns: frozenset[str], codebook: Codebook) -> Questions[nw.Expr]:
    """The answers of a whole table, as rules see them."""
    return Questions(Columns(columns), codebook)
