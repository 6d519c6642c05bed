"""The few verbs that a rule may use, the same for every carrier.

``q.trauma.is_("minor", "significant")`` one of these words; ``q.age_years.at_least(50)`` and
``.below(50)``; ``q.leg_pain.missing``; ``q.spa_features.has("family")`` a set holds one of
these; ``q.age_years.less_days_below(q.pain_duration_days, 45)``. They combine with ``&``,
``|`` and ``~``. A comparison with an answer that was not given is false, and "unknown"
equals only the word "unknown" (triage dossier, section 9).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import combinations
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from rugkompas.logic.codebook import Codebook, Variable


class Truth(Protocol):
    """What a carrier computes with: something that knows and, or, not."""

    def __and__(self: T, other: T, /) -> T: ...
    def __or__(self: T, other: T, /) -> T: ...
    def __invert__(self: T, /) -> T: ...


T = TypeVar("T", bound=Truth)
T_co = TypeVar("T_co", bound=Truth, covariant=True)
P = ParamSpec("P")


class Carrier(Protocol[T_co]):
    """How one kind of data answers the verbs."""

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> T_co:
        """The variable holds one of these codes."""

    def at_least(self, variable: Variable, number: int) -> T_co:
        """The number was given and is at least this."""

    def below(self, variable: Variable, number: int) -> T_co:
        """The number was given and is below this."""

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> T_co:
        """Both were given, and years - days / 365.25 < number."""


class Answer(Generic[T]):
    """One question as a rule sees it."""

    __slots__ = ("_carrier", "_codebook", "_variable")

    def __init__(self, carrier: Carrier[T], codebook: Codebook, name: str) -> None:
        self._carrier = carrier
        self._codebook = codebook
        # The name of a set is no variable; its members are.
        self._variable = codebook.get(name) or Variable(name, name)

    def is_(self, *words: str) -> T:
        """The answer is one of these words."""
        variable = self._variable
        return self._carrier.one_of(variable, variable.coded.get(words) or variable.codes(words))

    def has(self, *members: str) -> T:
        """The set holds at least one of these members."""
        book, carrier = self._codebook, self._carrier
        variables = [book[f"{self._variable.name}.{member}"] for member in members]
        return any_of(
            *(carrier.one_of(variable, variable.codes(("yes",))) for variable in variables)
        )

    def at_least(self, number: int) -> T:
        """The number is this or more."""
        return self._carrier.at_least(self._variable, number)

    def below(self, number: int) -> T:
        """The number is less than this."""
        return self._carrier.below(self._variable, number)

    def less_days_below(self, days: Answer[T], number: int) -> T:
        """This number of years, less a number of days, is below a number of years."""
        return self._carrier.years_less_days_below(self._variable, days._variable, number)

    @property
    def missing(self) -> T:
        """The question was not answered, not even with "unknown"."""
        return self._carrier.one_of(self._variable, (self._variable.not_asked,))


class Questions(Generic[T]):
    """All answers of whoever is being looked at: ``q.<question>``.

    Terms that several rules share are computed once and kept in ``terms``.
    """

    def __init__(self, carrier: Carrier[T], codebook: Codebook) -> None:
        self._carrier = carrier
        self._codebook = codebook
        self.terms: dict[object, T] = {}

    def __getattr__(self, name: str) -> Answer[T]:
        # Called once per question: the answer then stands in __dict__ and is found there.
        if name.startswith("_"):
            raise AttributeError(name)
        answer = self.__dict__[name] = Answer(self._carrier, self._codebook, name)
        return answer

    def __getitem__(self, name: str) -> Answer[T]:
        answer: Answer[T] = getattr(self, name)
        return answer


def term(
    function: Callable[Concatenate[Questions[T], P], T],
) -> Callable[Concatenate[Questions[T], P], T]:
    """Mark a function of the answers as a shared term: computed once per set of answers.

    Its further arguments, after the parameters, tell terms apart.
    """

    @wraps(function)
    def remembered(q: Questions[T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, args[1:])
        truth = q.terms.get(key)
        if truth is None:
            truth = q.terms[key] = function(q, *args, **kwargs)
        return truth

    return remembered


def any_of(first: T, *rest: T) -> T:
    """At least one holds."""
    for truth in rest:
        first = first | truth
    return first


def all_of(first: T, *rest: T) -> T:
    """All hold."""
    for truth in rest:
        first = first & truth
    return first


def at_least_of(number: int, truths: list[T]) -> T:
    """At least this many of the truths hold (1 <= number <= len(truths))."""
    return any_of(*(all_of(*chosen) for chosen in combinations(truths, number)))
