"""What fits this life: combinations that differ, everything that is offered, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rugkompas.assess import Assessment
from rugkompas.outputs import options_best, options_own, options_reasons, urgency
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.options_items import described, known_from, minutes, money, offer, sure, who
from rugkompas.outputs.parts import Answer, Item, Report, Section
from rugkompas.outputs.report import assembled
from rugkompas.rules.combine import Combination

DOMAINS = (
    "information",
    "physical",
    "environmental",
    "psychosocial",
    "hands_on",
    "medication",
    "specialist",
)
LETTERS = "ABCD"
"""Names without a rank: no combination is the first."""


def options_report(
    assessment: Assessment,
    language: str,
    *,
    struck: Sequence[str] = (),
    everything: bool = False,
) -> Report:
    """What this person could do, for reading.

    struck: options that were struck just now (they stand among ``rejects``); for each, what
    else touches the same. everything: also tell of each option that is not offered why.
    At emergency and same_day there are no options, only what to do now.
    """
    f = Choices(assessment, language)
    if f.tier in URGENT:
        return call_first(f)
    return assembled(f, f.say("title"), _answer(f), _sections(f, struck, everything))


def choosing_report(assessment: Assessment, language: str, touched: str = "") -> Report:
    """What fits, to choose from on a site: its buttons do what commands do elsewhere.

    touched: the option that the person acted on last. When it is not among what fits, it
    comes first: what replaces it, or what stands in its way. The rest is ``reasons_report``.
    """
    f = Choices(assessment, language, commands=False)
    if f.tier in URGENT:
        return call_first(f)
    return assembled(f, f.say("title"), _answer(f), _to_choose(f, touched))


def reasons_report(assessment: Assessment, language: str) -> Report:
    """Why each other option is not offered, and why none is the best."""
    f = Choices(assessment, language, commands=False)
    if f.tier in URGENT:
        return call_first(f)
    made = _not_offered(f, everything=True)
    action = made.paragraphs[0] if made else f.say("not_none")
    sections = (*(made.parts if made else ()), options_best.section(f), urgency.safety_net(f))
    return assembled(f, f.say("title"), answer(f, f.say("not_title"), action, ()), sections)


def call_first(f: Choices) -> Report:
    """Only the urgency: nothing to choose before the call."""
    sections = (
        urgency.why(f),
        Section("no_options", f.say("urgent_section"), (f.say("urgent_text"),)),
        urgency.safety_net(f),
    )
    return assembled(f, f.say("urgent_title"), urgency.answer(f), sections)


def answer(f: Choices, headline: str, action: str, lead: tuple[str, ...]) -> Answer:
    """The subject of this document above, and the urgency with its contact beside it."""
    told = urgency.answer(f)
    how = Item(title=f.say("first_contact"), points=(told.action, *told.how.points))
    return replace(told, headline=headline, action=action, lead=lead, how=how)


def _answer(f: Choices) -> Answer:
    offered, everything = len(f.options.offered), len(f.k.options)
    count = {0: "count_none", 1: "count_one"}.get(offered, "count")
    lead = (f.say(count, offered=offered, all=everything), f.say("lead_order"), f.say("lead_why"))
    action = f.say("action_after" if f.after_doctor else "action")
    return answer(f, f.say("headline"), action, lead)


def _sections(f: Choices, struck: Sequence[str], everything: bool) -> Iterator[Section | None]:
    for id_ in struck:
        yield options_own.struck(f, id_)
    yield _wanted(f)
    yield _wait(f)
    yield _sets(f)
    yield options_own.rejected(f, struck)
    yield options_own.caring(f)
    yield options_best.section(f)
    yield _asked(f)
    yield _offered(f)
    yield _not_offered(f, everything)
    yield urgency.safety_net(f)


def _to_choose(f: Choices, touched: str) -> Iterator[Section | None]:
    """In the order in which a person decides: what counts, sets, one by one, and around it."""
    yield options_own.touched(f, touched)
    yield _wanted(f)
    yield _wait(f)
    yield _sets(f)
    yield _asked(f)
    yield _offered(f)
    yield options_own.rejected(f, (touched,))
    yield options_own.caring(f)
    yield urgency.safety_net(f)


def _wanted(f: Choices) -> Section:
    wanted = f.options.wanted
    fixed = [
        state.id
        for state in f.a.factors
        if state.state == "present" and state.changeable == "no" and state.id not in wanted
    ]
    labels = f.words.factors
    items = [Item(points=tuple(labels[id_].label for id_ in wanted))] if wanted else []
    if fixed:
        points = tuple(labels[id_].label for id_ in fixed)
        items.append(Item(text=f.say("wanted_fixed"), points=points))
    text = f.say("wanted_text" if wanted else "wanted_none")
    return Section("wanted", f.say("wanted_title"), (text,), items=tuple(items))


def _wait(f: Choices) -> Section | None:
    if not f.options.wait:
        return None
    text = f.say("wait_text", date=f.voice.date(f.a.course.recheck_on))
    words = f.words.options["wait_with_check_date"]
    rows = (
        (f.say("row_effect"), words.effect),
        (f.say("row_harms"), words.harms),
        (f.say("row_tell"), words.tell),
    )
    rests = f.rests(effect.citation for effect in f.option("wait_with_check_date").effects)
    return Section(
        "wait", f.say("wait_title"), (text,), items=(Item(facts=rows, rests=rests, tag="option"),)
    )


def _sets(f: Choices) -> Section | None:
    options = f.options
    if not options.wanted:
        return None
    if not options.shown:
        own = f.given.get("minutes_a_week")
        text = [f.say("sets_none")]
        if own is not None:
            text.insert(0, f.say("sets_none_time", minutes=own))
        return Section("sets", f.say("sets_title"), (" ".join(text),))
    count, shown = len(options.good), len(options.shown)
    key = "sets_more" if count > shown else "sets_all" if count > 1 else "sets_single"
    text = [f.say("sets_text")] if count > 1 else []
    return Section(
        "sets",
        f.say("sets_title"),
        (" ".join([*text, f.say(key, count=count, shown=shown)]),),
        items=tuple(
            _set(f, letter, combination)
            for letter, combination in zip(LETTERS, options.shown, strict=False)
        ),
        closing=f.command("how_strike", id=options.shown[0].ids[0]),
    )


def _set(f: Choices, letter: str, it: Combination) -> Item:
    wanted = f.options.wanted
    touched = [factor for place, factor in enumerate(wanted) if it.touches >> place & 1]
    touches = f.say(
        "row_touches_of", labels=f.factors(touched), count=len(touched), all=len(wanted)
    )
    certain = f"{sure(f, it.certainty)[:1].upper()}{sure(f, it.certainty)[1:]}."
    rows = [
        (f.say("row_touches"), touches),
        (f.say("row_time"), minutes(f, it.minutes)),
        (f.say("row_money"), money(f, it.cost)),
        (f.say("row_who"), who(f, it.ids)),
        (
            f.say("row_sure"),
            f.say("row_weakest", words=certain) if len(it.ids) > 1 else certain,
        ),
    ]
    if it.equals:
        equals = "; ".join(" + ".join(f.labels(ids)) for ids in it.equals)
        rows.append((f.say("row_equals"), equals))
    name = f.say("set_name", letter=letter)
    return Item(
        label=f"{name} · {f.say('after_doctor')}" if f.after_doctor else name,
        title=" + ".join(f.labels(it.ids)),
        facts=tuple(rows),
        tag="set",
        ref=" ".join(it.ids),
    )


def _asked(f: Choices) -> Section | None:
    """Explained when asked, also what guidelines advise against."""
    asked = dict.fromkeys(f.given.get("asks_about", ()))
    items = []
    for id_ in asked:
        gone = f.withheld(id_)
        if gone is None:
            text = f.say("asked_offered", title=f.say("offered_title"))
            items.append(Item(title=f.label(id_), text=text))
        else:
            told = options_reasons.item(f, gone)
            rests = f.rests(known_from(f.option(id_)))
            facts = tuple(described(f, f.option(id_)))
            items.append(replace(told, facts=facts, rests=rests, tag="option"))
    if not items:
        return None
    paragraphs = (f.say("asked_text"),) if any(map(f.withheld, asked)) else ()
    return Section("asked", f.say("asked_title"), paragraphs, items=tuple(items))


def _offered(f: Choices) -> Section:
    """By domain; what was liked first, then what touches most."""
    parts = []
    for domain in DOMAINS:
        mine = [it for it in f.options.offered if f.option(it.id).domain == domain]
        mine.sort(key=lambda it: (-it.liked, -len(it.touches)))
        if mine:
            items = tuple(offer(f, it) for it in mine)
            parts.append(Section(f"d_{domain}", f.say(f"domain_{domain}"), items=items))
    text = f.say("offered_text" if parts else "offered_none")
    return Section("offered", f.say("offered_title"), (text,), parts=tuple(parts))


def _not_offered(f: Choices, everything: bool) -> Section | None:
    """Grouped by the first reason; whoever asks gets a sentence for each."""
    gone = [it for it in f.options.not_offered if it.reason not in options_own.OWN_WORD]
    if not gone:
        return None
    reasons = list(dict.fromkeys(key[6:] for key in f.words.options_report if key[:6] == "group_"))
    gone.sort(key=lambda it: reasons.index(it.reason))
    groups = [
        (f.say(f"group_{reason}"), tuple(group))
        for reason, group in groupby(gone, lambda it: it.reason)
    ]
    section = Section(
        "not_offered",
        f.say("not_title"),
        (f.say("not_text", count=len(gone)),),
        closing=(
            *(() if everything else f.command("how_all")),
            *f.command("how_why", id=gone[0].id),
        ),
    )
    if everything:
        parts = tuple(
            Section(
                f"not_{group[0].reason}",
                title,
                items=tuple(options_reasons.item(f, it) for it in group),
            )
            for title, group in groups
        )
        return replace(section, parts=parts)
    items = tuple(
        Item(title=f"{title} ({len(group)})", points=f.labels(it.id for it in group), tag="short")
        for title, group in groups
    )
    return replace(section, items=items)
