"""Asks the solver for a person who breaks a statement; finding none is the proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

import z3

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS, Tier
from rugkompas.logic import solver
from rugkompas.logic.codebook import Variable
from rugkompas.logic.verbs import Questions
from rugkompas.proof.clauses import Clauses
from rugkompas.rules.red_flags import ROWS

Changes = Mapping[str, "z3.ArithRef | int"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A person who breaks the statement: question -> answer, only what was answered.

    ``what`` names the part of the statement (a row, a step) that fails.
    """

    what: str
    answers: Mapping[str, str | int]


class Somebody:
    """Everybody at once, or everybody with some answers replaced: what follows for them."""

    def __init__(self, knowledge: Knowledge, day: dt.date, changes: Changes | None = None) -> None:
        self.knowledge = knowledge
        self.p = knowledge.parameters_on(day)
        self.q: Questions[z3.BoolRef] = solver.answers_of(knowledge.codebook, changes)
        self.clauses = Clauses(knowledge, changes)

    @cached_property
    def rows(self) -> dict[str, z3.BoolRef]:
        """Row id -> whether it fires; C00 (no other row) left out."""
        return {id_: row(self.q, self.p) for id_, row in ROWS.items()}

    def at_least(self, tier: Tier) -> z3.BoolRef:
        """The urgency is this tier or higher."""
        rank = TIERS.index(tier)
        if rank == 0:
            return z3.BoolVal(True)
        flags = self.knowledge.red_flags
        return z3.Or(
            *(truth for id_, truth in self.rows.items() if TIERS.index(flags[id_].tier) >= rank)
        )

    def holds(self, condition: str) -> z3.BoolRef:
        """A condition in the clinicians' words."""
        return self.clauses.holds(condition)


class Prover:
    """The solver with everything that an answer can be."""

    def __init__(self, knowledge: Knowledge, day: dt.date) -> None:
        self.knowledge = knowledge
        self.day = day
        self.solver = z3.Solver()
        self.triage = {
            name: variable
            for name, variable in knowledge.codebook.items()
            if knowledge.questions[variable.question].triage and name != "course_direction"
        }
        self.solver.add(*solver.domain(self.triage))
        self.everybody = Somebody(knowledge, day)

    def changed(self, **changes: z3.ArithRef | int) -> Somebody:
        """Everybody with these answers replaced (dots in names as two underscores)."""
        return Somebody(
            self.knowledge, self.day, {n.replace("__", "."): v for n, v in changes.items()}
        )

    def another(self, variable: Variable, suffix: str = "'") -> z3.ArithRef:
        """A second, independent answer to the same question."""
        return z3.Int(variable.name + suffix)

    def refute(self, what: str, claim: z3.BoolRef, *given: z3.BoolRef) -> Broken | None:
        """Somebody for whom the claim fails while all of ``given`` holds; None = proven.

        Raises RuntimeError when the solver gives up, which is not a proof.
        """
        self.solver.push()
        self.solver.add(*given, z3.Not(claim))
        try:
            outcome = self.solver.check()
            if outcome == z3.unsat:
                return None
            if outcome == z3.unknown:
                raise RuntimeError(f"the solver gave up on {what}: {self.solver.reason_unknown()}")
            return Broken(what, dict(self._answers(self.solver.model())))
        finally:
            self.solver.pop()

    def _answers(self, model: z3.ModelRef) -> Iterator[tuple[str, str | int]]:
        for name, variable in self.triage.items():
            value = model[z3.Int(name)]
            code = variable.not_asked if value is None else value.as_long()
            if code != variable.not_asked:
                yield name, code if variable.is_number else str(variable.word(code))

    @cached_property
    def combinations(self) -> int:
        """How many different forms the triage questions allow, "not asked" included."""
        sizes = []
        for variable in self.triage.values():
            words = len(variable.words)
            sizes.append(1 + (words or variable.high - variable.low + 1))
        return prod(sizes)
