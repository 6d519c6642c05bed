"""What to expect: the published course for this class, and a rough risk group."""

from __future__ import annotations

from dataclasses import dataclass

from rugkompas.assess.factors import FactorState
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.people.person import Person
from rugkompas.rules import outlook as rules


@dataclass(frozen=True, slots=True)
class Outlook:
    """expectation: id of the published course. risk_group: low, medium, high or unknown.
    risk_by: ``start_back`` (a score), ``factors`` (counted) or ``nothing``.
    risk_factors: the guideline's factors that are present; answered: how many were known."""

    expectation: str
    risk_group: rules.RiskGroup
    risk_by: str
    risk_factors: tuple[str, ...]
    answered: int


def outlook(
    person: Person,
    course: str,
    factors: tuple[FactorState, ...],
    knowledge: Knowledge,
    p: Parameters,
) -> Outlook:
    """The outlook of one person; a score of STarT Back goes before counted factors."""
    listed = [state for state in factors if knowledge.factors[state.id].outlook]
    present = tuple(state.id for state in listed if state.state == "present")
    answered = sum(state.state != "unknown" for state in listed)
    total = person.given.get("start_back_total")
    psychosocial = person.given.get("start_back_psychosocial")
    group: rules.RiskGroup
    if total is not None and (psychosocial is not None or total < p.start_back_high_total):
        group, by = rules.by_start_back(total, psychosocial or 0, p), "start_back"
    elif "start_back_class" in person.given:
        group, by = person.given["start_back_class"], "start_back"
    else:
        group, by = rules.by_factors(len(present), answered, p), "factors"
        if group == "unknown":
            by = "nothing"
    return Outlook(knowledge.courses[course].expectation, group, by, present, answered)
