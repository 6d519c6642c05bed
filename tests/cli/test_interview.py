"""Which question comes next: the interview asks enough, nothing twice, and stops in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import KNOWLEDGE, answers

from rugkompas.assess import assess
from rugkompas.assess.interview import COURSE, factor_questions, next_question
from rugkompas.catalogue.schema import Question
from rugkompas.rules.applies import APPLIES, EMERGENCY_ITEMS

DAY = dt.date(2026, 11, 25)
P = KNOWLEDGE.parameters_on(DAY)
TRIAGE = [
    question
    for question in KNOWLEDGE.questions.values()
    if question.triage and question.kind != "group"
]


def calm(question: Question) -> Any:
    """The answer that points to nothing."""
    known = {"age_years": 44, "pain_duration_days": 150, "sex": "male", "onset_age_years": 44}
    if question.id in known:
        return known[question.id]
    if question.kind == "tri":
        return "no"
    if question.kind == "set":
        return []
    return (question.low or 0) if question.kind == "integer" else question.values[0]


def is_possible(given_: dict[str, Any]) -> bool:
    age, days = given_.get("age_years"), given_.get("pain_duration_days")
    return age is None or days is None or days <= (age + 1) * 366


def talk(data: st.DataObject, calmness: int) -> tuple[dict[str, Any], list[str], frozenset[str]]:
    """A whole interview with drawn answers: what was given, what was asked, what was passed."""
    given_: dict[str, Any] = {}
    asked: list[str] = []
    passed: frozenset[str] = frozenset()
    while (id_ := next_question(given_, KNOWLEDGE, P, passed)) is not None:
        assert id_ not in asked
        asked.append(id_)
        question = KNOWLEDGE.questions[id_]
        how = data.draw(st.integers(0, calmness))
        if how == 1:
            passed |= {id_}
            continue
        answer = data.draw(answers(question)) if how == 0 else calm(question)
        given_[id_] = answer if is_possible({**given_, id_: answer}) else calm(question)
        if not is_possible(given_):
            given_[id_] = 0
    return given_, asked, passed


def outcome(given_: dict[str, Any]) -> tuple[str, str, str]:
    found = assess(given_, on=DAY, knowledge=KNOWLEDGE).triage
    return found.urgency, found.category, found.contacts[0]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data(), st.sampled_from([1, 5, 20, 60]))
def test_what_was_not_asked_could_not_have_changed_the_outcome(
    data: st.DataObject, calmness: int
) -> None:
    given_, asked, _ = talk(data, calmness)
    complete = dict(given_)
    for question in TRIAGE:
        if question.id in asked:
            continue
        open_to_all = question.id not in APPLIES
        answer = data.draw(answers(question)) if open_to_all else calm(question)
        if is_possible({**complete, question.id: answer}):
            complete[question.id] = answer

    if outcome(given_)[0] == "emergency":
        assert outcome(complete)[0] == "emergency"
    else:
        assert outcome(complete) == outcome(given_)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.data())
def test_an_emergency_ends_the_interview_at_once(data: st.DataObject) -> None:
    given_, asked, _ = talk(data, 3)

    for place in range(1, len(asked)):
        early = {id_: given_[id_] for id_ in asked[:place] if id_ in given_}
        if outcome(early)[0] == "emergency":
            # A score of the pain that is not there counts as severe; only that row may go on.
            assert asked[place] in ("collapse_or_pulsating_belly", "known_aaa", "pain_nrs")


def test_the_question_on_which_an_emergency_hangs_is_asked_at_once() -> None:
    _, mild = everything_calm(age_years=61, onset_sudden_not_movement="yes", pain_nrs=3)
    _, severe = everything_calm(age_years=61, onset_sudden_not_movement="yes", pain_nrs=8)

    place = mild.index("onset_sudden_not_movement")
    assert mild[place + 1 : place + 3] == ["known_aaa", "pain_nrs"]
    assert severe[-1] == "pain_nrs"
    assert len(mild) > len(severe)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_a_finished_interview_that_passed_nothing_over_is_complete(data: st.DataObject) -> None:
    given_, _, passed = talk(data, 40)

    found = assess(given_, on=DAY, knowledge=KNOWLEDGE).triage
    if not passed and found.urgency != "emergency":
        assert found.complete
        assert not found.missing


def everything_calm(**changed: Any) -> tuple[dict[str, Any], list[str]]:
    given_: dict[str, Any] = {}
    asked: list[str] = []
    while (id_ := next_question(given_, KNOWLEDGE, P)) is not None:
        asked.append(id_)
        given_[id_] = changed.get(id_, calm(KNOWLEDGE.questions[id_]))
    return given_, asked


def test_emergency_questions_and_their_gates_come_first_in_their_order() -> None:
    _, asked = everything_calm()

    gates = {"age_years", "sex", "leg_pain", "flank_colic"}
    last = max(asked.index(id_) for id_ in EMERGENCY_ITEMS if id_ in asked)
    first = asked[: last + 1]
    assert set(first) <= {*EMERGENCY_ITEMS, *gates}
    assert first[0] == "age_years"


def test_a_man_is_not_asked_about_pregnancy_nor_an_adult_about_signs_of_children() -> None:
    _, asked = everything_calm()

    assert not {"pregnancy", "pregnancy_alarm", "child_alarm"} & set(asked)


def test_the_course_is_asked_about_and_the_optional_question_comes_last() -> None:
    _, asked = everything_calm(first_ever_episode="yes")

    wanted = set(COURSE) - {"pain_duration_class", "pain_free_month_before"}
    assert wanted <= set(asked)
    assert "pain_free_month_before" not in asked
    assert asked[-1] == "sexual_change"


def test_weakness_opens_the_question_whether_it_grows_and_growing_is_an_emergency() -> None:
    _, asked = everything_calm(leg_weakness="mild_one", leg_weakness_progressive="yes")

    assert asked[-1] == "leg_weakness_progressive"


def test_factors_that_other_answers_tell_are_not_asked_again() -> None:
    given_, _ = everything_calm(leg_pain="one_above_knee")
    given_["factors"] = {"stress": "no"}

    left = factor_questions(given_, KNOWLEDGE, P)

    assert not {"leg_pain", "stress", "previous_episodes"} & set(left)
    assert {"heavy_lifting", "insomnia"} <= set(left)
