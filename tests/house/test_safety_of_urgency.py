"""Hazards of the urgency: on made-up people, from nearly empty forms to full ones.

The proof (tests/proof) shows most of this for everybody; here it is seen on whole results.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from rugkompas import BadAnswers, assess
from rugkompas.assess.interview import next_question
from rugkompas.assess.table import assess_table
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge
from rugkompas.people.made_up import people
from rugkompas.rules.applies import EMERGENCY_ITEMS

SEED = 53
FEW, MANY = 60, 300

Answers = dict[str, Any]


def rank(answers: Answers, day: dt.date) -> int:
    """The urgency as a number, 0 (self-care) to 4 (emergency)."""
    return RANK[assess(answers, on=day).triage.urgency]


@pytest.fixture
def some(knowledge: Knowledge) -> list[Answers]:
    """Made-up people, always the same ones."""
    return list(people(FEW, SEED, knowledge))


@pytest.mark.hazard("H-01")
@pytest.mark.parametrize("sign", ["bladder_change", "bowel_change", "saddle_change"])
def test_a_new_sign_of_bladder_bowel_or_saddle_is_an_emergency_for_anybody(
    sign: str, some: list[Answers], day: dt.date
) -> None:
    assert {rank({**who, sign: "new_or_changed"}, day) for who in some} == {RANK["emergency"]}


@pytest.mark.hazard("H-03")
@pytest.mark.parametrize(
    "sign",
    [
        "known_aaa",
        "collapse_or_pulsating_belly",
        "chest_pain_or_breathless",
        "cold_pale_leg",
        "pregnancy_alarm",
        "seriously_ill",
    ],
)
def test_a_sign_from_outside_the_back_is_an_emergency_for_anybody(
    sign: str, some: list[Answers], day: dt.date
) -> None:
    assert {rank({**who, sign: "yes"}, day) for who in some} == {RANK["emergency"]}


@pytest.mark.hazard("H-03")
def test_the_interview_asks_nothing_about_the_back_before_the_emergency_questions(
    knowledge: Knowledge, day: dt.date
) -> None:
    p = knowledge.parameters_on(day)
    given: Answers = {}
    order = []
    while (question := next_question(given, knowledge, p)) is not None:
        order.append(question)
        given[question] = _calm(question, knowledge)
    last = max(order.index(item) for item in order if item in EMERGENCY_ITEMS)

    before = {item for item in order[:last] if item not in EMERGENCY_ITEMS}

    assert before <= {"age_years", "sex", "pregnancy", "leg_pain", "flank_colic"}


def _calm(question: str, knowledge: Knowledge) -> Any:
    fact = knowledge.questions[question]
    if fact.kind in ("integer", "number"):
        return {"age_years": 40, "pain_duration_days": 5}.get(question, int(fact.low or 0))
    if fact.kind == "set":
        return []
    if fact.kind == "tri":
        return "no"
    return fact.worse[0][0] if fact.worse else fact.values[0]


@pytest.mark.hazard("H-04")
@pytest.mark.parametrize(
    ("answer", "tier"),
    [("mild_one", "within_days"), ("severe_one", "same_day"), ("both", "emergency")],
)
def test_weakness_of_a_leg_has_a_floor_for_anybody(
    answer: str, tier: str, some: list[Answers], day: dt.date
) -> None:
    lowest = min(rank({**who, "leg_weakness": answer}, day) for who in some)

    assert lowest >= RANK[tier]  # type: ignore[index]


@pytest.mark.hazard("H-05", "H-38")
@pytest.mark.parametrize("item", EMERGENCY_ITEMS)
@pytest.mark.parametrize("answer", ["unknown", None])
def test_an_emergency_question_that_is_unknown_or_not_asked_is_never_no(
    item: str, answer: str | None, day: dt.date
) -> None:
    applies = {
        "leg_weakness": "mild_one",
        "pregnancy": "pregnant",
        "leg_pain": "both_below_knee",
        "flank_colic": "unknown",
        "age_years": 17 if item == "child_alarm" else 45,
    }
    everything_else = dict.fromkeys(EMERGENCY_ITEMS, "no") | {"trauma": "none"} | applies

    assert rank({**everything_else, item: answer}, day) >= RANK["same_day"]


@pytest.mark.hazard("H-38")
@pytest.mark.parametrize("wrong", [True, 3.5, "perhaps", [], {}, ""])
def test_an_answer_of_the_wrong_kind_is_refused_not_read_as_no(wrong: Any, day: dt.date) -> None:
    with pytest.raises(BadAnswers):
        assess({"age_years": 40, "bladder_change": wrong}, on=day)


@pytest.mark.hazard("H-06")
def test_a_worse_answer_never_gives_less_urgency(
    some: list[Answers], knowledge: Knowledge, day: dt.date
) -> None:
    for who in some[:20]:
        for question, better, worse in _steps(knowledge):
            low = rank({**who, question: better}, day)
            high = rank({**who, question: worse}, day)
            assert low <= high, f"{question}: {better} -> {worse}"


def _steps(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    for question in knowledge.questions.values():
        if question.triage and not question.member_of:
            for chain in question.worse or ([["no", "yes"]] if question.kind == "tri" else []):
                for better, worse in pairwise(chain):
                    yield question.id, better, worse


@pytest.mark.hazard("H-07")
def test_the_order_of_answers_and_earlier_results_make_no_difference(
    some: list[Answers], day: dt.date
) -> None:
    chance = random.Random(SEED)
    for who in some:
        turned = list(who.items())
        chance.shuffle(turned)

        assert assess(dict(turned), on=day).triage == assess(who, on=day).triage


@pytest.mark.hazard("H-08")
def test_one_person_and_a_table_give_the_same_outcome(knowledge: Knowledge, day: dt.date) -> None:
    crowd = list(people(MANY, SEED, knowledge))
    one_by_one = [assess(who, on=day) for who in crowd]

    together = assess_table(pl.DataFrame(crowd, infer_schema_length=None), on=day).results

    assert together["urgency"].to_list() == [one.triage.urgency for one in one_by_one]
    assert together["category"].to_list() == [one.triage.category for one in one_by_one]
    assert [set(rules) for rules in together["rules"].to_list()] == [
        {row.id for row in one.triage.rules} for one in one_by_one
    ]
    assert together["course"].to_list() == [one.course.id for one in one_by_one]


@pytest.mark.hazard("H-11")
def test_declining_the_question_about_sex_has_no_price(some: list[Answers], day: dt.date) -> None:
    for who in some:
        outcomes = {
            rank({**who, "sexual_change": answer}, day)
            for answer in ("no", "prefer_not_to_say", None)
        }
        assert len(outcomes) == 1


@pytest.mark.hazard("H-11")
def test_no_question_asks_who_somebody_is(knowledge: Knowledge) -> None:
    words = ("name", "mail", "phone", "address", "birth", "bsn", "insur")

    asked = [id_ for id_ in knowledge.questions if any(word in id_.split("_") for word in words)]

    assert asked == []


@pytest.mark.hazard("H-13")
@pytest.mark.parametrize(
    "made_for_others",
    [
        {"age_years": 17, "pain_duration_days": 9},
        {"age_years": 9, "pain_duration_days": 9},
        {"pregnancy": "pregnant"},
        {"pregnancy": "unknown"},
        {"spine_procedure_3m": "yes"},
        {"immune_or_infection_risk": ["immunosuppressed"]},
        {"trauma": "significant"},
        {"seriously_ill": "yes"},
    ],
    ids=str,
)
def test_nobody_for_whom_the_rules_were_not_made_is_left_to_self_care(
    made_for_others: Answers, some: list[Answers], day: dt.date
) -> None:
    assert min(rank({**who, **made_for_others}, day) for who in some) > RANK["self_care"]
