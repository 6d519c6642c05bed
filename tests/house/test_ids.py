"""One id ties the file, the function, the words and the case of a fact together."""

from __future__ import annotations

import pytest

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.logic import one
from rugkompas.rules import clarify
from rugkompas.rules.applies import APPLIES, EMERGENCY_ITEMS
from rugkompas.rules.course import COURSES
from rugkompas.rules.factors import INFERRED
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS
from rugkompas.rules.terms import DURATION_CLASSES, IBP_ITEMS, INFECTION_RISKS


@pytest.mark.hazard("H-02")
def test_every_red_flag_file_has_one_function_and_every_function_a_file(
    knowledge: Knowledge,
) -> None:
    assert {*ROWS, NO_OTHER_ROW} == set(knowledge.red_flags)
    assert NO_OTHER_ROW not in ROWS
    assert len(set(ROWS.values())) == len(ROWS)


@pytest.mark.hazard("H-02")
def test_every_row_stands_in_the_module_of_its_tier(knowledge: Knowledge) -> None:
    modules = {id_: row.__module__.rpartition(".")[2] for id_, row in ROWS.items()}

    assert modules == {id_: knowledge.red_flags[id_].tier for id_ in ROWS}


@pytest.mark.hazard("H-05", "H-38")
def test_the_emergency_items_of_the_rules_are_those_of_the_questions(knowledge: Knowledge) -> None:
    marked = {question.id for question in knowledge.questions.values() if question.emergency}

    assert set(EMERGENCY_ITEMS) == marked
    assert len(EMERGENCY_ITEMS) == len(marked)


@pytest.mark.hazard("H-05")
def test_every_emergency_item_can_be_answered_with_unknown(knowledge: Knowledge) -> None:
    lacking = [item for item in EMERGENCY_ITEMS if "unknown" not in knowledge.codebook[item].words]

    assert lacking == []


def test_every_text_of_when_a_question_applies_has_a_function_and_the_reverse(
    knowledge: Knowledge,
) -> None:
    with_text = {question.id for question in knowledge.questions.values() if question.applies}

    assert set(APPLIES) == with_text


def test_every_inferred_factor_has_a_text_and_a_function(knowledge: Knowledge) -> None:
    with_text = {factor.id for factor in knowledge.factors.values() if factor.inferred_from}

    assert set(INFERRED) == with_text


def test_every_course_class_of_the_rules_has_a_file(knowledge: Knowledge) -> None:
    assert {*COURSES, "unknown_start"} == set(knowledge.courses)


def test_the_answers_that_terms_name_are_those_of_the_questions(knowledge: Knowledge) -> None:
    questions = knowledge.questions

    assert tuple(DURATION_CLASSES) == tuple(questions["pain_duration_class"].values)
    assert set(INFECTION_RISKS) == set(questions["immune_or_infection_risk"].values)
    assert set(IBP_ITEMS) <= set(questions["ibp_items"].members)


def test_every_pair_that_can_contradict_has_a_rule_and_the_reverse(knowledge: Knowledge) -> None:
    day = knowledge.parameters["age_adult"].values[-1].from_
    nobody = one.answers_of({}, knowledge.codebook)

    found = clarify.contradictions(nobody, knowledge.parameters_on(day))

    assert set(found) == set(clarify.PAIRS)
    for pair in clarify.PAIRS.values():
        assert set(pair) <= set(knowledge.questions)


@pytest.mark.hazard("H-09", "H-15")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_reason_in_words_and_every_urgent_row_what_to_say(
    language: str, knowledge: Knowledge
) -> None:
    words = knowledge.words[language].red_flags

    assert set(words) == set(knowledge.red_flags)
    for flag in knowledge.red_flags.values():
        assert words[flag.id].reason, flag.id
        if flag.tier in ("emergency", "same_day"):
            assert words[flag.id].say, f"{flag.id} has no words for the phone call"


@pytest.mark.hazard("H-02")
def test_every_row_says_where_it_comes_from(knowledge: Knowledge) -> None:
    without = [flag.id for flag in knowledge.red_flags.values() if not flag.citations]

    assert without == []
