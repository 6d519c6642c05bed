"""The numbers that hold on one day, as rules read them."""

from __future__ import annotations

from collections.abc import Mapping


class Parameters:
    """``p.<parameter>``: the value that holds on the day of the assessment."""

    def __init__(self, values: Mapping[str, int]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> int:
        raise AttributeError(f"no parameter '{name}'; add knowledge/parameters/{name}.yaml")
