"""What this person does not want, what comes instead, and what holds for whoever cares at home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rugkompas.assess.options import instead
from rugkompas.catalogue.schema import Citation
from rugkompas.outputs import options_reasons
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.options_items import short, smallest
from rugkompas.outputs.parts import Item, Section
from rugkompas.outputs.sentences import own_words

OWN_WORD = ("rejected", "not_possible")
"""Reasons that are the person's own word: acknowledged, never argued with."""
WORK = frozenset(
    ("work_physical_load", "work_pressure", "low_support_at_work", "sick_leave", "vibration")
)
MOST, FEW = 4, 6
"""How many alternatives are named beside what is not wanted, and under what was struck."""
ROUTES = (
    Citation(source="intensive_child_care_rules_nl", mark="seen"),
    Citation(source="respite_care_rules_nl", mark="seen"),
)
BED = Citation(source="kovacs_2003", mark="seen")


def struck(f: Choices, id_: str) -> Section:
    """An option that was struck just now: at once what else touches the same."""
    others = alternatives(f, id_)
    gone = f.withheld(id_)
    text = [f.say("struck_text")]
    if gone is not None and set(gone.reasons) - set(OWN_WORD):
        text.append(f.say("struck_unknown"))
    section_id, title = f"struck_{id_}", f.say("struck_title", label=f.label(id_))
    if not others:
        nothing = f"{f.say('struck_nothing')} {who_could_help(f, id_)}"
        return Section(section_id, title, (" ".join(text), nothing))
    least = _least(f, id_, others)
    rows = ((f.say("struck_smallest"), f"{f.label(least)}: {smallest(f, least)}"),)
    item = replace(listed(f, others), facts=rows)
    return Section(section_id, title, (" ".join(text),), items=(item,))


def touched(f: Choices, id_: str) -> Section | None:
    """An option that the person acted on and that does not stand among what fits."""
    gone = f.withheld(id_)
    if gone is None:
        return None
    if gone.reason in OWN_WORD:
        return replace(struck(f, id_), id="struck")
    item = replace(options_reasons.item(f, gone), title="")
    return Section("struck", f.say("touched_title", label=f.label(id_)), items=(item,))


def alternatives(f: Choices, id_: str) -> tuple[str, ...]:
    """What else touches the same; never another form of what the person does not want."""
    own = {gone.id for gone in f.options.not_offered if gone.reason in OWN_WORD}
    return tuple(
        other
        for other in instead(id_, f.options, f.k)
        if not own & set(f.option(other).together_with)
    )


def listed(f: Choices, others: Sequence[str], *, here: bool = True) -> Item:
    """The first few of them with what they ask. here: the rest stands in this document too."""
    rest = len(others) - FEW
    more = f.say("struck_more", count=rest, title=f.say("offered_title"))
    return Item(
        text=f.say("struck_instead"),
        points=tuple(short(f, other) for other in others[:FEW]),
        more=() if rest <= 0 else (more,) if here else f.command("how_all"),
        ref=" ".join(others[:FEW]),
    )


def _least(f: Choices, id_: str, others: Sequence[str]) -> str:
    """The smallest step: the last of the option's own smaller ones, or what asks least."""
    smaller = [step for step in f.option(id_).smaller if step in others]
    return smaller[-1] if smaller else others[0]


def who_could_help(f: Choices, id_: str) -> str:
    """Who could know more when nothing is left here."""
    people = [f.say("who_care")] if f.cares else []
    if set(f.option(id_).targets) & WORK and f.given.get("employment") == "employee":
        people.append(f.say("who_work"))
    return f.say("struck_who", who=f.voice.listed([*people, f.say("who_else")], "list_or"))


def rejected(f: Choices, just_now: Sequence[str]) -> Section | None:
    """What the person does not want or cannot do, with their own words."""
    items = tuple(
        _rejected(f, gone.id, gone.reason, gone.reasons)
        for gone in f.options.not_offered
        if gone.reason in OWN_WORD and gone.id not in just_now
    )
    return Section("rejected", f.say("rejected_title"), items=items) if items else None


def _rejected(f: Choices, id_: str, reason: str, reasons: tuple[str, ...]) -> Item:
    own = own_words(f.given.get("rejects" if reason == "rejected" else "cannot", {}).get(id_, ""))
    said = [f.say("rejected_own", reason=own)] if own else []
    said.append(f.say("rejected_text" if reason == "rejected" else "reason_not_possible"))
    touched = [factor for factor in f.option(id_).targets if factor in f.present]
    if touched and not set(reasons) - set(OWN_WORD):
        # Made visible, not argued: the value stays where it is.
        said.append(f.say("rejected_clash", labels=f.factors(touched)))
    question = f.words.options_report.get(f"question_{id_}")
    asked = question and _offered(f) & set(f.option(id_).smaller[:1])
    others = alternatives(f, id_)[:MOST]
    return Item(
        title=f.label(id_),
        text=" ".join(said),
        facts=((f.say("row_instead"), "; ".join(f.labels(others))),) if others else (),
        more=(str(question),) if asked else (),
        ref=id_,
    )


def caring(f: Choices) -> Section | None:
    """For whoever cares for somebody at home: what was tested, and who pays for help (NL)."""
    if not f.cares:
        return None
    child = f.given.get("care_duty") == "child"
    points = [f.say("care_tested")]
    citations = list(ROUTES)
    if "poor_sleep_place" in f.present and "better_sleep_surface" in _offered(f):
        points += [f.say("care_bed"), f.say("care_bed_trial")]
        citations.append(BED)
    if child and "interrupted_sleep" in f.present:
        points.append(f.say("care_night"))
    points += [f.say(f"care_route_{_route(f)}"), f.say("care_helpers")]
    return Section(
        "caring",
        f.say("care_title"),
        items=(Item(points=tuple(points)),),
        rests=f.rests(citations),
    )


def _offered(f: Choices) -> set[str]:
    return {offer.id for offer in f.options.offered}


def _route(f: Choices) -> str:
    duty = f.given.get("care_duty")
    return str(duty) if duty in ("child", "adult") else "any"
