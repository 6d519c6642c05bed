"""How fast and why: the first thing on every report, and what would make it faster."""

from __future__ import annotations

from rugkompas.assess.triage import ALWAYS_WATCH, FiredRow, Watch, mark
from rugkompas.catalogue.schema import TIERS, RedFlag
from rugkompas.outputs.frame import URGENT, Cited, Frame
from rugkompas.outputs.parts import Answer, Item, Section
from rugkompas.outputs.sentences import contact_words, steps


def answer(f: Frame) -> Answer:
    """The urgency with its action; at emergency the action is the first sentence."""
    triage, tier = f.a.triage, f.words.tiers[f.tier]
    first, *others = (contact_words(f.k, f.voice.language, id_) for id_ in triage.contacts)
    do, more = first
    emergency = f.tier == "emergency"
    how = "how_title_none" if triage.contacts[0] == "none" else "how_title"
    after = "contact_after" if emergency else "contact_also"
    step = TIERS.index(f.tier) + 1
    said = tuple(
        f.words.red_flags[row.id].say
        for row in triage.rules
        if row.urgency == f.tier and f.words.red_flags[row.id].say
    )
    return Answer(
        tier=f.tier,
        step=step,
        name=tier.name,
        dial=f.voice("dial", step=step, steps=len(TIERS)),
        headline=do if emergency else tier.title,
        action=f"{tier.title}." if emergency else do,
        lead=steps(tier.text),
        how=Item(title=f.voice(how), points=steps(more)),
        also=tuple(Item(title=f.voice(after), text=do, points=steps(more)) for do, more in others),
        say=Item(title=f.voice("say_title"), points=said) if said else None,
        watch=None if emergency else _watch_now(f),
        watch_first=f.tier not in URGENT,
    )


def _watch_now(f: Frame) -> Item:
    return Item(
        title=f.voice("watch_now"),
        points=tuple(f.voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH),
        more=(f.voice("watch_more", title=f.voice("net_title")),),
    )


def why(f: Frame) -> Section:
    """Every row that fired, the most urgent first, with the person's own answers."""
    rows = tuple(_row(f, row) for row in f.a.triage.rules)
    return Section("why", f.voice("why_title"), items=rows)


def _row(f: Frame, row: FiredRow) -> Item:
    # The open questions of an incomplete result have a section of their own.
    because = () if row.id == "S19" else f.in_order(row.because)
    return reason(f, f.k.red_flags[row.id], f.voice.clauses(because, f.given))


def reason(f: Cited, flag: RedFlag, points: tuple[str, ...] = ()) -> Item:
    """A row that fired, in words. points: half sentences for the own answers that made it fire."""
    conditions = [f.words.conditions[id_] for id_ in flag.suspects]
    fits = f.voice.listed([words.plain for words in conditions], "list_or")
    terms = f.voice.listed([words.name for words in conditions], "list_or")
    return Item(
        label=f.words.tiers[flag.tier].name,
        text=f.words.red_flags[flag.id].reason,
        lead=f.voice("because") if points else "",
        points=points,
        more=(f.voice("fits", conditions=fits),) if fits else (),
        basis=f.voice(f"basis_{basis(f, flag)}"),
        rests=f.rests(flag.citations),
        aside=f.voice("aside_terms" if terms else "aside", id=flag.id, terms=terms),
    )


def basis(f: Cited, flag: RedFlag) -> str:
    """Says guideline only when a guideline was read; never of what is recalled or chosen."""
    how = mark(flag)
    if how in ("choice", "recalled"):
        return how
    read_guideline = any(
        citation.mark == "seen" and f.k.sources[citation.source].kind in ("guideline", "agreement")
        for citation in flag.citations
    )
    return "guideline" if flag.basis == "guideline" and read_guideline else "study"


def adult_notice(f: Frame) -> Section | None:
    """Under 18 always: the questions were made for adults (hazard H-13)."""
    age = f.given.get("age_years")
    if age is None or age >= f.k.parameters_on(f.a.day).age_adult:
        return None
    return Section("adult", f.voice("adult_title"), (f.voice("adult_text"),))


def open_questions(f: Frame) -> Section | None:
    """Emergency questions without an answer, and answers that contradict each other."""
    triage, voice, items = f.a.triage, f.voice, []
    if triage.missing:
        labels = tuple(f.words.questions[id_].label for id_ in triage.missing)
        items.append(Item(text=voice("open_missing"), points=labels))
    if triage.clarify:
        items.append(
            Item(
                text=voice("open_clarify"),
                points=tuple(voice(f"clarify_{id_}") for id_ in triage.clarify),
            )
        )
    if not items:
        return None
    title = voice("open_title" if triage.missing else "open_clarify_title")
    return Section("open", title, items=tuple(items))


def safety_net(f: Frame) -> Section:
    """What would raise the urgency, computed from the rules, most urgent first."""
    voice = f.voice
    items = []
    for tier in reversed(TIERS):
        points = tuple(
            dict.fromkeys(
                _watched(f, watch) for watch in f.a.triage.safety_net if watch.urgency == tier
            )
        )
        if points:
            how = (voice(f"net_{tier}_how"),) if tier in URGENT else ()
            items.append(Item(title=voice(f"net_{tier}"), points=points, more=how, tag=tier))
    text = "net_text_emergency" if f.tier == "emergency" else "net_text"
    return Section("net", voice("net_title"), (voice(text),), items=tuple(items))


def _watched(f: Frame, watch: Watch) -> str:
    if watch.question == "pain_nrs":
        return f.voice("net_pain", value=watch.becomes)
    if watch.question == "pain_duration_days":
        days = int(watch.becomes) - f.given["pain_duration_days"]
        return f.voice("net_days", days=days)
    return f.voice.clause(watch.question, watch.becomes)
