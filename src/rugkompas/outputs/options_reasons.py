"""Why an option is not offered: one plain sentence per reason, with what it rests on."""

from __future__ import annotations

from rugkompas.assess.options import Withheld
from rugkompas.assess.plan import about_health
from rugkompas.outputs.options_frame import Choices, inside
from rugkompas.outputs.parts import Item

SPOKEN = ("phase", "special", "contraindicated", "ask_first", "adults_only")
"""Reasons whose answers add something to their sentence; the others say it all themselves."""
_PLAIN = ("tri", "choice", "integer", "number", "set")


def sentence(f: Choices, id_: str, reason: str) -> str:
    """The reason in one sentence; ``special`` has one of its own for each option."""
    option = f.option(id_)
    key = f"special_{id_}" if reason == "special" else f"reason_{reason}"
    if reason == "ask_first" and not any(map(about_health, f.withheld_facts(id_))):
        key = "reason_ask_yourself"
    return f.say(
        key,
        age=f.k.parameters_on(f.a.day).age_adult,
        block=option.asks.block_min,
        own=f.given.get("max_block_min", ""),
        week=option.asks.week_min,
        own_week=f.given.get("minutes_a_week", ""),
        targets="; ".join(inside(f.words.factors[target].label) for target in option.targets),
    )


def clauses(f: Choices, withheld: Withheld) -> tuple[str, ...]:
    """The answers on which the first reason rests, as half sentences after "because"."""
    if withheld.reason not in SPOKEN:
        return ()
    read = [
        id_
        for id_ in f.in_order(withheld.because)
        if id_ in f.given
        and f.k.questions[id_].kind in _PLAIN
        # Every rule that holds for all reads the age; only one reason is about it.
        and (id_ != "age_years" or withheld.reason == "adults_only")
        and id_ in f.words.questions
    ]
    return f.voice.clauses(read, f.given)


def item(f: Choices, withheld: Withheld) -> Item:
    """One option that is not offered, with every reason."""
    points = clauses(f, withheld)
    return Item(
        title=f.label(withheld.id),
        text=" ".join(sentence(f, withheld.id, reason) for reason in _said(withheld)),
        lead=f.voice("because") if points else "",
        points=points,
        more=facts(f, withheld),
        ref=withheld.id,
    )


def _said(withheld: Withheld) -> tuple[str, ...]:
    """A phase that does not fit says little beside what is advised against anyway."""
    quiet = {"phase", "not_now"} if len(withheld.reasons) > 1 else set()
    return tuple(r for r in withheld.reasons if r not in quiet) or withheld.reasons[:1]


def facts(f: Choices, withheld: Withheld) -> tuple[str, ...]:
    """The person facts in the way: those that hold, and those that are not known."""
    holding, unknown = f.split(withheld.facts)
    said = [f.say("facts_hold", facts=f.facts(holding))] if holding else []
    # What is not known only matters while nothing forbids it outright.
    if unknown and not holding:
        said.append(f.say("facts_unknown", facts=f.facts(unknown)))
    return tuple(said)
