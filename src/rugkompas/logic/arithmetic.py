"""Arithmetic that reads the same for one person and for the columns of a table.

``+ - * /`` work on both; what a plain number and an array do differently stands here.
``arithmetic_many`` is the other half, kept apart because it needs NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

Number = Any
"""A float, or an array of floats."""
Truths = Any
"""A bool, or an array of bools."""


class Arithmetic(Protocol):
    """What a carrier of numbers offers."""

    def exp(self, x: Number) -> Number: ...
    def log1p(self, x: Number) -> Number: ...
    def sqrt(self, x: Number) -> Number: ...
    def pick(self, where: Truths, then: Number, otherwise: Number) -> Number: ...
    def between(self, x: Number, xs: Sequence[float], ys: Sequence[float]) -> Number: ...
    def look_up(self, codes: Number, values: Sequence[float]) -> Number: ...
    def most(self, x: Number, y: Number) -> Number: ...
    def least(self, x: Number, y: Number) -> Number: ...
    def known(self, x: Number) -> Truths: ...
    def no(self, truth: Truths) -> Truths: ...


class ForOne:
    """Plain numbers."""

    def exp(self, x: float) -> float:
        return math.exp(x)

    def log1p(self, x: float) -> float:
        return math.log1p(x)

    def sqrt(self, x: float) -> float:
        return math.sqrt(x)

    def pick(self, where: bool, then: float, otherwise: float) -> float:
        """The one or the other."""
        return then if where else otherwise

    def between(self, x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
        """The straight line between points; beyond the ends it stays level."""
        if x <= xs[0]:
            return ys[0]
        for place in range(1, len(xs)):
            if x <= xs[place]:
                slope = (ys[place] - ys[place - 1]) / (xs[place] - xs[place - 1])
                return slope * (x - xs[place - 1]) + ys[place - 1]
        return ys[-1]

    def look_up(self, codes: int, values: Sequence[float]) -> float:
        """The value at the place of the code."""
        return values[codes]

    def most(self, x: float, y: float) -> float:
        return max(x, y)

    def least(self, x: float, y: float) -> float:
        return min(x, y)

    def known(self, x: float) -> bool:
        """A number, and not the NaN that stands for a missing one."""
        return not math.isnan(x)

    def no(self, truth: bool) -> bool:
        return not truth
