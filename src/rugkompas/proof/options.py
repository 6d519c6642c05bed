"""What is promised about options, each proven for everybody over the rules themselves.

Every function takes the chooser and yields what it could not prove; yielding nothing is the
proof. The promises are written from the catalogue, the person's own words and the texts of
``person_facts``, not from the blocks of the rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import z3

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.option_schema import Option
from rugkompas.logic import solver
from rugkompas.logic.codebook import Variable
from rugkompas.proof.prover import Broken, Prover, Somebody
from rugkompas.rules import options, person_facts

ADULT_DOMAINS = ("medication", "hands_on", "specialist")
YES_OR_NO = ("rejects.", "cannot.", "rejects_kinds.")
NUMBERS = ("max_block_min", "minutes_a_week")


class Chooser(Prover):
    """The solver with a whole life: beside triage, every other answer that there is."""

    def __init__(self, knowledge: Knowledge, day: dt.date) -> None:
        super().__init__(knowledge, day)
        life = {n: v for n, v in knowledge.codebook.items() if n not in self.triage}
        self.solver.add(*solver.domain(life))
        self.triage |= life

    @cached_property
    def offered(self) -> Mapping[str, z3.BoolRef]:
        """Option id -> whether everybody is offered it."""
        return self.offered_to(self.everybody)

    def offered_to(self, somebody: Somebody) -> Mapping[str, z3.BoolRef]:
        """The same for everybody with some answers replaced."""
        return {
            option.id: options.offered(somebody.q, somebody.p, option)
            for option in self.knowledge.options.values()
        }

    def never(self, id_: str, forbidden: z3.BoolRef) -> Broken | None:
        """The option is not offered to anybody for whom ``forbidden`` holds."""
        return self.refute(id_, z3.Not(z3.And(self.offered[id_], forbidden)))

    def says(self, name: str, *words: str) -> z3.BoolRef:
        """The person answered one of these words."""
        variable = self.knowledge.codebook[name]
        return z3.Or(*(z3.Int(name) == variable.code(word) for word in words))

    def gives(self, name: str, below: int) -> z3.BoolRef:
        """The person gave a number, and it is below this one."""
        return z3.And(z3.Int(name) >= 0, z3.Int(name) < below)

    def fact(self, fact: str) -> z3.BoolRef:
        """The fact holds, by the person's word or by its text."""
        text = self.knowledge.person_facts[fact].derived_from
        said = self.says(f"person_facts.{fact}", "yes")
        return z3.Or(said, self.everybody.holds(text)) if text else said


Found = Iterator[Broken | None]
Invariant = Callable[[Chooser], Found]


def o1_nothing_contraindicated(c: Chooser) -> Found:
    """Of what is offered, every fact that forbids it is surely absent."""
    q, p = c.everybody.q, c.everybody.p
    for option in c.knowledge.options.values():
        for fact in option.not_if:
            unsure = z3.Or(c.fact(fact), z3.Not(person_facts.absent(q, p, fact)))
            broken = c.never(option.id, unsure)
            yield broken and Broken(f"{option.id}: {fact}", broken.answers)


def o2_what_was_struck_stays_away(c: Chooser) -> Found:
    """Nothing struck, impossible, of a kind that is not wanted, or that made it worse."""
    for option in c.knowledge.options.values():
        unwanted = [
            c.says(f"rejects.{option.id}", "yes"),
            c.says(f"cannot.{option.id}", "yes"),
            c.says(f"tried.{option.id}", "worse"),
            *(c.says(f"rejects_kinds.{kind}", "yes") for kind in option.kinds),
        ]
        yield c.never(option.id, z3.Or(*unwanted))


def o3_a_doctor_first(c: Chooser) -> Found:
    """Nothing is offered where an emergency or same-day row fires."""
    urgent = c.everybody.at_least("same_day")
    for id_ in c.offered:
        yield c.never(id_, urgent)


def o4_a_limit_adds_nothing(c: Chooser) -> Found:
    """One limit more, or many at once, never adds an option: something struck or impossible, a
    kind not wanted, something that made it worse, a fact that holds, less time."""
    tightened, steps = {}, []
    for name, variable in c.knowledge.codebook.items():
        step = _tighter(name, variable)
        if step is not None:
            tightened[name], relation = step
            steps.append(relation)
    fewer = c.offered_to(Somebody(c.knowledge, c.day, tightened))
    for id_, before in c.offered.items():
        yield c.refute(id_, z3.Implies(fewer[id_], before), *steps)


def _tighter(name: str, variable: Variable) -> tuple[z3.ArithRef, z3.BoolRef] | None:
    """A second answer to the question, and that it leaves as much room as the first or less."""
    own, other = z3.Int(name), z3.Int(f"{name}'")
    if name in NUMBERS:
        less = z3.And(other >= 0, z3.Or(own < 0, other <= own))
        return other, z3.Or(other == own, less)
    if name.startswith((*YES_OR_NO, "person_facts.")):
        return other, z3.Or(other == own, other == variable.code("yes"))
    if name.startswith("tried."):
        return other, z3.Or(other == own, other == variable.code("worse"))
    return None


def o5_advised_against(c: Chooser) -> Found:
    """What guidelines advise against, or what no phase uses, is offered to nobody."""
    for option in c.knowledge.options.values():
        if option.domain == "not_recommended" or set(option.phases.values()) == {"no"}:
            yield c.never(option.id, z3.BoolVal(True))


def o6_paper_is_code(c: Chooser) -> Found:
    """Where a person fact has a condition on paper, the program does just that."""
    q, p = c.everybody.q, c.everybody.p
    for fact in c.knowledge.person_facts.values():
        if fact.derived_from:
            derived = person_facts.HOLDS.get(fact.id)
            code = z3.BoolVal(False) if derived is None else derived(q, p)
            yield c.refute(fact.id, code == c.everybody.holds(fact.derived_from))


def o7_minors(c: Chooser) -> Found:
    """Under 18: no medicine, no hands-on care, no specialist's treatment as a choice."""
    minor = c.everybody.holds("age_years < 18")
    for option in c.knowledge.options.values():
        if option.domain in ADULT_DOMAINS:
            yield c.never(option.id, minor)


def o8_unknown_is_never_no(c: Chooser) -> Found:
    """A fact not known or not asked never offers what a "no" would not."""
    denied, steps = {}, []
    for fact in c.knowledge.person_facts:
        name = f"person_facts.{fact}"
        variable = c.knowledge.codebook[name]
        own, no = z3.Int(name), variable.code("no")
        open_ = z3.Or(own == variable.not_asked, own == variable.code("unknown"))
        denied[name] = z3.Int(f"{name}'")
        steps.append(denied[name] == z3.If(open_, no, own))
    with_no = c.offered_to(Somebody(c.knowledge, c.day, denied))
    for id_, open_offer in c.offered.items():
        yield c.refute(id_, z3.Implies(open_offer, with_no[id_]), *steps)


def o9_it_fits(c: Chooser) -> Found:
    """What is offered fits the time, money, place, help and nights that the person has."""
    for option in c.knowledge.options.values():
        yield c.never(option.id, z3.Or(*_does_not_fit(c, option)))


def _does_not_fit(c: Chooser, option: Option) -> Iterator[z3.BoolRef]:
    asks = option.asks
    yield c.gives("minutes_a_week", asks.week_min)
    # With a professional at the start or each time, a longer appointment can be planned.
    if asks.professional == "none" or option.practice_alone:
        yield c.gives("max_block_min", asks.block_min)
    if asks.cost in ("mid", "high"):
        yield c.fact("no_money")
    if asks.second_person:
        yield c.fact("no_second_person")
    if asks.unbroken_nights:
        yield c.fact("no_uninterrupted_nights")
    if asks.place in ("clinic", "pool", "work") and option.id not in options.ANYWHERE_TOO:
        yield c.fact("cannot_leave_home")


OPTION_INVARIANTS: dict[str, Invariant] = {
    "o1": o1_nothing_contraindicated,
    "o2": o2_what_was_struck_stays_away,
    "o3": o3_a_doctor_first,
    "o4": o4_a_limit_adds_nothing,
    "o5": o5_advised_against,
    "o6": o6_paper_is_code,
    "o7": o7_minors,
    "o8": o8_unknown_is_never_no,
    "o9": o9_it_fits,
}
"""Id of the promise -> its proof."""
