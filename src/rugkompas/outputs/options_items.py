"""One option as people read it: what it does, how sure that is, and what it asks of a life."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rugkompas.assess.options import Offer
from rugkompas.catalogue.option_schema import Guideline, Option
from rugkompas.catalogue.schema import Citation
from rugkompas.outputs.options_frame import Catalogue, Choices
from rugkompas.outputs.parts import Item
from rugkompas.outputs.sentences import emergency_number
from rugkompas.rules.combine import COST
from rugkompas.rules.options import phase

GUIDELINES = {
    "WHO": "who_2023_guideline",
    "KNGF": "kngf_2021_exercise",
    "NICE": "nice_ng59",
    "NHG": "nhg_lbp_2017",
}
"""Guideline -> the source that knows its country and year."""
FOR_CARERS = (
    "respite_care",
    "night_care_at_home",
    "carer_arrangements",
    "carer_support",
    "night_monitoring_device",
)
"""Made for people who care for somebody, so nobody has to hear that they were left out."""
PHASES = ("acute", "deviating", "chronic", "radicular", "prevention")


def offer(f: Choices, it: Offer) -> Item:
    """An option that fits."""
    return Item(
        label=_label(f, it),
        title=f.label(it.id),
        text=f.words.options[it.id].what,
        facts=(*_touches(f, it), *described(f, f.option(it.id))),
        more=(*_ahead(f, it), *cautions(f, it.cautions)),
        rests=f.rests(known_from(f.option(it.id))),
        tag="option",
        ref=it.id,
    )


def known_from(option: Option) -> Iterator[Citation]:
    """Where all that is said of an option comes from."""
    yield from option.citations
    yield from (effect.citation for effect in option.effects)


def _label(f: Choices, it: Offer) -> str:
    tried = f.given.get("tried", {}).get(it.id)
    if tried in ("helped", "no_change"):
        return f.say(tried)
    if it.liked:
        return f.say("liked" if it.liked > 0 else "disliked")
    return f.say("after_doctor") if f.after_doctor else ""


def _ahead(f: Choices, it: Offer) -> tuple[str, ...]:
    return (f.say("plan_ahead"),) if it.plan_ahead else ()


def cautions(f: Choices, facts: Iterable[str]) -> tuple[str, ...]:
    """Whom to ask first, because of what holds or of what is not known."""
    holding, unknown = f.split(facts)
    said = [f.say("caution_holds", facts=f.facts(holding))] if holding else []
    if unknown:
        said.append(f.say("caution_unknown", facts=f.facts(unknown)))
    return tuple(said)


def _touches(f: Choices, it: Offer) -> Iterator[tuple[str, str]]:
    fixed = [
        target
        for target in f.option(it.id).targets
        if target in f.present and target not in f.options.wanted
    ]
    if it.touches:
        yield f.say("row_touches"), f.factors(it.touches)
    if fixed:
        yield f.say("row_touches"), f.say("row_fixed", labels=f.factors(fixed))


def described(f: Choices, option: Option) -> Iterator[tuple[str, str]]:
    """What is known of an option, row by row."""
    words = f.words.options[option.id]
    yield f.say("row_effect"), words.effect
    yield f.say("row_sure"), certainty(f, option)
    yield f.say("row_tested"), tested(f, option)
    yield f.say("row_harms"), words.harms
    yield f.say("row_asks"), words.asks
    yield f.say("row_tell"), words.tell
    yield f.say("row_honest"), words.honest
    yield f.say("row_guidelines"), guidelines(f, option)


def certainty(f: Catalogue, option: Option) -> str:
    """How sure it is, in words; without any trial it is not tested."""
    return f.say(f"certainty_{option.certainty if option.effects else 'none'}")


def tested(f: Choices, option: Option) -> str:
    """In whom it was tested, and whether they are like this person."""
    said = [f.say(f"tested_{_tested(f, option)}")]
    if f.cares and option.effects and option.id not in FOR_CARERS:
        said.append(f.say("tested_carers"))
    return " ".join(said)


def _tested(f: Choices, option: Option) -> str:
    direct = [effect for effect in option.effects if not effect.indirect]
    if not option.effects:
        return "none"
    if not direct:
        return "indirect"
    p = f.k.parameters_on(f.a.day)
    mine = {name for name in PHASES if phase(f.answers, p, name).value}
    if not any(effect.phase == "any" or effect.phase in mine for effect in direct):
        return "other_phase"
    return "partly" if len(direct) < len(option.effects) else "same"


def guidelines(f: Catalogue, option: Option) -> str:
    """The guidelines side by side with country and year, also where they disagree."""
    spoken = {name: g for name, g in option.guidelines.items() if g.says != "not_covered"}
    silent = [name for name in option.guidelines if name not in spoken]
    if not spoken:
        return f.say("guide_none")
    lines = [f"{_guideline(f, name, g)}." for name, g in spoken.items()]
    says = {g.says for g in spoken.values()}
    if "against" in says and says & {"recommend", "consider"}:
        lines.append(f.say("guide_disagree"))
    if silent:
        lines.append(f.say("guide_others", names=f.voice.listed(silent)))
    return " ".join(lines)


def _guideline(f: Catalogue, name: str, guideline: Guideline) -> str:
    source = f.k.sources[GUIDELINES[name]]
    line = f.say(
        "guide_line",
        name=f.say(f"guide_{name}"),
        place=f.say(f"country_{source.country}"),
        year=source.year,
        says=f.say(f"says_{guideline.says}"),
    )
    return f.say("guide_recalled", line=line) if guideline.recalled else line


def who(f: Choices, ids: Iterable[str]) -> str:
    """Who is needed for these options together."""
    options = [f.option(id_) for id_ in ids]
    named = dict.fromkeys(f.say(f"refer_{o.refer}") for o in options if o.refer)
    asked = {o.asks.professional for o in options if not o.refer}
    if not named:
        named = dict.fromkeys(f.say(f"who_{kind}") for kind in ("each", "start") if kind in asked)
    if any(o.asks.second_person for o in options):
        named[f.say("who_second")] = None
    return f.voice.listed(list(named)) if named else f.say("who_alone")


def minutes(f: Choices, week: int) -> str:
    """Minutes a week in words."""
    return f.say("time_minutes", minutes=week) if week else f.say("time_none")


def money(f: Choices, cost: int) -> str:
    """The class of cost in words."""
    return f.say(f"cost_{next(name for name, rank in COST.items() if rank == cost)}")


def short(f: Choices, id_: str) -> str:
    """One option on one line: its name and what it asks."""
    option = f.option(id_)
    week, cost = option.asks.week_min, COST[option.asks.cost]
    return f"{f.label(id_)} ({minutes(f, week)}; {money(f, cost)})"


def sure(f: Choices, certainty: int) -> str:
    """A rank of certainty, 0-4, in words."""
    return f.say(f"sure_{certainty}")


def smallest(f: Choices, id_: str) -> str:
    """The first step of an option, small enough for this week."""
    return f.words.options[id_].first_step.format(emergency_number=emergency_number(f.k))
