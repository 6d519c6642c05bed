"""The questions, the rules and their words as one piece of data, to be asked without a server.

Nothing is decided here: the rules are written down by running them (``logic.steps``), and the
words are the ones that the pages, the API and the short result show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rugkompas
from rugkompas.assess.interview import COURSE
from rugkompas.assess.pages import Page
from rugkompas.assess.triage import ALWAYS_WATCH, CATEGORIES, Change, mark, read_rules
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS, Question, RedFlag
from rugkompas.logic.codebook import Variable
from rugkompas.logic.steps import Line, Step
from rugkompas.logic.verbs import Questions
from rugkompas.outputs.frame import URGENT, Cited
from rugkompas.outputs.sentences import Voice, contact_words, steps
from rugkompas.outputs.short_report import item_data
from rugkompas.outputs.urgency import reason
from rugkompas.people.problems import Problem
from rugkompas.rules.applies import APPLIES, EMERGENCY_ITEMS
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS
from rugkompas.web.api.steps import as_asked
from rugkompas.web.asking import NONE, fields
from rugkompas.web.shown import words_of

FORM = 1
"""Raised when a reader of the old form could misread a new one."""
_SENTENCES = (
    *("title", "how_title", "how_title_none", "contact_after", "contact_also", "say_title"),
    *("watch_now", "why_title", "because", "adult_title", "adult_text"),
    *("open_title", "open_missing", "open_clarify_title", "open_clarify"),
    *("net_title", "net_text", "net_text_emergency"),
    *(f"net_{tier}" for tier in TIERS[1:]),
    *(f"net_{tier}_how" for tier in URGENT),
    *("sources_title", "sources_text", "sources_none", "about_title"),
)
_ABOUT = ("about_not_exam", "out_of_scope", "about_keep", "about_problem")


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules as lines, and what can be asked for them, in the order of asking."""

    lines: list[Line]
    rows: dict[str, int]
    applies: dict[str, int]
    missing: dict[str, int]
    clarify: dict[str, int]
    changes: list[Change]
    variables: dict[str, Variable]
    questions: list[Question]


def bundle(knowledge: Knowledge) -> dict[str, Any]:
    """Everything that the web component needs to ask, judge and tell by itself.

    The numbers in the rules are those of the day of the release. ``until``: the last day on which
    it may be used.
    """
    rules = _rules(knowledge)
    return {
        "form": FORM,
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "digest": knowledge.digest,
        "from": knowledge.release.date.isoformat(),
        "until": last_day(knowledge).isoformat(),
        "demonstration": not knowledge.release.signed_by,
        "lines": rules.lines,
        "rows": [
            _row(flag, rules.rows.get(flag.id))
            for flag in (knowledge.red_flags[id_] for id_ in (*ROWS, NO_OTHER_ROW))
        ],
        "incomplete": "S19",
        "tiers": TIERS,
        "categories": CATEGORIES,
        "applies": rules.applies,
        "missing": rules.missing,
        "clarify": rules.clarify,
        "variables": {name: _variable(it) for name, it in rules.variables.items()},
        "questions": [
            {"id": it.id, "order": it.order, "group": it.member_of, "emergency": it.emergency}
            for it in rules.questions
        ],
        "course": COURSE,
        "changes": [change for change in rules.changes if change[2] in rules.variables],
        "always_watch": ALWAYS_WATCH,
        **_numbers(knowledge),
        "contacts": {
            id_: {"rank": it.rank, "country": it.country, "when": it.when, "phone": it.phone}
            for id_, it in knowledge.contacts.items()
        },
        "said": {language: _said(knowledge, language, rules) for language in knowledge.words},
    }


def last_day(knowledge: Knowledge) -> dt.date:
    """The last day on which rules of this release may be used: its review, or the last day on
    which each number in them is still the same."""
    release, one_day = knowledge.release, dt.timedelta(days=1)
    ends = [release.review_by]
    for parameter in knowledge.parameters.values():
        for value in parameter.values:
            if value.from_ > release.date:
                ends.append(value.from_ - one_day)
            if value.until and value.until >= release.date:
                ends.append(value.until)
    return min(ends)


def _rules(knowledge: Knowledge) -> _Rules:
    p = knowledge.parameters_on(knowledge.release.date)
    table = read_rules(knowledge, p)
    q = Questions(table.steps, knowledge.codebook)
    applies = _places({id_: applies(q, p) for id_, applies in APPLIES.items()})
    lines = table.steps.lines
    names = {part for _, *parts in lines for part in parts if isinstance(part, str)}
    asked = {knowledge.codebook[name].question for name in names}.union(COURSE, EMERGENCY_ITEMS)
    variables = {n: v for n, v in knowledge.codebook.items() if v.question in asked}
    # Not asked of anybody: it is judged from other answers.
    variables.pop("course_direction", None)
    questions = sorted((knowledge.questions[id_] for id_ in asked), key=lambda q: (q.order, q.id))
    # A group is not asked, its members are.
    applies = {id_: place for id_, place in applies.items() if id_ in asked}
    return _Rules(
        lines=lines,
        rows=_places(table.rows),
        applies=applies,
        missing=_places(table.missing),
        clarify=_places(table.clarify),
        changes=[change for possible in table.imaginable.values() for change in possible],
        variables=variables,
        questions=questions,
    )


def _places(steps: Mapping[str, Step]) -> dict[str, int]:
    return {id_: step.place for id_, step in steps.items()}


def _row(flag: RedFlag, place: int | None) -> dict[str, Any]:
    """place: of the line that makes it fire; None = it fires when no other row does."""
    return {
        "id": flag.id,
        "line": place,
        "urgency": flag.tier,
        "category": flag.category,
        "contact": flag.contact,
        "suspects": flag.suspects,
        "sources": _sources(flag),
        "basis": flag.basis,
        "mark": mark(flag),
    }


def _sources(flag: RedFlag) -> list[str]:
    return list(dict.fromkeys(citation.source for citation in flag.citations))


def _variable(variable: Variable) -> dict[str, Any]:
    _, _, member = variable.name.partition(".")
    return {"question": variable.question, "member": member, "words": variable.words}


def _numbers(knowledge: Knowledge) -> dict[str, Any]:
    p = knowledge.parameters_on(knowledge.release.date)
    return {
        "age_adult": p.age_adult,
        "pain_severe": p.pain_severe,
        "milestones": [p.days_3_weeks, p.days_4_weeks, p.days_12_weeks],
    }


def _said(knowledge: Knowledge, language: str, rules: _Rules) -> dict[str, Any]:
    voice, t = Voice(knowledge, language), words_of(knowledge, language)
    words = voice.words
    flags = [knowledge.red_flags[id_] for id_ in (*ROWS, NO_OTHER_ROW)]
    too_long = Problem("longer_than_life", voice.short("pain_duration_days"))
    version = voice("about_version", version=rugkompas.__version__, knowledge=knowledge.version)
    asked = [it.id for it in rules.questions]
    return {
        "status": "" if knowledge.release.signed_by else voice("status"),
        "made_on": voice("made_on", date="{date}"),
        "progress": t("progress_course"),
        "progress_left": t("progress_signs_left", count="{count}"),
        "longer_than_life": too_long.said(knowledge, language),
        "sentences": {key: voice(key) for key in _SENTENCES}
        | {
            "watch_more": voice("watch_more", title=voice("net_title")),
            "net_pain": voice("net_pain", value="{value}"),
            "net_days": voice("net_days", days="{days}"),
        },
        "about": [*(voice(key) for key in _ABOUT), version],
        "questions": {
            id_: as_asked(field)
            for id_ in asked
            for field in fields(Page(id_, "signs", (id_,)), {}, knowledge, voice, t)
        },
        "clauses": {id_: _clauses(voice, id_, rules) for id_ in asked},
        "not_asked": {id_: voice("because_not_asked", question=voice.short(id_)) for id_ in asked},
        "clarify": {id_: voice(f"clarify_{id_}") for id_ in rules.clarify},
        "tiers": {
            tier: {
                "name": words.tiers[tier].name,
                "title": words.tiers[tier].title,
                "dial": voice("dial", step=TIERS.index(tier) + 1, steps=len(TIERS)),
                "lead": steps(words.tiers[tier].text),
            }
            for tier in TIERS
        },
        "contacts": {
            id_: {"do": do, "more": steps(more)}
            for id_ in knowledge.contacts
            for do, more in (contact_words(knowledge, language, id_),)
        },
        "rows": {flag.id: _reason(knowledge, language, flag) for flag in flags},
        "sources": _source_lines(knowledge, language, flags),
    }


def _reason(knowledge: Knowledge, language: str, flag: RedFlag) -> dict[str, Any]:
    """Its numbers of sources count the row's own sources, from 1."""
    made = item_data(reason(Cited(knowledge, language), flag))
    kept = ("label", "text", "more", "basis", "rests", "aside")
    return {"say": knowledge.words[language].red_flags[flag.id].say} | {k: made[k] for k in kept}


def _clauses(voice: Voice, id_: str, rules: _Rules) -> dict[str, str]:
    """What follows "because", for each answer; a number goes in at ``{value}``."""
    found: dict[str, str] = {}
    for variable in rules.variables.values():
        if variable.question != id_:
            continue
        _, _, member = variable.name.partition(".")
        if member:
            found |= {member: voice.clause(id_, member), NONE: voice.clause(id_, ())}
        elif variable.is_number:
            own = voice.words.questions[id_].clause.get("value")
            said = voice("because_answer", question=voice.short(id_), answer="{value}")
            found["value"] = own or said
        else:
            found |= {word: voice.clause(id_, word) for word in variable.words}
    return found


def _source_lines(knowledge: Knowledge, language: str, flags: list[RedFlag]) -> dict[str, Any]:
    cited = Cited(knowledge, language)
    for flag in flags:
        cited.rests(flag.citations)
    ids = dict.fromkeys(id_ for flag in flags for id_ in _sources(flag))
    return {
        id_: {"text": line.text, "url": line.url, "mark": line.mark}
        for id_, line in zip(ids, cited.source_lines(), strict=True)
    }
