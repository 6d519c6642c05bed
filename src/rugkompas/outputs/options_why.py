"""Why one option is offered to this person, or not: the reasons, the figures, and what else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rugkompas.assess import Assessment
from rugkompas.assess.options import Withheld, instead
from rugkompas.catalogue.option_schema import Effect
from rugkompas.outputs import options_own, options_reasons, urgency
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.options_items import cautions, described, known_from
from rugkompas.outputs.options_report import answer, call_first
from rugkompas.outputs.parts import Figure, Item, Report, Section
from rugkompas.outputs.report import assembled
from rugkompas.outputs.sentences import own_words


def why_report(assessment: Assessment, option: str, language: str) -> Report:
    """Everything about one option for this person. option: an id of the catalogue."""
    f = Choices(assessment, language)
    if f.tier in URGENT:
        return call_first(f)
    gone = f.withheld(option)
    if gone is None:
        verdict = f.say("why_yes_after" if f.after_doctor else "why_yes")
    else:
        verdict = f.say("why_no")
    lead = (f.words.options[option].what,)
    told = answer(f, f.label(option), verdict, lead)
    return assembled(f, f.say("why_title"), told, _sections(f, option, gone))


def why_data(assessment: Assessment, option: str) -> dict[str, Any]:
    """The same for programs."""
    found = assessment.options
    offer = found.offer(option)
    gone = next((it for it in found.not_offered if it.id == option), None)
    urgent = assessment.triage.urgency in URGENT
    return {
        "id": option,
        "offered": offer is not None,
        "urgent": urgent,
        "reason": None if gone is None else gone.reason,
        "reasons": [] if gone is None else list(gone.reasons),
        "because": [] if gone is None else list(gone.because),
        "facts": list(offer.cautions) if offer else [] if gone is None else list(gone.facts),
        "touches": list(offer.touches) if offer else [],
        "instead": [] if urgent else list(instead(option, found, assessment.knowledge)),
    }


def _sections(f: Choices, option: str, gone: Withheld | None) -> Iterator[Section | None]:
    yield _because(f, option) if gone is None else _why_not(f, gone)
    yield _what(f, option)
    yield _instead(f, option)
    yield _figures(f, option)
    yield urgency.safety_net(f)


def _because(f: Choices, option: str) -> Section:
    offer = f.options.offer(option)
    touches = offer.touches if offer else ()
    key = "why_touches" if touches else "why_touches_nothing"
    text = f"{f.say('why_fits')} {f.say(key, labels=f.factors(touches))}"
    more = [*cautions(f, offer.cautions if offer else ())]
    if offer and offer.plan_ahead:
        more.insert(0, f.say("plan_ahead"))
    items = (Item(more=tuple(more)),) if more else ()
    return Section("why", f.say("why_yes_title"), (text,), items=items)


def _why_not(f: Choices, gone: Withheld) -> Section:
    points = options_reasons.clauses(f, gone)
    said = tuple(options_reasons.sentence(f, gone.id, reason) for reason in gone.reasons)
    own = own_words({**_own(f, "cannot"), **_own(f, "rejects")}.get(gone.id, ""))
    if own:
        said = (f.say("rejected_own", reason=own), *said)
    item = Item(
        lead=f.voice("because") if points else "",
        points=points,
        more=options_reasons.facts(f, gone),
    )
    items = (item,) if item != Item() else ()
    return Section("why", f.say("why_no_title"), said, items=items)


def _own(f: Choices, question: str) -> dict[str, str]:
    return dict(f.given.get(question, {}))


def _what(f: Choices, option: str) -> Section:
    fact = f.option(option)
    item = Item(facts=tuple(described(f, fact)), rests=f.rests(known_from(fact)), tag="option")
    return Section("what", f.say("why_what_title"), items=(item,))


def _instead(f: Choices, option: str) -> Section:
    others = options_own.alternatives(f, option)
    if others:
        items = (options_own.listed(f, others, here=False),)
        return Section("instead", f.say("why_instead_title"), items=items)
    text = f"{f.say('struck_nothing')} {options_own.who_could_help(f, option)}"
    return Section("instead", f.say("why_instead_title"), (text,))


def _figures(f: Choices, option: str) -> Section | None:
    figures = tuple(
        Figure(
            factor=f.say(f"about_{effect.about}"),
            about=f.say(f"phase_{effect.phase}"),
            value=_value(f, effect),
            compared="; ".join(part for part in (effect.compared, effect.said) if part),
            rests=f.rests((effect.citation,)),
        )
        # Grouped by what they are about; pages show one heading for each group.
        for effect in sorted(f.option(option).effects, key=lambda effect: effect.about)
    )
    if not figures:
        return None
    text = (f.say("why_figures_text"),)
    return Section("figures", f.say("why_figures_title"), text, figures=figures)


def _value(f: Choices, effect: Effect) -> str:
    if effect.value is None:
        return f.say("measure_words")
    number = f.voice.number(effect.value)
    if effect.low is not None and effect.high is not None:
        interval = f.voice.range(effect.low, effect.high)
        number = f.voice("figure_interval", value=number, interval=interval)
    key = f"measure_{effect.measure}"
    if key in f.words.options_report:
        return f.say(key, value=number)
    return f.say("measure_other", measure=effect.measure, value=number)
