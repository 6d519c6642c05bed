"""One sheet for a GP or physiotherapist: help sought, history, impairments, limits, then triage.

What is not known and what was not asked stand as large as what was answered (hazard H-24).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import rugkompas
from rugkompas.assess import Assessment
from rugkompas.assess.triage import ALWAYS_WATCH, FiredRow
from rugkompas.catalogue.schema import Citation
from rugkompas.outputs import background, urgency
from rugkompas.outputs.frame import URGENT, Frame
from rugkompas.outputs.parts import Answer, Item, Report, Section
from rugkompas.outputs.report import assembled
from rugkompas.outputs.sentences import own_words

IMPAIRMENTS = ("leg_pain", "leg_sensory", "leg_weakness", "night_pain")
IMPAIRMENT_SCORES = ("pain_nrs", "leg_pain_nrs", "tsk_11", "tsk_17", "pcs", "pseq")
LIMIT_SCORES = ("rmdq", "odi", "qbpds", "psk", "promis_pf", "promis_pi")
RISK_SCORES = ("start_back_total", "start_back_psychosocial", "omspq_sf")
SUSPECTED = {
    "nonspecific": "nonspecific_low_back_pain",
    "radicular": "lumbosacral_radicular_syndrome",
}
"""Category of the triage -> the condition whose codes may stand on the sheet."""

Rows = Iterator[tuple[str, str]]


class Sheet(Frame):
    """A frame with the words of the summary."""

    def say(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/summary."""
        return self.words.summary[key].format(**values)

    def options(self, ids: Iterable[str]) -> str:
        """Options by name, on one line."""
        return "; ".join(self.words.options[id_].label for id_ in ids)

    def named(self, question: str, prefix: str) -> str:
        """The answer to a choice or a set in words; not asked is said, and is not "none"."""
        answer = self.given.get(question)
        if answer is None:
            return self.say("nothing")
        if isinstance(answer, str):
            return self.say(f"{prefix}_{answer}")
        # Other conditions may be named in own words.
        said = [self.words.summary.get(f"{prefix}_{it}") or own_words(it) for it in answer]
        return "; ".join(said) or self.say("nothing_named")

    def asked(self, question: str) -> str:
        """The answer to a triage question in words."""
        answer = self.given.get(question)
        return self.say("nothing") if answer is None else self.voice.answer(question, answer)


def summary(assessment: Assessment, language: str) -> Report:
    """The sheet of one person, at every urgency; how soon comes first.

    language: ``nl`` or ``en``. Raises KeyError for a language that has no words.
    """
    f = Sheet(assessment, language)
    made = assembled(f, f.say("title"), _answer(f), _sections(f))
    about = Section(
        "about",
        f.say("about_title"),
        (
            f.voice("about_not_exam"),
            f.say(
                "about_version",
                version=rugkompas.__version__,
                knowledge=f.k.version,
                date=f.voice.date(f.a.day),
            ),
        ),
    )
    return replace(made, about=about, one_page=True)


def summary_data(assessment: Assessment) -> dict[str, Any]:
    """What the sheet adds for programs: codes with their ground, and answers by kind."""
    f = Sheet(assessment, "en")
    return {
        "codes": [
            {
                "system": system,
                "code": code,
                "status": "suspected",
                "source": citation.source,
                "mark": citation.mark,
            }
            for system, code, citation in _codes(f)
        ],
        "answers": background.sorted_answers(f),
    }


def _answer(f: Sheet) -> Answer:
    told = urgency.answer(f)
    do = told.headline if f.tier == "emergency" else told.action
    signs = tuple(f.voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH)
    return replace(
        told,
        headline=f.say("headline", name=told.name),
        action=f.say("advice", do=do),
        lead=(f.say("lead_screening"), f.say("lead_own"), f.say("lead_gap")),
        how=Item(title=f.say("net_title"), points=signs),
        also=(),
        say=None,
        watch=None,
    )


def _sections(f: Sheet) -> Iterator[Section]:
    yield Section("request", f.say("request_title"), *_request(f))
    for name, rows in (("history", _history), ("impairments", _impairments), ("limits", _limits)):
        yield Section(name, f.say(f"{name}_title"), facts=tuple(rows(f)))
    yield _triage(f)
    yield _answers(f)
    yield _course(f)
    yield Section("wishes", f.say("wishes_title"), facts=tuple(_wishes(f)))
    yield _coded(f)


def _request(f: Sheet) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    names = [own_words(it["name"]) for it in f.given.get("activities", ())]
    rows = [(f.say("request_activities"), "; ".join(names) or f.say("nothing"))]
    if f.given.get("asks_about"):
        rows.append((f.say("request_asks"), f.options(f.given["asks_about"])))
    return (f.say("request_open"),), tuple(rows)


def _history(f: Sheet) -> Rows:
    age, course = f.given.get("age_years"), f.a.course
    years = f.say("nothing") if age is None else f.say("age", value=age)
    yield f.say("history_person"), f"{years}; {f.asked('sex')}"
    yield f.say("history_duration"), background.duration(f)
    yield f.say("history_direction"), f.say(f"direction_{course.direction}")
    yield f.say("history_episode"), f.say(f"episode_{course.episode}")
    earlier = [
        f.say(key, value=f.given[id_])
        for id_, key in (
            ("episodes_last_year", "earlier_year"),
            ("previous_episodes", "earlier_ever"),
        )
        if id_ in f.given
    ]
    yield f.say("history_earlier"), "; ".join(earlier) or f.say("nothing")
    yield f.say("history_tried"), _tried(f)
    yield f.say("history_medicines"), f.named("medicines", "medicine")
    if "other_conditions" in f.given:
        yield f.say("history_other"), f.named("other_conditions", "other")


def _tried(f: Sheet) -> str:
    tried = f.given.get("tried")
    if tried is None:
        return f.say("nothing")
    said = [
        f.say("tried", label=f.words.options[id_].label, result=f.say(f"tried_{result}"))
        for id_, result in tried.items()
    ]
    return "; ".join(said) or f.say("nothing_named")


def _scores(f: Sheet, ids: Iterable[str]) -> Rows:
    for id_ in ids:
        if id_ in f.given:
            yield f.say(f"score_{id_}"), f.voice.number(f.given[id_])


def _impairments(f: Sheet) -> Rows:
    if "pain_nrs" not in f.given:
        yield f.say("score_pain_nrs"), f.say("nothing")
    yield from _scores(f, IMPAIRMENT_SCORES)
    for id_ in IMPAIRMENTS:
        yield f.voice.short(id_), f.asked(id_)


def _limits(f: Sheet) -> Rows:
    own = "; ".join(background.activity(f, it) for it in f.given.get("activities", ()))
    yield f.say("limits_activities"), own or f.say("nothing")
    yield f.say("limits_walk"), f.asked("can_walk_stand")
    yield from _scores(f, LIMIT_SCORES)
    yield f.say("limits_work"), f.named("work", "work")
    yield f.say("limits_employment"), f.named("employment", "employment")
    if "sick_leave_days_last_month" in f.given:
        yield f.say("limits_sick_leave"), f.voice.number(f.given["sick_leave_days_last_month"])
    yield f.say("limits_care"), f.asked("care_duty")
    for id_, key in (("max_block_min", "limits_block"), ("minutes_a_week", "limits_week")):
        if id_ in f.given:
            yield f.say(key), f.say("minutes", value=f.given[id_])


def _triage(f: Sheet) -> Section:
    age = f.given.get("age_years")
    minor = age is not None and age < f.k.parameters_on(f.a.day).age_adult
    clarify = tuple(f.voice(f"clarify_{id_}") for id_ in f.a.triage.clarify)
    items = [_row(f, row) for row in f.a.triage.rules]
    if clarify:
        items.append(Item(title=f.say("triage_clarify"), points=clarify))
    return Section(
        "triage",
        f.say("triage_title"),
        (f.say("triage_minor"),) if minor else (),
        items=tuple(items),
    )


def _row(f: Sheet, row: FiredRow) -> Item:
    open_ = row.id == "S19"
    terms = f.voice.listed([f.words.conditions[id_].name for id_ in row.suspects], "list_or")
    text = f.say("triage_think", terms=terms) if terms else ""
    if open_:
        text = f.say("triage_open", count=len(row.because))
    elif not row.because:
        text = f.say("triage_none")
    return Item(
        title=f.say("triage_row", id=row.id, tier=f.words.tiers[row.urgency].name),
        text=text,
        points=() if open_ else tuple(_said(f, id_) for id_ in f.in_order(row.because)),
        basis=f.say(f"basis_{urgency.basis(f, f.k.red_flags[row.id])}"),
        rests=f.rests(f.k.red_flags[row.id].citations),
        tag="short",
    )


def _said(f: Sheet, question: str) -> str:
    return f.say("row", term=f.voice.short(question), value=f.asked(question))


def _answers(f: Sheet) -> Section:
    found = background.sorted_answers(f)
    shown = {
        kind: background.given(f, found) if kind == "given" else background.shorts(f, ids)
        for kind, ids in found.items()
    }
    return Section(
        "answers",
        f.say("answers_title"),
        items=tuple(
            Item(
                title=f.say(f"answers_{kind}", count=len(points)),
                points=points or (f.say("answers_nobody"),),
                tag="short",
            )
            for kind, points in shown.items()
        ),
    )


def _course(f: Sheet) -> Section:
    course, outlook = f.a.course, f.a.outlook
    duration, direction = (
        f.say(f"duration_{course.duration_class}"),
        f.say(f"direction_{course.direction}"),
    )
    risk = f.say(f"risk_{outlook.risk_group}")
    if outlook.risk_group != "unknown":
        risk = f.say("risk_poor", group=risk)
    rows = [
        (f.say("course_class"), f"{duration}; {direction}"),
        (f.say("course_recheck"), f.voice.date(course.recheck_on)),
        (f.say("course_risk"), risk),
        *_scores(f, RISK_SCORES),
        *_factors(f),
    ]
    fact = f.k.courses[course.id]
    return Section(
        "course", f.say("course_title"), facts=tuple(rows), rests=f.rests(fact.citations)
    )


def _factors(f: Sheet) -> Rows:
    """Those in the guideline's list for a longer course apart; the others after them."""

    def labels(state: str, listed: bool, changeable: bool = False) -> str:
        found = [
            f.say(f"factor_{it.changeable if changeable else 'unknown'}", label=label)
            for it in f.a.factors
            if it.state == state and f.k.factors[it.id].outlook is listed
            for label in (f.words.factors[it.id].label,)
        ]
        return "; ".join(found)

    yield f.say("factors_present"), labels("present", True, True) or f.say("nothing_named")
    yield f.say("factors_unknown"), labels("unknown", True) or f.say("answers_nobody")
    if absent := labels("absent", True):
        yield f.say("factors_absent"), absent
    yield f.say("factors_others"), labels("present", False, True) or f.say("nothing_named")
    if others := labels("unknown", False):
        yield f.say("factors_others_unknown"), others


def _wishes(f: Sheet) -> Rows:
    for question in ("rejects", "cannot"):
        yield f.say(f"wishes_{question}"), _own(f, f.given.get(question))
    if "rejects_kinds" in f.given:
        yield f.say("wishes_kinds"), f.named("rejects_kinds", "kind")
    if f.given.get("likes"):
        yield f.say("wishes_likes"), f.options(f.given["likes"])
    yield f.say("wishes_plan"), _plan(f)


def _own(f: Sheet, said: Mapping[str, str] | None) -> str:
    """Options by name, each with the person's own words, if any."""
    if said is None:
        return f.say("nothing")
    found = [
        f.say("own_reason", label=label, reason=reason) if reason else label
        for label, reason in (
            (f.words.options[id_].label, own_words(words)) for id_, words in said.items()
        )
    ]
    return "; ".join(found) or f.say("nothing_named")


def _plan(f: Sheet) -> str:
    if f.tier in URGENT:
        return f.say("wishes_urgent")
    picks = dict.fromkeys(f.given.get("picks", ()))
    if not picks:
        return f.say("wishes_no_plan")
    when = f.given.get("plan_when", {})
    return _own(f, {id_: when.get(id_, "") for id_ in picks})


def _codes(f: Sheet) -> Iterator[tuple[str, str, Citation]]:
    """(system, code, where it comes from); none while alarm questions are open or a specific
    cause is suspected."""
    id_ = SUSPECTED.get(f.a.triage.category)
    if id_ and f.a.triage.complete:
        condition = f.k.conditions[id_]
        for system, citation in condition.codes_from.items():
            yield system, condition.codes[system], citation


def _coded(f: Sheet) -> Section:
    items = tuple(
        Item(
            text=f.say("code_line", system=f.say(f"code_{system}"), code=code),
            rests=f.rests((citation,)),
        )
        for system, code, citation in _codes(f)
    )
    text = f"codes_{f.a.triage.category}" if items else "codes_none"
    return Section("codes", f.say("codes_title"), (f.say(text),), items=items)
