"""The arithmetic of ``arithmetic``, on columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


class ForMany:
    """NumPy columns."""

    def exp(self, x: Column) -> Column:
        return np.exp(x)

    def log1p(self, x: Column) -> Column:
        return np.log1p(x)

    def sqrt(self, x: Column) -> Column:
        return np.sqrt(x)

    def pick(self, where: NDArray[np.bool_], then: Column, otherwise: Column) -> Column:
        """The one or the other, row by row."""
        return np.where(where, then, otherwise)

    def between(self, x: Column, xs: Sequence[float], ys: Sequence[float]) -> Column:
        """The straight line between points; beyond the ends it stays level."""
        return np.interp(x, xs, ys)

    def look_up(self, codes: NDArray[np.uint8], values: Sequence[float]) -> Column:
        """The value at the place of each code."""
        found: Column = np.asarray(values, dtype=np.float64)[codes]
        return found

    def most(self, x: Column, y: Column) -> Column:
        return np.maximum(x, y)

    def least(self, x: Column, y: Column) -> Column:
        return np.minimum(x, y)

    def known(self, x: Column) -> NDArray[np.bool_]:
        """A number, and not the NaN that stands for a missing one."""
        return ~np.isnan(x)

    def no(self, truth: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.logical_not(truth)
