"""Reads the option cases (``tests/cases_options``) and what an assessment says under their keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rugkompas import Assessment, assess, load_knowledge
from rugkompas.assess.options import instead
from rugkompas.catalogue.files import read

FOLDER = Path(__file__).parent.parent / "cases_options"
DAY = dt.date(2026, 11, 25)
KEYS = {"name", "person", "answers", "expect"}

Case = Mapping[str, Any]

PEOPLE: Mapping[str, Any] = read(FOLDER / "people.yaml")
CASES: list[Case] = [
    case
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.name != "people.yaml"
    for case in read(path)
]


def intake(name: str) -> dict[str, Any]:
    """All answers of a named person: those of whom they are like, but for some."""
    who = PEOPLE[name]
    answers = intake(who["like"]) if "like" in who else {}
    return {**answers, **who["but"]}


def answers_of(case: Case) -> dict[str, Any]:
    """The answers of a case; ``person_facts`` and ``factors`` as objects are added to what
    the person has, everything else replaces it."""
    answers = intake(case["person"])
    for id_, answer in case.get("answers", {}).items():
        before = answers.get(id_)
        if id_ in ("person_facts", "factors") and isinstance(answer, Mapping):
            answers[id_] = {**_as_object(before, id_), **answer}
        else:
            answers[id_] = answer
    return answers


def _as_object(before: Any, id_: str) -> dict[str, str]:
    if isinstance(before, Mapping):
        return dict(before)
    if before is None or id_ != "person_facts":
        return {}
    return {fact: "yes" if fact in before else "no" for fact in load_knowledge().person_facts}


def assessed(case: Case) -> Assessment:
    """The case, assessed on the day on which all tests stand still."""
    return assess(answers_of(case), on=DAY)


def offered(assessment: Assessment) -> set[str]:
    return {offer.id for offer in assessment.options.offered}


def _reasons(assessment: Assessment) -> dict[str, str]:
    return {withheld.id: withheld.reason for withheld in assessment.options.not_offered}


def _wrongly_offered(assessment: Assessment, expected: Any) -> list[str]:
    return [id_ for id_ in expected if id_ in offered(assessment)]


# What is wrong with the assessment, seen from what the case expects under each key.
WRONG: dict[str, Callable[[Assessment, Any], Any]] = {
    "urgency": lambda a, e: a.triage.urgency != e and a.triage.urgency,
    "course": lambda a, e: a.course.id != e and a.course.id,
    "must_not_offer": _wrongly_offered,
    "must_offer": lambda a, e: [id_ for id_ in e if id_ not in offered(a)],
    "must_offer_one_of": lambda a, e: [group for group in e if not offered(a) & set(group)],
    "not_offered": lambda a, e: {
        id_: _reasons(a).get(id_, "offered") for id_, reason in e.items()
        if _reasons(a).get(id_) != reason
    },
    "facts": lambda a, e: {
        w.id: list(w.facts) for w in a.options.not_offered
        if w.id in e and sorted(w.facts) != sorted(e[w.id])
    },
    "because": lambda a, e: {
        w.id: list(w.because) for w in a.options.not_offered
        if w.id in e and not set(e[w.id]) <= set(w.because)
    },
    "plan_ahead": lambda a, e: [
        id_ for id_ in e if not getattr(a.options.offer(id_), "plan_ahead", False)
    ],
    "cautions": lambda a, e: {
        id_: list(getattr(a.options.offer(id_), "cautions", ())) for id_, facts in e.items()
        if not set(facts) <= set(getattr(a.options.offer(id_), "cautions", ()))
    },
    "only": lambda a, e: sorted(offered(a) ^ set(e)),
    "wait": lambda a, e: a.options.wait is not (e == "yes") and f"is {a.options.wait}",
    "wanted_lacks": lambda a, e: [factor for factor in e if factor in a.options.wanted],
    "instead": lambda a, e: {
        id_: [other for other in others if other not in instead(id_, a.options, a.knowledge)]
        for id_, others in e.items()
        if set(others) - set(instead(id_, a.options, a.knowledge))
    },
    "no_list": lambda a, e: (
        [*offered(a), *_reasons(a), *a.options.good] if e == "yes" else not a.options.offered
    ),
}  # fmt: skip
