"""Every carrier behind one door: a few people and an expression in, a truth per person out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import z3

from rugkompas.logic import one, packed, solver, what_if, written
from rugkompas.logic.codebook import MEMBER, TRI, Codebook, Variable

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
        truths.append(bool(expression(what_if.answers_of(codes, BOOK, changes)).bits & 1))
    return truths


def by_imagining(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """The last change of an empty person: the same truth must come out of the what-if bit."""
    truths = []
    for codes in people:
        *own, (name, code) = sorted(codes.items()) or [("fever", 0)]
        imagined = what_if.answers_of(dict(own), BOOK, [(name, code)])
        truths.append(bool(expression(imagined).bits & 2))
    return truths


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


def by_written(people: Sequence[Codes], expression: Expression) -> list[bool]:
    """Written down, and then read for one person at a time."""
    paper = written.Paper()
    place = expression(written.answers_on(paper, BOOK)).place
    read = [written.read(paper.lines, one.OnePerson(codes), BOOK) for codes in people]
    return [truths[place].value for truths in read]


CARRIERS = {
    "one person": by_one,
    "what if": by_what_if,
    "imagined": by_imagining,
    "packed": by_packed,
    "solver": by_solver,
    "written": by_written,
}
