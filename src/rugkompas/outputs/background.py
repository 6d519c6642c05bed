"""The course so far, what plays a part, what to expect, and the answers themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rugkompas.assess.factors import FactorState
from rugkompas.catalogue.schema import Citation, Proportion, Question
from rugkompas.logic import one
from rugkompas.outputs.frame import URGENT, Cited, Frame
from rugkompas.outputs.parts import Band, BandPoint, Figure, Item, Section, Share
from rugkompas.outputs.roles_picture import DOMAINS, picture
from rugkompas.outputs.sentences import own_words, steps
from rugkompas.rules.applies import APPLIES

RISK_GROUPS_PREDICT_POORLY = Citation(source="kongsted_2016_start_back", mark="seen")


def course(f: Frame) -> Section:
    """Duration and direction, both always said; advice only when nothing is urgent."""
    course, voice = f.a.course, f.voice
    words = f.words.courses[course.id]
    items = [_activities(f)] if f.given.get("activities") else []
    if f.tier in URGENT:
        return Section(
            "course",
            voice("course_title"),
            (f"{words.name}.", voice("course_after_contact")),
            facts=_course_facts(f),
            items=tuple(items),
        )
    following = steps(words.next)
    if f.tier == "within_days":
        following = (voice("course_first_contact"), *following)
    items.append(Item(title=voice("course_next"), points=following))
    fact = f.k.courses[course.id]
    return Section(
        "course",
        voice("course_title"),
        (f"{words.name}.", words.text),
        facts=_course_facts(f),
        items=tuple(items),
        closing=(voice("basis_choice"),) if fact.mark == "choice" else (),
        rests=f.rests(fact.citations),
    )


def _course_facts(f: Frame) -> tuple[tuple[str, str], ...]:
    course, voice = f.a.course, f.voice
    direction = voice(f"direction_{course.direction}")
    if "unknown" not in (course.said, course.measured) and course.said != course.measured:
        direction = voice(
            "direction_differs",
            said=voice(f"direction_{course.said}"),
            measured=voice(f"direction_{course.measured}"),
        )
    return (
        (voice("course_duration"), duration(f)),
        (voice("course_direction"), direction),
        (voice("course_episode"), voice(f"episode_{course.episode}")),
        (voice("course_recheck"), voice.date(course.recheck_on)),
    )


def duration(f: Frame) -> str:
    """How long it lasts, as exactly as it was said."""
    days = f.given.get("pain_duration_days")
    if days is not None:
        return f.voice("duration_days", days=days)
    if "pain_duration_class" in f.given:
        return f.voice.answer("pain_duration_class", f.given["pain_duration_class"])
    return f.voice("duration_unknown")


def _activities(f: Frame) -> Item:
    return Item(
        title=f.voice("activities_title"),
        points=tuple(activity(f, item) for item in f.given["activities"]),
    )


def activity(f: Frame, item: dict[str, Any]) -> str:
    """An own activity with its scores."""
    scores = {
        key: f.voice.number(round(item[f"{key}_0_10"], 1))
        for key in ("start", "now")
        if item.get(f"{key}_0_10") is not None
    }
    kind = {2: "change", 0: "only"}.get(len(scores)) or next(iter(scores))
    return f.voice(f"activity_{kind}", name=own_words(item["name"]), **scores)


def roles(f: Frame) -> Section:
    """Factors in three domains: those present with why, all others counted by name."""
    voice, states = f.voice, f.a.factors
    present = [state for state in states if state.state == "present"]
    rest = tuple(
        Item(
            title=voice(f"roles_{kind}", count=len(labels)),
            text=f"{'; '.join(labels)}.",
        )
        for kind in ("absent", "unknown")
        if (labels := [_label(f, state) for state in states if state.state == kind])
    )
    if f.tier in URGENT:
        named = Item(points=tuple(_label(f, state) for state in present))
        return Section(
            "roles",
            voice("roles_title"),
            (voice("roles_only_named" if present else "roles_none_at_all"),),
            items=(named, *rest) if present else rest,
        )
    parts = [
        Section(domain, voice(f"domain_{domain}"), items=tuple(_factor(f, it) for it in mine))
        for domain in DOMAINS
        if (mine := [state for state in present if state.domain == domain])
    ]
    text = [voice("roles_text" if present else "roles_none_at_all")]
    empty = set(DOMAINS) - {part.id for part in parts}
    if present and empty:
        names = [voice(f"domain_{domain}") for domain in DOMAINS if domain in empty]
        text.append(voice("roles_none", groups="; ".join(names)))
    return Section(
        "roles",
        voice("roles_title"),
        (" ".join(text),),
        picture=picture(f),
        parts=(*parts, *(Section(f"roles_{n}", i.title, (i.text,)) for n, i in enumerate(rest))),
    )


def _label(f: Frame, state: FactorState) -> str:
    return f.words.factors[state.id].label


def _factor(f: Frame, state: FactorState) -> Item:
    factor, words = f.k.factors[state.id], f.words.factors[state.id]
    inferred = f.in_order(id_ for id_ in state.because if id_ != "factors")
    points = f.voice.clauses(inferred, f.given)
    return Item(
        title=words.label,
        text=words.why,
        lead=f.voice("because") if points else "",
        points=points,
        more=(f.voice(f"changeable_{state.changeable}"),),
        basis=f.voice(f"certainty_{factor.certainty}"),
        rests=f.rests(factor.citations),
    )


def figures(f: Frame) -> Section | None:
    """The published figures of the factors that are present, for professionals."""
    figures = tuple(
        Figure(
            factor=_label(f, state),
            about=f.voice(f"figure_{figure.about}"),
            value=_value(f, figure.measure, figure.value, figure.low, figure.high),
            compared=figure.compared,
            rests=f.rests((figure.citation,)),
        )
        for state in f.a.factors
        if state.state == "present"
        for figure in f.k.factors[state.id].figures
    )
    if not figures:
        return None
    title = f.voice("figures_title", title=f.voice("roles_title"))
    return Section("figures", title, (f.voice("figures_text"),), figures=figures)


def _value(
    f: Frame, measure: str, value: float | None, low: float | None, high: float | None
) -> str:
    voice = f.voice
    interval = "" if low is None or high is None else voice.range(low, high)
    number = interval if value is None else voice.number(value)
    if measure == "percent":
        number = voice("figure_percent", value=number)
    elif measure == "points":
        number = voice("figure_points", value=number)
    elif measure == "p":
        number = f"p < {number}"
    else:
        number = voice("figure_measure", measure=measure, value=number)
    if value is None or not interval:
        return number
    return voice("figure_interval", value=number, interval=interval)


def expectation(f: Frame) -> Section:
    """The published course of the group, its uncertainty, and the rough risk group."""
    id_ = f.a.outlook.expectation
    fact, words = f.k.expectations[id_], f.words.expectations[id_]
    return Section(
        "expect",
        f.voice("expect_title"),
        (words.text,),
        band=band(f, id_) if fact.band else None,
        shares=tuple(share(f, id_, proportion) for proportion in fact.proportions),
        closing=(words.uncertain,),
        parts=(_risk(f),),
    )


def share(f: Cited, expectation: str, proportion: Proportion) -> Share:
    """So many of 100 people, with the sentence that makes it true."""
    said = f.words.expectations[expectation].proportions[proportion.id]
    return Share(
        count=round(proportion.percent),
        text=said.format(
            count=round(proportion.percent),
            low="" if proportion.low is None else round(proportion.low),
            high="" if proportion.high is None else round(proportion.high),
        ),
        rests=f.rests((proportion.citation,)),
    )


def band(f: Cited, expectation: str) -> Band:
    """The published course of a class."""
    voice, fact = f.voice, f.k.expectations[expectation]
    title = f.words.expectations[expectation].title
    points = tuple(
        BandPoint(
            week=point.week,
            mean=point.mean,
            low=point.low,
            high=point.high,
            when=voice("band_week", week=point.week) if point.week else voice("band_start"),
            mean_words=voice.number(point.mean),
            range_words=voice.range(point.low, point.high),
        )
        for point in fact.band
    )
    first, last = points[0], points[-1]
    recalled = any(citation.mark == "recalled" for citation in fact.band_citations)
    caption = voice("band_caption")
    return Band(
        title=title,
        description=voice(
            "band_description",
            low=voice.number(first.low),
            high=voice.number(first.high),
            weeks=last.week,
            low_end=voice.number(last.low),
            high_end=voice.number(last.high),
        ),
        caption=f"{caption} {voice('band_recalled')}" if recalled else caption,
        axis=voice("band_axis"),
        columns=(voice("band_when"), voice("band_mean"), voice("band_range")),
        weeks_axis=voice("band_weeks"),
        points=points,
        rests=f.rests(fact.band_citations),
    )


def _risk(f: Frame) -> Section:
    voice, outlook = f.voice, f.a.outlook
    paragraphs = [voice(f"risk_{outlook.risk_group}")]
    citations: list[Citation] = []
    if outlook.risk_by == "factors":
        citations += f.k.parameters["risk_factors_high"].values[-1].citations
        paragraphs.append(
            voice(
                "risk_by_factors",
                present=len(outlook.risk_factors),
                answered=outlook.answered,
            )
        )
    elif outlook.risk_by == "start_back":
        paragraphs.append(voice("risk_by_start_back"))
    if outlook.risk_group != "unknown":
        paragraphs.append(voice("risk_uncertain"))
        citations.append(RISK_GROUPS_PREDICT_POORLY)
    return Section("risk", voice("risk_title"), tuple(paragraphs), rests=f.rests(citations))


def answers(f: Frame) -> Section:
    """The answers that triage read; "do not know" and "not asked" as large as "yes"."""
    voice = f.voice
    found = sorted_answers(f)
    items = [Item(title=voice("answers_given"), points=given(f, found))] if found["given"] else []
    items += [
        Item(title=voice(f"answers_{name}", count=len(ids)), points=shorts(f, ids), tag="short")
        for name, ids in found.items()
        if ids and name != "given"
    ]
    return Section("answers", voice("answers_title"), (voice("answers_text"),), items=tuple(items))


def sorted_answers(f: Frame) -> dict[str, list[str]]:
    """The triage questions by their answer: ``given`` (other than no), ``unknown``,
    ``not_asked`` and ``no``. Every question that concerns this person stands in one of them."""
    groups: dict[str, list[str]] = {"given": [], "unknown": [], "not_asked": [], "no": []}
    for question in _asked(f):
        answer = f.given.get(question.id)
        if answer in (None, "prefer_not_to_say"):
            groups["not_asked"].append(question.id)
        elif answer in ("unknown", ("unknown",)):
            groups["unknown"].append(question.id)
        elif answer in ("no", "none", ()):
            groups["no"].append(question.id)
        else:
            groups["given"].append(question.id)
    return groups


def given(f: Frame, found: dict[str, list[str]]) -> tuple[str, ...]:
    """The answers other than no, each after its question."""
    voice = f.voice
    return tuple(f"{voice.short(id_)}: {voice.answer(id_, f.given[id_])}" for id_ in found["given"])


def shorts(f: Frame, ids: Iterable[str]) -> tuple[str, ...]:
    """Questions in a few words."""
    return tuple(map(f.voice.short, ids))


def _asked(f: Frame) -> list[Question]:
    """The triage questions that concern this person, or that they answered all the same."""
    reasons = one.answers_of(f.a.person.codes, f.k.codebook)
    p = f.k.parameters_on(f.a.day)
    return sorted(
        (
            question
            for question in f.k.questions.values()
            if question.triage
            and question.kind != "group"
            and (
                question.id in f.given
                or question.id not in APPLIES
                or APPLIES[question.id](reasons, p).value
            )
        ),
        key=lambda question: (question.order, question.id),
    )
