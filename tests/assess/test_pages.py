"""The interview in pages: everything that is asked has a place, and nothing is asked in vain."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from rugkompas.assess.pages import (
    FACT_PAGES,
    FACTOR_PAGES,
    LIFE_PAGES,
    MOST_ON_A_PAGE,
    OFFER,
    Asked,
    answered,
    given,
    next_page,
    next_page_of_life,
    passed,
)
from rugkompas.catalogue import Knowledge


def test_every_factor_that_is_asked_stands_on_one_page(knowledge: Knowledge) -> None:
    places = Counter(id_ for ids in FACTOR_PAGES.values() for id_ in ids)

    assert set(places) == {factor.id for factor in knowledge.factors.values() if factor.asked}
    assert set(places.values()) == {1}


def test_every_fact_that_is_asked_stands_on_one_page(knowledge: Knowledge) -> None:
    places = Counter(id_ for ids in FACT_PAGES.values() for id_ in ids)

    assert set(places) == {fact.id for fact in knowledge.person_facts.values() if fact.asked}
    assert set(places.values()) == {1}


@pytest.mark.parametrize("pages", [FACTOR_PAGES, LIFE_PAGES])
def test_no_page_asks_more_than_fits_a_screen(pages: dict[str, tuple[str, ...]]) -> None:
    assert max(map(len, pages.values())) <= MOST_ON_A_PAGE


def test_the_first_page_is_about_age_and_counts_what_can_still_come(
    knowledge: Knowledge, day: dt.date
) -> None:
    page = next_page((), {}, knowledge, knowledge.parameters_on(day))

    assert page is not None
    assert ("age_years", "signs") == (page.id, page.stage)
    assert page.left is not None
    assert page.left >= sum(question.emergency for question in knowledge.questions.values())


def test_what_was_passed_over_is_no_answer_and_is_not_asked_again(
    knowledge: Knowledge, day: dt.date
) -> None:
    asked = (Asked("age_years", {"age_years": None}),)

    page = next_page(asked, {}, knowledge, knowledge.parameters_on(day))

    assert {} == given(asked, {})
    assert frozenset({"age_years"}) == passed(asked)
    assert page is not None
    assert page.id != "age_years"


def test_an_emergency_ends_the_questions(knowledge: Knowledge, day: dt.date) -> None:
    asked = (Asked("saddle_change", {"saddle_change": "new_or_changed"}),)

    assert next_page(asked, {}, knowledge, knowledge.parameters_on(day)) is None


def test_whoever_does_not_want_to_go_on_is_asked_nothing_more(
    knowledge: Knowledge, day: dt.date
) -> None:
    p = knowledge.parameters_on(day)
    offered = next_page_of_life((), {}, knowledge, p)
    no = (Asked(OFFER, {OFFER: "no"}),)

    assert offered is not None
    assert OFFER == offered.id
    assert next_page_of_life(no, {}, knowledge, p) is None


def test_only_who_cares_for_somebody_is_asked_about_help_with_that(
    knowledge: Knowledge, day: dt.date
) -> None:
    p = knowledge.parameters_on(day)

    def pages(duty: str) -> list[str]:
        asked = [Asked(OFFER, {OFFER: "yes"})]
        while (page := next_page_of_life(asked, {}, knowledge, p)) is not None:
            answers = dict.fromkeys(page.steps, None) | (
                {"care_duty": duty} if "care_duty" in page.steps else {}
            )
            asked.append(Asked(page.id, answers))
        return [page.page for page in asked]

    assert "life_care_help" in pages("child")
    assert "life_care_help" not in pages("none")


def test_a_changed_answer_takes_along_what_was_only_asked_because_of_it(
    knowledge: Knowledge, day: dt.date
) -> None:
    asked = (
        Asked("leg_weakness", {"leg_weakness": "severe_one"}),
        Asked("leg_weakness_progressive", {"leg_weakness_progressive": "yes"}),
        Asked("known_aaa", {"known_aaa": "no"}),
    )
    none = Asked("leg_weakness", {"leg_weakness": "none"})

    kept = answered(asked, 0, none, {}, knowledge, knowledge.parameters_on(day))

    assert ["leg_weakness", "known_aaa"] == [page.page for page in kept]


def test_answers_that_contradict_each_other_stay_when_another_is_given(
    knowledge: Knowledge, day: dt.date
) -> None:
    asked = (
        Asked("leg_weakness", {"leg_weakness": "none"}),
        Asked("leg_weakness_progressive", {"leg_weakness_progressive": "yes"}),
    )
    next_ = Asked("known_aaa", {"known_aaa": "no"})

    kept = answered(asked, 2, next_, {}, knowledge, knowledge.parameters_on(day))

    assert (*asked, next_) == kept


def test_what_may_still_apply_stays_when_its_gate_is_not_known(
    knowledge: Knowledge, day: dt.date
) -> None:
    asked = (
        Asked("leg_weakness", {"leg_weakness": "severe_one"}),
        Asked("leg_weakness_progressive", {"leg_weakness_progressive": "yes"}),
    )
    passed_over = Asked("leg_weakness", {"leg_weakness": None})

    kept = answered(asked, 0, passed_over, {}, knowledge, knowledge.parameters_on(day))

    assert (passed_over, asked[1]) == kept
