"""Every carrier behind one door: a few people and an expression in, a truth per person out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import z3

from rugkompas.logic import one, packed, solver
from rugkompas.logic.codebook import MEMBER, TRI, Codebook, Variable
from rugkompas.logic.steps import Steps, Walked, read
from rugkompas.logic.verbs import Questions
from rugkompas.logic.what_if import WhatIf

Codes = dict[str, int]
Expression = Callable[[Any], Any]

BOOK = Codebook(
    (
        Variable("fever", "fever", TRI),
        Variable("weakness", "weakness", ("none", "mild", "severe", "unknown")),
        Variable("age", "age", (), 0, 120),
        Variable("days", "days", (), 0, 43800),
        Variable("risk.drugs", "risk", MEMBER),
        Variable("risk.valve", "risk", MEMBER),
    )
)


def by_one(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """One person at a time, with reasons."""
    return [expression(one.answers_of(codes, BOOK)).value for codes in people]


def by_what_if(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """Each person as they are (bit 0), beside an imagined change of every variable."""
    truths = []
    for codes in people:
        changes = [(name, 1) for name in BOOK]
        truths.append(bool(expression(Questions(WhatIf(codes, changes), BOOK)) & 1))
    return truths


def by_imagining(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """The last change of an empty person: the same truth must come out of the what-if bit."""
    truths = []
    for codes in people:
        *own, (name, code) = sorted(codes.items()) or [("fever", 0)]
        imagined = Questions(WhatIf(dict(own), [(name, code)]), BOOK)
        truths.append(bool(expression(imagined) & 2))
    return truths


def by_steps(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """The steps of the expression, read once and walked for each person."""
    steps = Steps()
    truth = expression(Questions(steps, BOOK))
    return [Walked(steps, codes).holds(truth) for codes in people]


def by_packed(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """A block of people, a bit for each."""
    columns = {
        name: np.array([codes.get(name, v.not_asked) for codes in people], np.int32)
        for name, v in BOOK.items()
    }
    truths = expression(packed.answers_of(columns, len(people), BOOK))
    return packed.unpacked(truths, len(people)).tolist()


def by_solver(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """The solver, told who the person is."""
    truths = []
    for codes in people:
        fixed = {name: codes.get(name, v.not_asked) for name, v in BOOK.items()}
        truth = z3.simplify(expression(solver.answers_of(BOOK, fixed)))
        truths.append(z3.is_true(truth))
    return truths


def by_file(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """The steps as a file, and then read for one person at a time."""
    steps = Steps()
    place = expression(Questions(steps, BOOK)).place
    lines = json.loads(json.dumps(steps.lines))
    return [read(lines, one.OnePerson(codes), BOOK)[place].value for codes in people]


CARRIERS = {
    "one person": by_one,
    "what if": by_what_if,
    "imagined": by_imagining,
    "steps": by_steps,
    "packed": by_packed,
    "solver": by_solver,
    "steps in a file": by_file,
}
