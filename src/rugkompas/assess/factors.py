"""What plays a role: every factor present, absent or unknown, and whether it can change."""

from __future__ import annotations

from msgspec import Struct

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import Domain
from rugkompas.logic.steps import Step, Steps, Walked
from rugkompas.logic.verbs import Questions
from rugkompas.people.person import Person
from rugkompas.rules import factors as rules


class FactorState(Struct, frozen=True):
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
    steps, present, inferred = knowledge.once(read_rules, p)
    walked = Walked(steps, person.codes)
    changeable = person.given.get("changeable", {})
    said = person.given.get("factors", {})
    states = []
    for factor in knowledge.factors.values():
        id_ = factor.id
        state = "unknown"
        because: tuple[str, ...] = ()
        if walked.holds(present[id_]):
            state, because = "present", tuple(sorted(walked.because(present[id_])))
        elif said.get(id_) == "no":
            state = "absent"
        elif id_ in inferred and id_ not in said:
            tell = walked.because(inferred[id_]).difference(rules.CANNOT_RULE_OUT.get(id_, ()))
            state = "absent" if _ruled_out(tell, person) else "unknown"
        states.append(
            FactorState(
                id=id_,
                domain=factor.domain,
                state=state,
                changeable=changeable.get(id_, "unknown"),
                because=because,
                sources=knowledge.cited_by_factor[id_],
            )
        )
    return tuple(states)


def read_rules(
    knowledge: Knowledge, p: Parameters
) -> tuple[Steps, dict[str, Step], dict[str, Step]]:
    """The steps of all factors: for each whether it is present, and what other answers say."""
    steps = Steps()
    q = Questions(steps, knowledge.codebook)
    present = {id_: rules.present(q, p, id_) for id_ in knowledge.factors}
    return steps, present, {id_: rule(q, p) for id_, rule in rules.INFERRED.items()}


def _ruled_out(tell: frozenset[str], person: Person) -> bool:
    """The other answers that could tell say that it is not so: at least one was given and none
    is "unknown"."""
    told = [person.given[id_] for id_ in tell if id_ in person.given]
    return bool(told) and "unknown" not in told
