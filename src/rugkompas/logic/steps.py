"""Rules read once, as the list of steps that they take for everybody.

A rule combines truths and never looks at one, so it asks and combines the same whoever is looked
at. This carrier writes that down: each different step once, after the steps that it needs. To
walk the list takes a fifth of the time of the rules themselves, and gives the same. The list is
also plain data, for a program that has no Python; no step can lead back to itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rugkompas.logic.codebook import Variable
from rugkompas.logic.one import Because, OnePerson
from rugkompas.logic.verbs import Carrier, T
from rugkompas.logic.what_if import WhatIf

Line = tuple[Any, ...]
"""A step as data: a verb of ``verbs.Carrier`` with its names and numbers, or ``and``, ``or``,
``not`` with the places of other steps, counted from 0."""

_Verb = Callable[..., Any]
_JOINS: Mapping[str, _Verb] = {"and": operator.and_, "or": operator.or_, "not": operator.inv}
_NONE = -1
_VERBS = ("one_of", "at_least", "below", "years_less_days_below")


class Step:
    """A truth that will be known once the list is walked: ``place`` in it."""

    __slots__ = ("_steps", "place")

    def __init__(self, steps: Steps, place: int) -> None:
        self._steps = steps
        self.place = place

    def __and__(self, other: Step) -> Step:
        return self._steps.join("and", self.place, other.place)

    def __or__(self, other: Step) -> Step:
        return self._steps.join("or", self.place, other.place)

    def __invert__(self) -> Step:
        return self._steps.join("not", self.place)


class Steps:
    """Carrier that writes down what rules ask of the answers."""

    def __init__(self) -> None:
        self._steps: dict[Line, Step] = {}
        self._verbs: list[tuple[_Verb, int, int]] = []

    @property
    def lines(self) -> list[Line]:
        """Every step as data, in its place."""
        return list(self._steps)

    def join(self, name: str, *places: int) -> Step:
        """``and`` or ``or`` of two steps, ``not`` of one, by their places."""
        first, second, *_ = *places, _NONE
        return self._once((name, *places), _JOINS[name], first, second)

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> Step:
        return self._ask("one_of", variable, codes)

    def at_least(self, variable: Variable, number: int) -> Step:
        return self._ask("at_least", variable, number)

    def below(self, variable: Variable, number: int) -> Step:
        return self._ask("below", variable, number)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> Step:
        return self._ask("years_less_days_below", years, days, number)

    def walk(self, carrier: Carrier[T]) -> list[T]:
        """The truth of every step, in its place, for whoever the carrier holds."""
        truths: list[T] = []
        for verb, first, second in self._verbs:
            if second >= 0:
                truths.append(verb(truths[first], truths[second]))
            else:
                truths.append(verb(carrier if first < 0 else truths[first]))
        return truths

    def truth(self, place: int, carrier: Carrier[T], known: dict[int, T]) -> T:
        """The truth of one step. known: what was looked for before, and what is found now."""
        if place in known:
            return known[place]
        verb, first, second = self._verbs[place]
        truth: T
        if first < 0:
            truth = verb(carrier)
        elif second < 0:
            truth = verb(self.truth(first, carrier, known))
        else:
            truth = verb(self.truth(first, carrier, known), self.truth(second, carrier, known))
        known[place] = truth
        return truth

    def _ask(self, name: str, *asked: Any) -> Step:
        written = (it.name if isinstance(it, Variable) else it for it in asked)
        return self._once((name, *written), operator.methodcaller(name, *asked), _NONE, _NONE)

    def _once(self, line: Line, verb: _Verb, first: int, second: int) -> Step:
        if line not in self._steps:
            self._steps[line] = Step(self, len(self._verbs))
            self._verbs.append((verb, first, second))
        return self._steps[line]


def read(
    lines: Sequence[Sequence[Any]], carrier: Carrier[T], book: Mapping[str, Variable]
) -> list[T]:
    """The truth of each line for whoever the carrier holds; the lines may come from a file.
    Raises ValueError for a verb that rules do not have."""
    truths: list[T] = []
    for name, *asked in lines:
        if name in _JOINS:
            truths.append(_JOINS[name](*(truths[place] for place in asked)))
        elif name in _VERBS:
            given = (book[it] if isinstance(it, str) else it for it in asked)
            truths.append(getattr(carrier, name)(*given))
        else:
            raise ValueError(f"line {len(truths)} has no verb of the rules: {name}")
    return truths


class Walked:
    """One person along the steps: what holds, and on which answers that rests where one asks.

    changes: what is imagined beside, as (variable, code).
    """

    def __init__(
        self,
        steps: Steps,
        codes: Mapping[str, int | float],
        changes: Sequence[tuple[str, int]] = (),
    ) -> None:
        self._steps = steps
        self._truths = steps.walk(WhatIf(codes, changes))
        self._person = OnePerson(codes)
        self._known: dict[int, Because] = {}

    def holds(self, step: Step) -> bool:
        return bool(self._truths[step.place] & 1)

    def bits(self, step: Step) -> int:
        """Bit 0: whether it holds. Bit n: whether it would after the n-th change."""
        return self._truths[step.place]

    def because(self, step: Step) -> frozenset[str]:
        """The questions on which it rests that the step holds, or does not."""
        return self._steps.truth(step.place, self._person, self._known).answers
