"""The plan on paper or screen: steps with if and then, what to watch, when to look, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rugkompas.assess import Assessment
from rugkompas.assess.options import Withheld
from rugkompas.assess.plan import MOST_AT_ONCE, Plan, Question, Step
from rugkompas.catalogue.schema import Citation
from rugkompas.outputs import options_own, options_reasons, urgency
from rugkompas.outputs.background import activity
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.options_items import (
    cautions,
    certainty,
    known_from,
    minutes,
    smallest,
)
from rugkompas.outputs.options_report import answer, call_first
from rugkompas.outputs.parts import Answer, Item, Report, Section
from rugkompas.outputs.report import assembled
from rugkompas.outputs.sentences import own_words

BUILD_UP = (
    Citation(source="kngf_2021_exercise", mark="seen"),
    Citation(source="kngf_2021_exercise_dose", mark="seen"),
)
"""Building up by the plan and not by the pain (time-contingent), for moving and training."""
LINES = 3
"""Own activities to follow: one to three."""


def plan_report(
    assessment: Assessment, made: Plan, language: str, gone: Sequence[Withheld] = ()
) -> Report:
    """A plan for reading. At emergency and same_day only what to do now.

    gone: what was chosen before and is not offered any more; it comes first, with why.
    """
    f = Choices(assessment, language)
    if f.tier in URGENT:
        return call_first(f)
    return assembled(f, f.say("plan_title"), _answer(f, made), _sections(f, made, gone))


def plan_data(made: Plan) -> dict[str, Any]:
    """The plan for programs."""
    return {
        "kind": made.kind,
        "steps": [
            {
                "id": step.offer.id,
                "when": own_words(step.when),
                "cautions": list(step.offer.cautions),
                "known_from": step.known_from.isoformat(),
                "known_until": step.known_until.isoformat(),
            }
            for step in made.steps
        ],
        "minutes_a_week": made.minutes,
        "own_minutes_a_week": made.own_minutes,
        "same": [list(pair) for pair in made.same],
        "questions": [
            {"kind": it.kind, "facts": list(it.facts), "options": list(it.options)}
            for it in made.questions
        ],
        "unsure": list(made.unsure),
        "look_again": made.look_again.isoformat(),
        "recheck": made.recheck.isoformat(),
    }


def _answer(f: Choices, made: Plan) -> Answer:
    key = {"proposal": "plan_headline_proposal", "wait": "plan_headline_proposal"}.get(made.kind)
    key = key or ("plan_headline" if made.steps else "plan_headline_none")
    lead = [f.say(f"plan_lead_{made.kind}")]
    if f.after_doctor and made.steps:
        lead.insert(0, f.say("plan_after"))
    if made.steps:
        lead.append(f.say("plan_lead_stop"))
    action = f.say(
        "plan_action" if made.steps else "plan_action_none", date=f.voice.date(made.look_again)
    )
    return answer(f, f.say(key), action, tuple(lead))


def _sections(f: Choices, made: Plan, gone: Sequence[Withheld]) -> Iterator[Section | None]:
    yield _gone(f, gone)
    yield _steps(f, made)
    yield _could(f, made)
    yield _own(f)
    yield _again(f, made)
    yield _change(f)
    yield _ask(f, made)
    if made.steps:
        yield options_own.caring(f)
    yield urgency.safety_net(f)


def _gone(f: Choices, gone: Sequence[Withheld]) -> Section | None:
    if not gone:
        return None
    items = tuple(replace(options_reasons.item(f, it), tag="gone") for it in gone)
    return Section("gone", f.say("plan_gone"), (f.say("plan_gone_text"),), items=items)


def _steps(f: Choices, made: Plan) -> Section | None:
    if not made.steps:
        return None
    chosen = made.kind == "picks"
    return Section(
        "steps",
        f.say("plan_steps" if chosen else "plan_steps_proposal"),
        _notes(f, made),
        items=tuple(_step(f, step) for step in made.steps),
        closing=() if all(step.when for step in made.steps) else (f.say("when_help"),),
    )


def _notes(f: Choices, made: Plan) -> tuple[str, ...]:
    """What does not go together, said and not mended."""
    notes = []
    if made.own_minutes is not None and made.minutes > made.own_minutes:
        notes.append(f.say("plan_note_time", minutes=made.minutes, own=made.own_minutes))
    if len(made.steps) > MOST_AT_ONCE:
        notes.append(f.say("plan_note_many", count=len(made.steps), most=MOST_AT_ONCE))
    for one, other in made.same:
        notes.append(f.say("plan_note_same", first=f.label(one), second=f.label(other)))
    notes += [
        f.say("plan_note_disliked", label=f.label(step.offer.id))
        for step in made.steps
        if step.offer.liked < 0
    ]
    return tuple(notes)


def _step(f: Choices, step: Step) -> Item:
    id_, words = step.offer.id, f.words.options[step.offer.id]
    option = f.option(id_)
    rows = [
        (f.say("row_first"), smallest(f, id_)),
        (f.say("row_when"), own_words(step.when) or f.say("when_blank")),
        (f.say("row_time"), minutes(f, option.asks.week_min)),
    ]
    moving = option.domain == "physical"
    if moving:
        rows.append((f.say("row_build"), f.say("build_text")))
    rows.append((f.say("row_bad_day"), words.bad_day or f.say("bad_day_default")))
    smaller = [other for other in option.smaller if f.options.offer(other)]
    if smaller:
        rows.append((f.say("row_smaller"), f.label(smaller[-1])))
    rows += [
        (f.say("row_sure"), certainty(f, option)),
        (f.say("row_tell"), words.tell),
        (f.say("row_known"), _known(f, step)),
    ]
    more = cautions(f, step.offer.cautions)
    return Item(
        label=f.say("after_doctor") if f.after_doctor else "",
        title=words.label,
        facts=tuple(rows),
        more=(f.say("plan_ahead"), *more) if step.offer.plan_ahead else more,
        rests=f.rests((*known_from(option), *(BUILD_UP if moving else ()))),
        tag="step",
        ref=id_,
    )


def _known(f: Choices, step: Step) -> str:
    first, last = f.voice.date(step.known_from), f.voice.date(step.known_until)
    if step.known_from == f.a.day:
        return f.say("known_days", date=last)
    if step.known_from == step.known_until:
        return f.say("known_on", until=last)
    return f.say("known_between", **{"from": first, "until": last})


def _could(f: Choices, made: Plan) -> Section | None:
    """Without a plan: everything that fits, by name, and nothing made up."""
    if made.steps:
        return None
    labels = f.labels(offer.id for offer in f.options.offered)
    items = (Item(points=labels, tag="short"),) if labels else ()
    text = () if labels else (f.say("offered_none"),)
    return Section("could", f.say("plan_could"), text, items=items)


def _own(f: Choices) -> Section:
    activities = f.given.get("activities", ())[:LINES]
    lines = [f.say("own_line", line=activity(f, it)) for it in activities]
    points = tuple(lines or [f.say("own_blank")] * LINES)
    return Section(
        "own",
        f.say("own_title"),
        (f.say("own_text"),),
        items=(Item(points=points),),
        closing=(f.say("real_text"),),
    )


def _again(f: Choices, made: Plan) -> Section:
    looks = [
        (f.say("again_try", label=f.label(step.offer.id)), step.known_until) for step in made.steps
    ]
    looks.append((f.say("again_look"), made.look_again))
    if made.recheck != made.look_again:
        looks.append((f.say("again_course"), made.recheck))
    looks.sort(key=lambda look: look[1])
    rows = tuple((f.voice.date(day), what) for what, day in looks)
    return Section(
        "again",
        f.say("again_title"),
        (f.say("again_text"),),
        items=(Item(facts=rows, tag="dates"),),
    )


def _change(f: Choices) -> Section:
    said = ("change_worse", "change_life", "change_sign")
    return Section("change", f.say("change_title"), items=(Item(points=tuple(map(f.say, said))),))


def _ask(f: Choices, made: Plan) -> Section:
    points = [question for it in made.questions for question in _question(f, it)]
    unsure = [f.voice.short(id_) for id_ in f.in_order(made.unsure)]
    if unsure:
        points.append(f.say("ask_unsure", questions="; ".join(unsure)))
    if not points:
        return Section("ask", f.say("ask_title"), (f.say("ask_none"),))
    items = (Item(points=tuple(points)),)
    return Section("ask", f.say("ask_title"), (f.say("ask_text"),), items=items)


def _question(f: Choices, it: Question) -> Iterator[str]:
    labels = "; ".join(f.labels(it.options))
    if it.kind == "start":
        yield f.say("ask_start", option=labels)
    holding, unknown = f.split(it.facts)
    if holding:
        yield f.say("ask_caution", facts=f.facts(holding), option=labels)
    if unknown:
        yield f.say("ask_unknown_facts", facts=f.facts(unknown), options=labels)
