"""What this person could do: what is offered, what is not and why, and good combinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from rugkompas.assess.factors import FactorState
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.option_schema import Option
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.steps import Step, Steps, Walked
from rugkompas.logic.verbs import Questions
from rugkompas.people.person import Person
from rugkompas.rules import options as rules
from rugkompas.rules import person_facts
from rugkompas.rules.combine import (
    CERTAINTY,
    COST,
    Candidate,
    Combination,
    different,
    front,
)

ASK_ONLY = ("partial_hoist_use", "night_monitoring_device")
"""Shown as one open question, never proposed: a value, or another person's safety, decides."""
FULL_OPTION = ("wait_with_check_date", "stay_active")
"""Wait and stay active: a full option of its own wherever the course allows it. Both ask
nothing and go with everything; as members of sets they would push out whatever asks time."""
NEVER_THE_PLAN = ("medication", "specialist")
"""What supports a plan or is decided with a doctor (dossier, A6 and A7): no member of sets."""


class Offer(Struct, frozen=True):
    """An option that fits this life. ``touches``: the factors that play a role here and that
    the person does not call unchangeable. ``cautions``: person facts that ask for care (they
    hold, or are not known). ``plan_ahead``: an appointment longer than the person's own time
    at a stretch. ``liked``: named among what the person likes (+1) or dislikes (-1).
    ``maybe``: in this phase the catalogue calls it a maybe."""

    id: str
    touches: tuple[str, ...]
    cautions: tuple[str, ...]
    plan_ahead: bool
    liked: int
    maybe: bool


class Withheld(Struct, frozen=True):
    """An option that is not offered. ``reason`` is the first thing in the way, ``reasons``
    all of them; ``because`` the answers on which the first one rests; ``facts`` the person
    facts that forbid it or have to be known first."""

    id: str
    reason: str
    reasons: tuple[str, ...]
    because: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """Every option of the catalogue stands in ``offered`` or ``not_offered``; both are empty
    at emergency and same_day. ``wanted``: the factors that combinations try to touch.
    ``good`` is the whole Pareto front, ``shown`` the few sets of it that really differ.
    ``wait`` tells that waiting and staying active is a full option here."""

    offered: tuple[Offer, ...]
    not_offered: tuple[Withheld, ...]
    wanted: tuple[str, ...]
    good: tuple[Combination, ...]
    shown: tuple[Combination, ...]
    wait: bool

    def offer(self, id_: str) -> Offer | None:
        """The offer with this id, if it is one."""
        return next((offer for offer in self.offered if offer.id == id_), None)


NOTHING = Options((), (), (), (), (), False)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the rules ask about an option: what stands in its way, whether it is meant for now,
    and of each fact that it names whether that holds or is surely absent."""

    option: Option
    blocks: dict[str, Step]
    meant: Step
    holds: dict[str, Step]
    absent: dict[str, Step]


def options(
    person: Person,
    codes: Mapping[str, int | float],
    urgency: str,
    factors: tuple[FactorState, ...],
    knowledge: Knowledge,
    p: Parameters,
) -> Options:
    """The options of one person. codes: the person's codes with the judged direction."""
    if urgency in ("emergency", "same_day"):
        return NOTHING
    steps, asked = knowledge.once(read_rules, p)
    walked = Walked(steps, codes)
    wanted = tuple(state.id for state in factors if _wanted(state, knowledge))
    offered, not_offered = [], []
    for about in asked:
        reasons = [reason for reason, block in about.blocks.items() if walked.holds(block)]
        if reasons:
            not_offered.append(_withheld(about, reasons, walked))
        else:
            offered.append(_offer(about, person, wanted, walked))
    good = front(candidates(offered, wanted, knowledge), person.given.get("minutes_a_week"))
    ids = {offer.id for offer in offered}
    return Options(
        offered=tuple(offered),
        not_offered=tuple(not_offered),
        wanted=wanted,
        good=tuple(good),
        shown=tuple(different(good)),
        wait=ids.issuperset(FULL_OPTION),
    )


def read_rules(knowledge: Knowledge, p: Parameters) -> tuple[Steps, list[_Asked]]:
    """The steps of all options, in the order of the catalogue."""
    steps = Steps()
    q = Questions(steps, knowledge.codebook)
    asked = []
    for option in knowledge.options.values():
        facts = (*option.not_if, *option.caution_if)
        asked.append(
            _Asked(
                option=option,
                blocks=rules.blocks(q, p, option),
                meant=rules.meant_for_now(q, p, option),
                holds={fact: person_facts.holds(q, p, fact) for fact in facts},
                absent={fact: person_facts.absent(q, p, fact) for fact in facts},
            )
        )
    return steps, asked


def _wanted(state: FactorState, knowledge: Knowledge) -> bool:
    """It plays a role, can change at all, and the person does not say that it cannot."""
    can_change = knowledge.factors[state.id].modifiable != "no" or state.changeable == "yes"
    return state.state == "present" and can_change and state.changeable != "no"


def _withheld(about: _Asked, reasons: list[str], walked: Walked) -> Withheld:
    first = reasons[0]
    facts: tuple[str, ...] = ()
    if not {"contraindicated", "ask_first"}.isdisjoint(reasons):
        facts = tuple(
            fact
            for fact in about.option.not_if
            if walked.holds(about.holds[fact]) or not walked.holds(about.absent[fact])
        )
    return Withheld(
        id=about.option.id,
        reason=first,
        reasons=tuple(reasons),
        because=tuple(sorted(walked.because(about.blocks[first]))),
        facts=facts,
    )


def _offer(about: _Asked, person: Person, wanted: tuple[str, ...], walked: Walked) -> Offer:
    option = about.option
    block = option.asks.block_min
    own_time = person.given.get("max_block_min")
    return Offer(
        id=option.id,
        touches=tuple(factor for factor in option.targets if factor in wanted),
        cautions=tuple(fact for fact in option.caution_if if not walked.holds(about.absent[fact])),
        plan_ahead=own_time is not None and block > own_time,
        liked=(option.id in person.given.get("likes", ()))
        - (option.id in person.given.get("dislikes", ())),
        maybe=not walked.holds(about.meant),
    )


def candidates(
    offered: Sequence[Offer], wanted: Sequence[str], knowledge: Knowledge
) -> list[Candidate]:
    """What good sets are made of: the offers as the search sees them, in their order."""
    chosen = [offer for offer in offered if _may_be_in_a_set(offer, knowledge)]
    if not any(offer.touches for offer in chosen):
        chosen = [offer for offer in offered if offer.liked >= 0]
    bit = {factor: 1 << place for place, factor in enumerate(wanted)}
    meant = {factor for offer in chosen if not offer.maybe for factor in offer.touches}
    found = []
    for offer in chosen:
        option = knowledge.options[offer.id]
        # What is only a maybe now fills gaps; it does not push out what is meant for now.
        counts = [f for f in offer.touches if not offer.maybe or f not in meant]
        found.append(
            Candidate(
                id=option.id,
                touches=sum(bit[factor] for factor in counts),
                minutes=option.asks.week_min,
                cost=COST[option.asks.cost],
                certainty=CERTAINTY.get(option.certainty, 0),
                not_with=frozenset(option.together_with),
            )
        )
    return found


def _may_be_in_a_set(offer: Offer, knowledge: Knowledge) -> bool:
    """Not disliked, something to do beside staying active, and not for the person alone to
    bring up."""
    domain = knowledge.options[offer.id].domain
    left_out = offer.id in FULL_OPTION or offer.id in ASK_ONLY or domain in NEVER_THE_PLAN
    return offer.liked >= 0 and not left_out


def instead(id_: str, options_: Options, knowledge: Knowledge) -> tuple[str, ...]:
    """What else touches the same factors in this life, when an option falls away: its own
    smaller steps first, then the rest from least asked to most. Empty: nothing is left."""
    option = knowledge.options[id_]
    offered = {offer.id: offer for offer in options_.offered}
    smaller = [step for step in option.smaller if step in offered]
    targets = set(option.targets) & set(options_.wanted) or set(option.targets)
    others = [
        offer.id
        for offer in options_.offered
        if offer.id != id_
        and offer.id not in smaller
        and targets & set(knowledge.options[offer.id].targets)
    ]
    others.sort(key=lambda other: (knowledge.options[other].asks.week_min, other))
    return (*smaller, *others)
