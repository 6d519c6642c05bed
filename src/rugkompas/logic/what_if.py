"""All what-ifs of one person in one pass: one bit per imagined change.

Bit 0 is the person as they answered; every further bit is the same person with one answer
changed. A truth is a whole number with a bit per what-if, so a rule that is evaluated once
tells for each of them whether it fires; the bits after the last what-if mean nothing. A hundred
and fifty what-ifs cost about as much as one, which is what makes a safety net computed from the
rules themselves affordable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rugkompas.logic.codebook import Variable


class WhatIf:
    """Carrier of one person and imagined changes: (variable, code) pairs."""

    def __init__(
        self, codes: Mapping[str, int | float], changes: Sequence[tuple[str, int]]
    ) -> None:
        self._codes = codes
        self._everyone = (1 << (len(changes) + 1)) - 1
        self._changed: dict[str, dict[int | float, int]] = {}
        bit = 1
        for name, code in changes:
            bit <<= 1
            by_code = self._changed.setdefault(name, {})
            by_code[code] = by_code.get(code, 0) | bit
        for name, by_code in self._changed.items():
            touched = sum(by_code.values())
            own = codes.get(name)
            if own is not None:
                by_code[own] = by_code.get(own, 0) | (self._everyone & ~touched)

    def _who(self, variable: Variable) -> dict[int | float, int]:
        """Code -> the what-ifs that hold it."""
        name = variable.name
        by_code = self._changed.get(name)
        if by_code is None:
            return {self._codes.get(name, variable.not_asked): self._everyone}
        if name not in self._codes and variable.not_asked not in by_code:
            by_code[variable.not_asked] = self._everyone & ~sum(by_code.values())
        return by_code

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> int:
        if variable.name not in self._changed:
            own = self._codes.get(variable.name, variable.not_asked)
            return self._everyone if own in codes else 0
        bits = 0
        for code, who in self._who(variable).items():
            if code in codes:
                bits |= who
        return bits

    def at_least(self, variable: Variable, number: int) -> int:
        if variable.name not in self._changed:
            own = self._codes.get(variable.name, variable.not_asked)
            return self._everyone if own >= number else 0
        bits = 0
        for code, who in self._who(variable).items():
            if code >= number:
                bits |= who
        return bits

    def below(self, variable: Variable, number: int) -> int:
        bits = 0
        for code, who in self._who(variable).items():
            if 0 <= code < number:
                bits |= who
        return bits

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> int:
        bits = 0
        for year, who_year in self._who(years).items():
            for day, who_day in self._who(days).items():
                if year >= 0 and day >= 0 and year * 1461 - day * 4 < number * 1461:
                    bits |= who_year & who_day
        return bits
