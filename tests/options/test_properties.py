"""What holds for the options of anybody, seen on whole assessments."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lives import KNOWLEDGE, OPTIONS, lives

from rugkompas import assess
from rugkompas.assess.options import FULL_OPTION, NEVER_THE_PLAN, Options

DAY = dt.date(2026, 11, 25)
URGENT = ("emergency", "same_day")
slow = settings(derandomize=True, deadline=None, max_examples=150)


def options_of(answers: dict[str, Any]) -> Options:
    return assess(answers, on=DAY, knowledge=KNOWLEDGE).options


def offered(answers: dict[str, Any]) -> set[str]:
    return {offer.id for offer in options_of(answers).offered}


@slow
@given(lives())
def test_every_option_is_offered_or_not_with_a_reason_and_none_when_urgent(
    answers: dict[str, Any],
) -> None:
    assessment = assess(answers, on=DAY, knowledge=KNOWLEDGE)
    found = assessment.options

    ids = [o.id for o in found.offered] + [w.id for w in found.not_offered]
    urgent = assessment.triage.urgency in URGENT
    assert sorted(ids) == ([] if urgent else sorted(OPTIONS))
    for withheld in found.not_offered:
        assert withheld.reason == withheld.reasons[0]
        if withheld.reason in ("contraindicated", "ask_first"):
            assert withheld.facts
        if withheld.reason != "advised_against":
            assert withheld.because


@slow
@given(lives())
def test_good_sets_hold_offered_options_that_go_together_and_fit_the_week(
    answers: dict[str, Any],
) -> None:
    found = options_of(answers)
    ids = {offer.id for offer in found.offered}

    assert set(found.shown) <= set(found.good)
    for combination in found.good:
        for chosen in (combination.ids, *combination.equals):
            assert 1 <= len(set(chosen)) == len(chosen) <= 4
            assert set(chosen) <= ids - set(answers.get("dislikes") or ())
            for one in chosen:
                assert not set(KNOWLEDGE.options[one].together_with) & set(chosen)
            minutes = sum(KNOWLEDGE.options[one].asks.week_min for one in chosen)
            assert minutes == combination.minutes
            assert minutes <= answers.get("minutes_a_week", minutes)
    assert len(found.shown) <= 4


@slow
@given(lives())
def test_shown_sets_touch_something_whenever_an_offered_option_does(
    answers: dict[str, Any],
) -> None:
    found = options_of(answers)
    disliked = set(answers.get("dislikes") or ())

    some = any(offer.touches for offer in found.offered if offer.id not in disliked)
    assert bool(found.shown) is some
    for combination in found.good:
        touched = {
            factor
            for offer in found.offered
            if offer.id in combination.ids
            for factor in offer.touches
        }
        assert touched & set(found.wanted)


@slow
@given(lives())
def test_pills_and_specialists_are_in_a_set_only_when_nothing_else_touches(
    answers: dict[str, Any],
) -> None:
    found = options_of(answers)
    beside = [*NEVER_THE_PLAN]

    def is_beside(id_: str) -> bool:
        return id_ in FULL_OPTION or KNOWLEDGE.options[id_].domain in beside

    in_sets = {id_ for combination in found.good for id_ in combination.ids}
    if any(map(is_beside, in_sets)):
        assert all(is_beside(o.id) or not o.touches or o.liked < 0 for o in found.offered)


@slow
@given(lives(), st.data())
def test_striking_an_option_takes_away_that_one_and_nothing_else(
    answers: dict[str, Any], data: st.DataObject
) -> None:
    before = offered(answers)
    assume(before)
    struck = data.draw(st.sampled_from(sorted(before)))
    rejects = answers.get("rejects") or {}
    rejects = dict.fromkeys(rejects, "") if isinstance(rejects, list) else dict(rejects)

    after = offered({**answers, "rejects": {**rejects, struck: ""}})

    assert before - {struck} == after


@slow
@given(lives(), st.sampled_from(("max_block_min", "minutes_a_week")), st.integers(0, 200))
def test_less_time_never_adds_an_option(answers: dict[str, Any], name: str, number: int) -> None:
    before = offered(answers)

    after = offered({**answers, name: min(number, answers.get(name, number))})

    assert after <= before


@slow
@given(lives(), st.integers())
def test_the_order_of_answers_makes_no_difference_and_twice_is_the_same(
    answers: dict[str, Any], seed: int
) -> None:
    turned = list(answers.items())
    random.Random(seed).shuffle(turned)

    assert options_of(answers) == options_of(dict(turned)) == options_of(answers)


@slow
@given(lives())
def test_what_the_person_likes_changes_no_offer(answers: dict[str, Any]) -> None:
    neutral = {k: v for k, v in answers.items() if k not in ("likes", "dislikes", "asks_about")}

    assert offered(neutral) == offered(answers)
