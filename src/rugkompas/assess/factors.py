"""What plays a role: every factor present, absent or unknown, and whether it can change."""

from __future__ import annotations

from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import Domain
from rugkompas.logic import one
from rugkompas.logic.verbs import Questions
from rugkompas.people.person import Person
from rugkompas.rules import factors as rules


@dataclass(frozen=True, slots=True)
class FactorState:
    """One factor for one person. ``state``: present, absent or unknown. ``changeable``: what
    this person says (yes, no, unknown), never what a list says. ``because``: the answers."""

    id: str
    domain: Domain
    state: str
    changeable: str
    because: tuple[str, ...]
    sources: tuple[str, ...]


def factors(person: Person, knowledge: Knowledge, p: Parameters) -> tuple[FactorState, ...]:
    """All factors of the catalogue, in its order. None is ever called the cause."""
    q = one.answers_of(person.codes, knowledge.codebook)
    changeable = person.given.get("changeable", {})
    said = person.given.get("factors", {})
    states = []
    for factor in knowledge.factors.values():
        state = "unknown"
        because: tuple[str, ...] = ()
        if factor.id in said or factor.id in rules.INFERRED:
            present = rules.present(q, p, factor.id)
            if present.value:
                state, because = "present", tuple(sorted(present.answers))
            elif said.get(factor.id) == "no" or _ruled_out(q, p, factor.id, person):
                state = "absent"
        states.append(
            FactorState(
                id=factor.id,
                domain=factor.domain,
                state=state,
                changeable=changeable.get(factor.id, "unknown"),
                because=because,
                sources=knowledge.cited_by_factor[factor.id],
            )
        )
    return tuple(states)


def _ruled_out(q: Questions[one.Because], p: Parameters, factor: str, person: Person) -> bool:
    """Nothing was said of it, and the other answers that could tell say that it is not so:
    at least one was given and none is "unknown"."""
    inferred = rules.INFERRED.get(factor)
    if inferred is None or factor in person.given.get("factors", {}):
        return False
    tell = inferred(q, p).answers - set(rules.CANNOT_RULE_OUT.get(factor, ()))
    told = [person.given[id_] for id_ in tell if id_ in person.given]
    return bool(told) and "unknown" not in told
