"""The whole triage table as a library in ELM, the form in which CQL is executed.

Each named term and each row is a definition of its own, translated from the conditions in
``knowledge/`` that clinicians sign; ``Tier`` is a case over the rows. An answer is a property
of the patient, as a translator of CQL writes it. An answer that was not given is null, and the
three values of CQL stay as they are: a comparison with null is null, and a row fires when it is
true. Only "not", "missing" and counts, where the dossier says that a comparison with a missing
answer is false, ask for the truth of what they hold.

What favours the engine: terms stand before what uses them, so each is computed once for a
person; "and" and "or" take all their parts at once (the engine allows that, the schema of ELM
two), which takes fewer steps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any

import signed_terms
from rugkompas import load_knowledge
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS
from rugkompas.people.person import person
from rugkompas.rules.terms import DURATION_CLASSES

Node = dict[str, Any]
"""An expression of ELM."""

TIER = "Tier"
NO_OTHER_ROW = "C00"
SYSTEM = "{urn:hl7-org:elm-types:r1}"
MODEL = "https://github.com/cqframework/cql-execution/simple"
FAR = 99_999
"""More days than anybody has lived: the upper end of an interval that has none."""

_TOKEN = re.compile(r">=|<=|[=<>(){},;]|\w+")
_COMPARE = {"=": "Equal", ">=": "GreaterOrEqual", ">": "Greater", "<": "Less", "<=": "LessOrEqual"}
_TERM = re.compile(r"\b[A-Z][A-Z_]+\b")
_CLASSES = DURATION_CLASSES.items()


def library(knowledge: Knowledge) -> Node:
    """The library: the patient, the terms, the rows in the order of the table, and the tier."""
    rows = {
        row.id: translate(row.condition, knowledge)
        for row in sorted(knowledge.red_flags.values(), key=lambda row: -TIERS.index(row.tier))
        if row.id != NO_OTHER_ROW
    }
    retrieve = {"type": "Retrieve", "dataType": f"{{{MODEL}}}Patient"}
    statements = {
        "Patient": {"type": "SingletonFrom", "operand": retrieve},
        **terms(knowledge),
        **rows,
        TIER: _tier(knowledge),
    }
    return {
        "library": {
            "identifier": {"id": "RugkompasTriage", "version": knowledge.version},
            "schemaIdentifier": {"id": "urn:hl7-org:elm", "version": "r1"},
            "usings": {
                "def": [
                    {"localIdentifier": "System", "uri": SYSTEM.strip("{}")},
                    {"localIdentifier": "Simple", "uri": MODEL},
                ]
            },
            "statements": {
                "def": [
                    {"name": name, "context": "Patient", "expression": expression}
                    for name, expression in statements.items()
                ]
            },
        }
    }


def prepare(answers: Mapping[str, Any]) -> Node:
    """One person's answers as properties, every question of the triage there, null where it was
    not answered. Raises BadAnswers like ``rugkompas.assess``."""
    knowledge = load_knowledge()
    given = person(answers, knowledge).given
    return {
        question.id: list(answer) if isinstance(answer := given.get(question.id), tuple) else answer
        for question in knowledge.questions.values()
        if question.triage and question.kind != "group"
    }


def terms(knowledge: Knowledge) -> dict[str, Node]:
    """Name -> expression, each after those that it uses."""
    texts = signed_terms.definitions(knowledge)
    uses = {name: set(_TERM.findall(text)) & set(texts) for name, text in texts.items()}
    order = TopologicalSorter(uses).static_order()
    longest = _days({name: FAR if top is None else top for name, (_, top) in _CLASSES}, FAR)
    shortest = _days({name: bottom for name, (bottom, _) in _CLASSES}, 0)
    return {
        "DUR_MAX": longest,
        "DUR_MIN": shortest,
        **{name: translate(texts[name], knowledge) for name in order},
    }


def translate(condition: str, knowledge: Knowledge) -> Node:
    """A condition, or a count, in the words of the dossier. Raises ValueError for what is none."""
    reader = _Reader(_TOKEN.findall(condition), knowledge)
    expression = reader.either()
    if reader.next is not None:
        raise ValueError(f"cannot read '{reader.next}' in: {condition}")
    return expression


def _days(of_class: Mapping[str, int], otherwise: int) -> Node:
    """The days that were given, else the end of the interval that was."""
    items = [{"when": _word(name), "then": _number(days)} for name, days in of_class.items()]
    interval = {
        "type": "Case",
        "comparand": _answer("pain_duration_class"),
        "caseItem": items,
        "else": _number(otherwise),
    }
    return {"type": "Coalesce", "operand": [_answer("pain_duration_days"), interval]}


def _tier(knowledge: Knowledge) -> Node:
    items = []
    for tier in reversed(TIERS[1:]):
        rows = [_ref(row.id) for row in knowledge.red_flags.values() if row.tier == tier]
        items.append({"when": _joined("Or", rows), "then": _word(tier)})
    return {"type": "Case", "caseItem": items, "else": _word(TIERS[0])}


def _answer(question: str) -> Node:
    return {"type": "Property", "path": question, "source": _ref("Patient")}


def _ref(name: str) -> Node:
    return {"type": "ExpressionRef", "name": name}


def _word(word: str) -> Node:
    return {"type": "Literal", "valueType": f"{SYSTEM}String", "value": word}


def _number(number: int) -> Node:
    return {"type": "Literal", "valueType": f"{SYSTEM}Integer", "value": str(number)}


def _joined(how: str, parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else {"type": how, "operand": parts}


def _compare(sign: str, left: Node, right: Node) -> Node:
    return {"type": _COMPARE[sign], "operand": [left, right]}


def _started(sign: str, age: int) -> Node:
    """The age at the start that was given, else the age less the shortest duration, in quarters
    of a day: a year has 1461, so that whole numbers do."""
    onset = _answer("onset_age_years")
    years = {"type": "Multiply", "operand": [_answer("age_years"), _number(1461)]}
    days = {"type": "Multiply", "operand": [_ref("DUR_MIN"), _number(4)]}
    start = {"type": "Subtract", "operand": [years, days]}
    computed = [{"type": "IsNull", "operand": onset}, _compare(sign, start, _number(age * 1461))]
    return _joined("Or", [_compare(sign, onset, _number(age)), _joined("And", computed)])


class _Reader:
    """Reads tokens from left to right: OR of ANDs of (NOT) comparisons."""

    def __init__(self, tokens: list[str], knowledge: Knowledge) -> None:
        self._tokens = tokens
        self._at = 0
        self._questions = knowledge.questions

    @property
    def next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, expected: str = "") -> str:
        token = self.next
        if token is None or (expected and token != expected):
            raise ValueError(f"expected '{expected or 'more'}' but found '{token}'")
        self._at += 1
        return token

    def _list(self, part: Any, separator: str) -> list[Any]:
        found = [part()]
        while self.next == separator:
            self._take()
            found.append(part())
        return found

    def either(self) -> Node:
        return _joined("Or", self._list(self._both, "OR"))

    def _both(self) -> Node:
        return _joined("And", self._list(self._single, "AND"))

    def _single(self) -> Node:
        if self.next == "NOT":
            self._take()
            return {"type": "Not", "operand": {"type": "IsTrue", "operand": self._single()}}
        if self.next == "(":
            self._take()
            inner = self.either()
            self._take(")")
            return inner
        return self._count() if self.next == "COUNT" else self._comparison(self._take())

    def _count(self) -> Node:
        """How many of the conditions hold."""
        self._take("COUNT")
        self._take("(")
        one, none = _number(1), _number(0)
        counted = [
            {"type": "If", "condition": condition, "then": one, "else": none}
            for condition in self._list(self.either, ";")
        ]
        self._take(")")
        return {"type": "Sum", "source": {"type": "List", "element": counted}}

    def _comparison(self, name: str) -> Node:
        if name in ("DUR", "START_AGE"):
            sign, number = self._take(), int(self._take())
            if name == "START_AGE":
                return _started(sign, number)
            return _compare(sign, _ref("DUR_MIN" if sign == "<" else "DUR_MAX"), _number(number))
        if name not in self._questions:
            if self.next not in _COMPARE:
                return _ref(name)
            return _compare(self._take(), _ref(name), _number(int(self._take())))
        sign = self._take()
        if sign == "missing":
            return {"type": "IsNull", "operand": _answer(name)}
        if sign == "in":
            return self._in(name)
        value = self._take()
        right = _number(int(value)) if value.isdigit() else _word(value)
        return _compare(sign, _answer(name), right)

    def _in(self, name: str) -> Node:
        self._take("{")
        words = [_word(word) for word in self._list(self._take, ",")]
        self._take("}")
        if self._questions[name].kind == "set":
            return _joined("Or", [{"type": "In", "operand": [w, _answer(name)]} for w in words])
        return {"type": "In", "operand": [_answer(name), {"type": "List", "element": words}]}
