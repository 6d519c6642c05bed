"""Statements of which the invariants are made, and what they range over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import z3

from rugkompas.catalogue.schema import Question, Tier
from rugkompas.logic.codebook import TRI
from rugkompas.proof.prover import Broken, Prover, Somebody

Found = Iterator[Broken | None]
Invariant = Callable[[Prover], Found]


def leads_to(v: Prover, condition: str, tier: Tier) -> Broken | None:
    claim = z3.Implies(v.everybody.holds(condition), v.everybody.at_least(tier))
    return v.refute(f"{condition} -> {tier}", claim)


def never_lower(low: Somebody, high: Somebody, tiers: tuple[Tier, ...] = ()) -> z3.BoolRef:
    """Whatever urgency the first reaches, the second reaches too."""
    steps: tuple[Tier, ...] = tiers or ("planned", "within_days", "same_day", "emergency")
    return z3.And(*(z3.Implies(low.at_least(t), high.at_least(t)) for t in steps))


def leads_to_contact(v: Prover, condition: str, contact: str) -> Broken | None:
    flags = v.knowledge.red_flags
    rows = [
        truth
        for id_, truth in v.everybody.rows.items()
        if flags[id_].tier == "emergency" and flags[id_].contact == contact
    ]
    claim = z3.Implies(v.everybody.holds(condition), z3.Or(*rows))
    return v.refute(f"{condition} -> {contact}", claim)


def questions(v: Prover) -> list[Question]:
    return [q for q in v.knowledge.questions.values() if q.triage]


def words_of(question: Question) -> tuple[str, ...]:
    return TRI if question.kind == "tri" else tuple(question.values)
