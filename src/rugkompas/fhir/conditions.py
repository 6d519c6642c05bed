"""Conditions of our own rules, written for FHIR: as ``enableWhen`` or as FHIRPath.

``Written`` is a carrier like the one of one person or of a column: the rules run on it as they
are, and what comes out is the condition itself. So nothing is written twice, and a threshold
that changes in the knowledge changes here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.fhir.elements import Element, coding
from rugkompas.fhir.names import ANSWERS
from rugkompas.logic.codebook import Variable
from rugkompas.logic.verbs import Questions
from rugkompas.rules.applies import APPLIES, Applies


class Condition:
    """A condition on answers. ``&``, ``|`` and ``~`` keep it in a form without "not": the
    opposite of a comparison is another comparison."""

    def __and__(self, other: Condition) -> Condition:
        return _joined(False, self, other)

    def __or__(self, other: Condition) -> Condition:
        return _joined(True, self, other)

    def __invert__(self) -> Condition:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Words(Condition):
    """The answer is one of these codes; ``variable.not_asked`` among them means: or missing."""

    variable: Variable
    codes: frozenset[int]

    def __invert__(self) -> Condition:
        every = {self.variable.not_asked, *range(1, len(self.variable.words) + 1)}
        if self.variable.is_number:
            return Number(self.variable, 0, None, False)
        return Words(self.variable, frozenset(every - self.codes))


@dataclass(frozen=True, slots=True)
class Number(Condition):
    """The number is at least ``low`` and below ``below`` (None: no end); missing: or not given."""

    variable: Variable
    low: int | None
    below: int | None
    missing: bool

    def __invert__(self) -> Condition:
        if self.low is not None and self.below is None and self.low > 0:
            return Number(self.variable, None, self.low, not self.missing)
        if self.below is not None and self.low is None:
            return Number(self.variable, self.below, None, not self.missing)
        return Words(self.variable, frozenset({self.variable.not_asked}))


@dataclass(frozen=True, slots=True)
class Started(Condition):
    """Age less duration is below a number of years, both given; or the opposite of that."""

    years: Variable
    days: Variable
    below: int
    opposite: bool = False

    def __invert__(self) -> Condition:
        return Started(self.years, self.days, self.below, not self.opposite)


@dataclass(frozen=True, slots=True)
class Together(Condition):
    """any: one of the parts is enough; otherwise all must hold. No part twice."""

    any: bool
    parts: tuple[Condition, ...]

    def __invert__(self) -> Condition:
        return _joined(not self.any, *(~part for part in self.parts))


def _joined(any_: bool, *conditions: Condition) -> Condition:
    parts: dict[Condition, None] = {}
    for condition in conditions:
        inner = condition.parts if isinstance(condition, Together) else (condition,)
        flat = isinstance(condition, Together) and condition.any is any_
        parts |= dict.fromkeys(inner if flat else (condition,))
    if len(parts) == 1:
        return next(iter(parts))
    return Together(any_, tuple(parts))


class Written:
    """The carrier: a comparison becomes the condition that it is.

    still_open: questions that may be answered later; while they are not, a comparison with
    them may still become true, and so it is.
    """

    def __init__(self, still_open: frozenset[str] = frozenset()) -> None:
        self._open = still_open

    def one_of(self, variable: Variable, codes: tuple[int, ...]) -> Condition:
        missing = {variable.not_asked} if variable.question in self._open else set()
        return Words(variable, frozenset({*codes, *missing}))

    def at_least(self, variable: Variable, number: int) -> Condition:
        return Number(variable, number, None, variable.question in self._open)

    def below(self, variable: Variable, number: int) -> Condition:
        return Number(variable, None, number, variable.question in self._open)

    def years_less_days_below(self, years: Variable, days: Variable, number: int) -> Condition:
        return Started(years, days, number)


def condition_of(rule: Applies, knowledge: Knowledge, p: Parameters) -> Condition:
    """The condition that a rule of ours is."""
    found: Condition = rule(Questions(Written(), knowledge.codebook), p)
    return found


def asked_when(question: str, knowledge: Knowledge, p: Parameters) -> Condition | None:
    """When a question applies or may still apply; None: always.

    Questions that depend on one rule are asked together, so each of them is still open for the
    others: the age at the start is asked among the very items that depend on it.
    """
    rule = APPLIES.get(question)
    if rule is None:
        return None
    together = frozenset(id_ for id_, other in APPLIES.items() if other is rule)
    found: Condition = rule(Questions(Written(together), knowledge.codebook), p)
    return found


def answer_code(variable: Variable, code: int) -> str:
    """The code in our system of answers for a code of a variable."""
    word = variable.words[code - 1]
    if "." in variable.name:
        member = variable.name.partition(".")[2]
        return f"{variable.question}.{member}"
    return word if set(variable.words) == {"no", "yes", "unknown"} else f"{variable.name}.{word}"


def enable_when(condition: Condition) -> Element | None:
    """``enableWhen`` and ``enableBehavior``, None when one list of comparisons cannot say it.

    Only operators whose meaning is the same everywhere are used: ``exists``, ``=``, ``<``,
    ``>=``. With ``!=`` renderers differ on a question without an answer.
    """
    parts = condition.parts if isinstance(condition, Together) else (condition,)
    lists = [_comparisons(part) for part in parts]
    any_ = condition.any if isinstance(condition, Together) else True
    if any(found is None for found in lists):
        return None
    if not any_ and any(len(found or ()) > 1 for found in lists):
        return None
    when = [comparison for found in lists for comparison in found or ()]
    if len(when) == 1:
        return {"enableWhen": when}
    return {"enableWhen": when, "enableBehavior": "any" if any_ else "all"}


def _comparisons(condition: Condition) -> list[Element] | None:
    """Comparisons of which one is enough."""
    if isinstance(condition, Words) and "." not in condition.variable.name:
        question, found = condition.variable.question, []
        for code in sorted(condition.codes):
            if code == condition.variable.not_asked:
                found.append(_when(question, "exists", answerBoolean=False))
            else:
                answer = coding(ANSWERS, answer_code(condition.variable, code))
                found.append(_when(question, "=", answerCoding=answer))
        return found
    if isinstance(condition, Number) and None in (condition.low, condition.below):
        question = condition.variable.question
        found = [_when(question, "exists", answerBoolean=False)] if condition.missing else []
        if condition.below is not None:
            return [*found, _when(question, "<", answerInteger=condition.below)]
        return [*found, _when(question, ">=", answerInteger=condition.low)]
    return None


def _when(question: str, operator: str, **answer: object) -> Element:
    return {"question": question, "operator": operator, **answer}


def fhirpath(condition: Condition) -> str:
    """The condition as FHIRPath over a QuestionnaireResponse (``%resource``); always true or
    false, never empty."""
    if isinstance(condition, Together):
        word = " or " if condition.any else " and "
        return f"({word.join(fhirpath(part) for part in condition.parts)})"
    if isinstance(condition, Words):
        return _words(condition)
    if isinstance(condition, Number):
        return _number(condition)
    assert isinstance(condition, Started)
    years, days = _answer(condition.years), _answer(condition.days)
    path = f"({years} * 1461 - {days} * 4).where($this < {condition.below * 1461})"
    return f"{path}.{'empty' if condition.opposite else 'exists'}()"


def _answer(variable: Variable) -> str:
    return f"%resource.repeat(item).where(linkId = '{variable.question}').answer.value"


def _words(condition: Words) -> str:
    variable, codes = condition.variable, condition.codes
    if "." in variable.name:
        return _member(condition)
    found = []
    if variable.not_asked in codes:
        found.append(f"{_answer(variable)}.empty()")
    named = [answer_code(variable, code) for code in sorted(codes - {variable.not_asked})]
    if named:
        any_of = " or ".join(f"code = '{code}'" for code in named)
        found.append(f"{_answer(variable)}.where({any_of}).exists()")
    return _or(found)


def _member(condition: Words) -> str:
    """A set: its member was named (2), was not while others could be (1), or nothing was asked."""
    path = _answer(condition.variable)
    named = f"{path}.where(code = '{answer_code(condition.variable, 2)}').exists()"
    truths = {
        frozenset({2}): named,
        frozenset({1}): f"({path}.exists() and {named}.not())",
        frozenset({0}): f"{path}.empty()",
        frozenset({0, 1}): f"{named}.not()",
        frozenset({1, 2}): f"{path}.exists()",
        frozenset({0, 2}): f"({path}.empty() or {named})",
    }
    return truths[condition.codes]


def _number(condition: Number) -> str:
    path, limits = _answer(condition.variable), []
    if condition.low is not None:
        limits.append(f"$this >= {condition.low}")
    if condition.below is not None:
        limits.append(f"$this < {condition.below}")
    found = [f"{path}.empty()"] if condition.missing else []
    return _or([*found, f"{path}.where({' and '.join(limits)}).exists()"])


def _or(parts: list[str]) -> str:
    return reduce(lambda one, other: f"({one} or {other})", parts)
