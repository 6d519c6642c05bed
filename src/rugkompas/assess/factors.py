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
    q = one.answers_of(person.codes, knowledge.codebook, open_questions=True)
    changeable = person.given.get("changeable", {})
    said = person.given.get("factors", {})
    states = []
    for factor in knowledge.factors.values():
        present = rules.present(q, p, factor.id)
        state = "unknown"
        if present.value:
            state = "present"
        elif said.get(factor.id) == "no" or (
            factor.id not in said and _ruled_out(q, p, factor.id)
        ):
            state = "absent"
        states.append(
            FactorState(
                id=factor.id,
                domain=factor.domain,
                state=state,
                changeable=changeable.get(factor.id, "unknown"),
                because=tuple(sorted(present.answers)) if state == "present" else (),
                sources=tuple(
                    dict.fromkeys(
                        citation.source
                        for citation in (
                            *factor.citations,
                            *(figure.citation for figure in factor.figures),
                        )
                    )
                ),
            )
        )
    return tuple(states)


def _ruled_out(q: Questions[one.Because], p: Parameters, factor: str) -> bool:
    """Other answers, all of them given, say that it is not so."""
    inferred = rules.INFERRED.get(factor)
    return inferred is not None and inferred(q, p).value is False
