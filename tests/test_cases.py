"""The cases that a clinician can check without reading Python (``tests/cases``).

A case is a sentence, a named person, the answers in which this person differs, and what must
come out. Only what stands under ``expect`` is compared; an answer ``null`` was not asked.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from rugkompas import Assessment, assess, load_knowledge
from rugkompas.catalogue.files import read
from rugkompas.logic import one
from rugkompas.rules.applies import APPLIES

FOLDER = Path(__file__).parent / "cases"
DAY = dt.date(2026, 11, 25)
KEYS = {"name", "person", "answers", "expect"}

Case = Mapping[str, Any]


def intake(name: str, people: Mapping[str, Any]) -> dict[str, Any]:
    """All answers of a named person: those of whom they are like, but for some."""
    who = people[name]
    answers = intake(who["like"], people) if "like" in who else {}
    return {**answers, **who["but"]}


PEOPLE = read(FOLDER / "people.yaml")
CASES: list[Case] = [
    case
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.name != "people.yaml"
    for case in read(path)
]


def _factors(state: str) -> Callable[[Assessment, Any], Any]:
    def named(assessment: Assessment, expected: Any) -> Any:
        return [f.id for f in assessment.factors if f.id in expected and f.state == state]

    return named


def _because(assessment: Assessment, expected: Any) -> Any:
    rows = assessment.triage.rules
    return {row.id: sorted(row.because) for row in rows if row.id in expected}


def _net(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {"if": watch.question, "becomes": watch.becomes, "urgency": watch.urgency}
        for watch in assessment.triage.safety_net
    ]


def _rules(assessment: Assessment) -> list[str]:
    return [row.id for row in assessment.triage.rules]


def _asked(assessment: Assessment, questions: list[str]) -> list[str]:
    knowledge = assessment.knowledge
    q = one.answers_of(assessment.person.codes, knowledge.codebook)
    p = knowledge.parameters_on(DAY)
    return [id_ for id_ in questions if id_ not in APPLIES or APPLIES[id_](q, p).value]


# Each reads from the assessment what a case may expect under this key, in the same form.
READ: dict[str, Callable[[Assessment, Any], Any]] = {
    "urgency": lambda a, _: a.triage.urgency,
    "category": lambda a, _: a.triage.category,
    "complete": lambda a, _: a.triage.complete,
    "missing": lambda a, _: list(a.triage.missing),
    "rules": lambda a, _: _rules(a),
    "has_rules": lambda a, expected: [id_ for id_ in _rules(a) if id_ in expected],
    "not_rules": lambda a, expected: [id_ for id_ in expected if id_ not in _rules(a)],
    "because": _because,
    "contact": lambda a, _: a.triage.contacts[0],
    "contacts": lambda a, _: list(a.triage.contacts),
    "clarify": lambda a, _: list(a.triage.clarify),
    "safety_net_has": lambda a, expected: [watch for watch in _net(a) if watch in expected],
    "safety_net_lacks": lambda a, expected: [
        id_ for id_ in expected if id_ not in {watch["if"] for watch in _net(a)}
    ],
    "asks": _asked,
    "does_not_ask": lambda a, expected: [id_ for id_ in expected if id_ not in _asked(a, expected)],
    "course": lambda a, _: a.course.id,
    "direction": lambda a, _: a.course.direction,
    "episode": lambda a, _: a.course.episode,
    "recheck_in_days": lambda a, _: a.course.recheck_in_days,
    "factors_present": _factors("present"),
    "factors_absent": _factors("absent"),
    "factors_unknown": _factors("unknown"),
    "changeable": lambda a, expected: {f.id: f.changeable for f in a.factors if f.id in expected},
    "risk_group": lambda a, _: a.outlook.risk_group,
    "risk_by": lambda a, _: a.outlook.risk_by,
    "expectation": lambda a, _: a.outlook.expectation,
}
IN_ORDER = {"contacts"}


def comparable(key: str, value: Any) -> Any:
    """The value without its order, where the order means nothing."""
    if isinstance(value, list) and key not in IN_ORDER:
        return sorted(value, key=str)
    if key == "because":
        return {id_: sorted(answers) for id_, answers in value.items()}
    return value


def outcome(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the case expects, and what the assessment says under the same keys."""
    answers = {**intake(case["person"], PEOPLE), **case.get("answers", {})}
    assessment = assess(answers, on=DAY)
    expected = {key: comparable(key, value) for key, value in case["expect"].items()}
    actual = {
        key: comparable(key, READ[key](assessment, value)) for key, value in case["expect"].items()
    }
    return expected, actual


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: Case) -> None:
    expected, actual = outcome(case)

    wrong = [
        f"  {key}: expected {expected[key]}, but is {actual[key]}"
        for key in expected
        if expected[key] != actual[key]
    ]

    if wrong:
        pytest.fail("\n".join([case["name"], *wrong]), pytrace=False)


def test_every_case_is_well_formed_and_has_a_name_of_its_own() -> None:
    names = Counter(case["name"] for case in CASES)

    assert [name for name, times in names.items() if times > 1] == []
    for case in CASES:
        assert set(case) <= KEYS, case["name"]
        assert case["expect"], case["name"]
        assert set(case["expect"]) <= set(READ), case["name"]
        assert case["person"] in PEOPLE, case["name"]


def test_every_row_of_the_table_has_a_case_in_which_it_fires_and_one_in_which_it_does_not() -> None:
    exact = [set(case["expect"]["rules"]) for case in CASES if "rules" in case["expect"]]

    for row in load_knowledge().red_flags:
        assert any(row in rules for rules in exact), row
        assert any(row not in rules for rules in exact), row


def test_every_person_of_the_cases_is_used() -> None:
    used = {case["person"] for case in CASES}

    assert used == set(PEOPLE)
