"""Reads the conditions that clinicians sign, for the solver and for nothing else.

``knowledge/red_flags/E01.yaml`` says ``condition: "CES_NEW"``; the rule E01 is Python. This
module gives the condition its meaning independently of the rules (triage dossier, section 9),
so that the proof can show that paper and code say the same for every combination.

    id = word    id in {a, b}    id >= 50    id missing    AND OR NOT ( )
    COUNT(condition; condition) >= 2    TERM    DUR >= 21    START_AGE < 45
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import z3

from rugkompas.catalogue import Knowledge
from rugkompas.logic.codebook import Variable
from rugkompas.logic.solver import Everybody

_TOKEN = re.compile(r"\s*(>=|<=|[=<>(){},;]|[A-Za-z0-9_]+)")
_COMPARE: dict[str, Callable[[z3.ArithRef, int], z3.BoolRef]] = {
    "=": lambda left, right: left == right,
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
}
_CLASS_DAYS = {
    "lt_3_weeks": (0, 20),
    "3_to_6_weeks": (21, 41),
    "6_to_12_weeks": (42, 83),
    "gt_12_weeks": (84, 10**6),
    "comes_and_goes": (0, 10**6),
}


class Clauses:
    """Conditions as statements about everybody.

    fixed: variable name -> code or unknown, to speak of people who differ in one answer.
    """

    def __init__(
        self, knowledge: Knowledge, fixed: Mapping[str, z3.ArithRef | int] | None = None
    ) -> None:
        self._knowledge = knowledge
        self._everybody = Everybody(fixed)
        self._terms: dict[str, z3.BoolRef | z3.ArithRef] = {}

    def holds(self, condition: str) -> z3.BoolRef:
        """The condition as a statement. Raises ValueError where it cannot be read."""
        reader = _Reader(_tokens(condition), self)
        truth = reader.either()
        if reader.next is not None:
            raise ValueError(f"cannot read '{reader.next}' in: {condition}")
        return truth

    def value(self, name: str) -> z3.ArithRef:
        """The solver's unknown of a variable."""
        return self._everybody.value(self.variable(name))

    def variable(self, name: str) -> Variable:
        """The variable of a question. Raises ValueError for a name that no question has."""
        try:
            return self._knowledge.codebook[name]
        except KeyError:
            raise ValueError(f"'{name}' is no question with one answer") from None

    def is_word(self, name: str, words: list[str]) -> z3.BoolRef:
        """The answer is one of the words; for a set, it holds one of them."""
        if self._knowledge.questions[name].kind == "set":
            return z3.Or(*(self.value(f"{name}.{word}") == 2 for word in words))
        variable = self.variable(name)
        return z3.Or(*(self.value(name) == variable.code(word) for word in words))

    def missing(self, name: str) -> z3.BoolRef:
        """The question was not answered."""
        return self.value(name) == self.variable(name).not_asked

    def term(self, name: str) -> z3.BoolRef | z3.ArithRef:
        """A named term: true or false, or a count."""
        if name not in self._terms:
            if name == "E_UNKNOWN":
                self._terms[name] = z3.Or(
                    *(
                        z3.And(self.applies(item), self.is_word(item, ["unknown"]))
                        for item in self.emergency_items()
                        if item != "leg_weakness_progressive"
                    )
                )
            elif name == "E_MISSING":
                items = self.emergency_items()
                self._terms[name] = z3.Or(
                    self.missing("age_years"),
                    *(z3.And(self.applies(item), self.missing(item)) for item in items),
                )
            else:
                definition = self._knowledge.terms[name].definition
                reader = _Reader(_tokens(definition), self)
                counts = definition.lstrip().startswith("COUNT(")
                self._terms[name] = reader.count() if counts else reader.either()
        return self._terms[name]

    def emergency_items(self) -> list[str]:
        """Ids of the emergency questions."""
        return [q.id for q in self._knowledge.questions.values() if q.emergency]

    def applies(self, item: str) -> z3.BoolRef:
        """The question applies to this person."""
        condition = self._knowledge.questions[item].applies
        return self.holds(condition) if condition else z3.BoolVal(True)

    def duration(self, sign: str, number: int) -> z3.BoolRef:
        """DUR >= n or DUR < n: true when the answer leaves it possible."""
        days, interval = self.value("pain_duration_days"), "pain_duration_class"
        possible = [
            name
            for name, (first, last) in _CLASS_DAYS.items()
            if (last >= number if sign == ">=" else first < number)
        ]
        return z3.If(
            days >= 0,
            _COMPARE[sign](days, number),
            z3.Or(self.missing(interval), self.is_word(interval, possible)),
        )

    def start_age(self, sign: str, number: int) -> z3.BoolRef:
        """START_AGE < n: the age given, else age less days / 365.25 (fewest days possible)."""
        age, onset = self.value("age_years"), self.value("onset_age_years")
        days: z3.ArithRef = z3.IntVal(0)
        for name, (first, _) in _CLASS_DAYS.items():
            days = z3.If(self.is_word("pain_duration_class", [name]), z3.IntVal(first), days)
        given = self.value("pain_duration_days")
        days = z3.If(given >= 0, given, days)
        start = z3.ToReal(age) - z3.ToReal(days) / z3.RealVal("365.25")
        return z3.If(
            onset >= 0,
            _COMPARE[sign](onset, number),
            z3.And(age >= 0, _COMPARE[sign](start, z3.RealVal(number))),
        )


def _tokens(condition: str) -> list[str]:
    tokens, at = [], 0
    text = condition.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"cannot read '{text[at:]}' in: {condition}")
        tokens.append(match[1])
        at = match.end()
    return tokens


class _Reader:
    """Reads tokens from left to right: OR of ANDs of (NOT) comparisons."""

    def __init__(self, tokens: list[str], clauses: Clauses) -> None:
        self._tokens = tokens
        self._at = 0
        self._clauses = clauses

    @property
    def next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def take(self, expected: str | None = None) -> str:
        token = self.next
        if token is None or (expected is not None and token != expected):
            raise ValueError(f"expected '{expected or 'more'}' but found '{token}'")
        self._at += 1
        return token

    def either(self) -> z3.BoolRef:
        truths = [self.both()]
        while self.next == "OR":
            self.take()
            truths.append(self.both())
        return z3.Or(*truths)

    def both(self) -> z3.BoolRef:
        truths = [self.single()]
        while self.next == "AND":
            self.take()
            truths.append(self.single())
        return z3.And(*truths)

    def single(self) -> z3.BoolRef:
        if self.next == "NOT":
            self.take()
            return z3.Not(self.single())
        if self.next == "(":
            self.take()
            truth = self.either()
            self.take(")")
            return truth
        return self.comparison()

    def comparison(self) -> z3.BoolRef:
        if self.next == "COUNT":
            return _COMPARE[self.take_sign(self.count())](self._left, self.number())
        name = self.take()
        if name in ("DUR", "START_AGE"):
            sign, number = self.take(), self.number()
            compare = self._clauses.duration if name == "DUR" else self._clauses.start_age
            return compare(sign, number)
        if name.isupper():
            term = self._clauses.term(name)
            if self.next in _COMPARE:
                return _COMPARE[self.take()](term, self.number())
            return term
        return self.answer(name)

    def take_sign(self, left: z3.ArithRef) -> str:
        self._left = left
        return self.take()

    def answer(self, name: str) -> z3.BoolRef:
        sign = self.take()
        if sign == "missing":
            return self._clauses.missing(name)
        if sign == "in":
            self.take("{")
            words = [self.take()]
            while self.next == ",":
                self.take()
                words.append(self.take())
            self.take("}")
            return self._clauses.is_word(name, words)
        variable = self._clauses.variable(name)
        if not variable.is_number:
            return self._clauses.is_word(name, [self.take()])
        value = self._clauses.value(name)
        return z3.And(value >= 0, _COMPARE[sign](value, self.number()))

    def number(self) -> int:
        return int(self.take())

    def count(self) -> z3.ArithRef:
        """COUNT(a; b; ...): how many of the conditions hold."""
        self.take("COUNT")
        self.take("(")
        truths = [self.either()]
        while self.next == ";":
            self.take()
            truths.append(self.either())
        self.take(")")
        return z3.Sum(*(z3.If(truth, 1, 0) for truth in truths))
