"""On what a statement rests: the numbers of its sources in one report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rests:
    """On which sources a statement rests, per mark: ``words`` says how they were obtained."""

    words: str
    numbers: tuple[int, ...]
