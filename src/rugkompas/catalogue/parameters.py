"""The numbers that hold on one day, as rules read them."""

from __future__ import annotations

from collections.abc import Mapping


class Parameters:
    """``p.<parameter>``: the value that holds on the day of the assessment."""

    def __init__(self, values: Mapping[str, int]) -> None:
        self._values = dict(values)

    def __getattr__(self, name: str) -> int:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(
                f"no parameter '{name}'; add knowledge/parameters/{name}.yaml"
            ) from None
