"""What every prognosis keeps to: bounds, order, and nothing made of what was not asked."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from people_at_random import answer, names, people

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.people.problems import BadAnswers

SOMEBODY: dict[str, Any] = {
    "pain_duration_days": 20,
    "rmdq_percent": 50,
    "pain_nrs": 6,
    "recovery_expectation_0_10": 7,
    "leg_pain_nrs": 2,
}


def chance(answers: dict[str, Any], months: int = 3) -> float:
    value = rugkompas.prognosis(answers).chances[months].chance
    assert isinstance(value, float)
    return value


def width(answers: dict[str, Any]) -> float:
    """How wide the range is, in log odds."""
    found = rugkompas.prognosis(answers).chances[3]
    return odds(found.upper) - odds(found.lower)


def odds(share: float) -> float:
    return math.log(share / (1 - share))


def test_chances_lie_within_their_range_whatever_is_answered(knowledge: Knowledge) -> None:
    for share, seed in ((0.05, 1), (0.3, 2), (0.7, 3), (1.0, 4)):
        for answers in people(knowledge, 60, share=share, seed=seed):
            for found in rugkompas.prognosis(answers).chances.values():
                assert 0 < found.lower < found.chance < found.upper < 1


def test_nobody_is_refused_for_what_is_missing(knowledge: Knowledge) -> None:
    rng = np.random.default_rng(5)
    whole = {name: answer(name, knowledge, rng) for name in names(knowledge)}

    for name in whole:
        rest = {key: value for key, value in whole.items() if key != name}
        assert 0 < chance(rest) < 1
        assert 0 < chance({name: whole[name]}) < 1
    assert 0 < chance({}) < 1


def test_without_any_answer_the_chance_is_that_of_the_published_group(
    knowledge: Knowledge,
) -> None:
    moments = knowledge.prognosis.start.moments

    assert moments[0].limited_3m < chance({}) < moments[-1].limited_3m


@pytest.mark.parametrize("place", range(5))
def test_with_duration_alone_the_chance_is_the_published_share(
    place: int, knowledge: Knowledge
) -> None:
    moment = knowledge.prognosis.start.moments[place]

    found = rugkompas.prognosis({"pain_duration_days": int(moment.days)}).chances

    assert found[3].chance == pytest.approx(moment.limited_3m, abs=0.002)
    assert found[12].chance == pytest.approx(moment.limited_12m, abs=0.002)


def test_unknown_is_the_same_as_not_asked_and_never_the_same_as_no(knowledge: Knowledge) -> None:
    tri = [
        reading.answer
        for predictor in knowledge.prognosis.predictors
        for reading in predictor.reads
        if reading.answer in knowledge.questions
        and knowledge.questions[reading.answer].kind == "tri"
    ]
    assert len(tri) >= 8

    for name in tri:
        left_out, unknown = chance(SOMEBODY), chance({**SOMEBODY, name: "unknown"})
        no, yes = chance({**SOMEBODY, name: "no"}), chance({**SOMEBODY, name: "yes"})
        assert unknown == left_out, name
        assert no != left_out != yes, name


@pytest.mark.parametrize(
    "name",
    [
        "rmdq_percent",
        "pain_nrs",
        "leg_pain_nrs",
        "previous_episodes",
        "pain_days_last_year",
        "isolated_0_10",
        "sick_leave_days_last_month",
        "start_back_total",
        "fabq_pa",
    ],
)
def test_a_missing_number_is_not_nought(name: str) -> None:
    rest = {key: value for key, value in SOMEBODY.items() if key != name}

    assert chance({**rest, name: 0}) < chance(rest)


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"pain_duration_days": 3},
        {"pain_duration_class": "gt_12_weeks", "recovery_expectation_0_10": 1},
        {"start_back_class": "high", "low_mood_2w": "often"},
    ],
)
@pytest.mark.parametrize("months", [3, 12])
def test_more_limitation_now_never_lowers_the_chance(others: dict[str, Any], months: int) -> None:
    chances = [chance({**others, "rmdq_percent": score}, months) for score in range(0, 101, 5)]

    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


@pytest.mark.parametrize("score", [0, 25, 50, 75, 100])
def test_longer_pain_never_lowers_the_chance(score: int) -> None:
    days = [0, 3, 7, 14, 21, 40, 60, 100, 200, 365, 1000, 3000]
    chances = [chance({"rmdq_percent": score, "pain_duration_days": day}) for day in days]

    assert chances == sorted(chances)


def test_each_number_moves_the_chance_one_way(knowledge: Knowledge) -> None:
    for predictor in knowledge.prognosis.predictors:
        question = knowledge.questions.get(predictor.reads[0].answer)
        if question is None or question.kind not in ("integer", "number"):
            continue
        low, high = int(question.low or 0), int(question.high or 0)
        rest = {key: value for key, value in SOMEBODY.items() if key != question.id}
        steps = sorted({low, *range(low, high + 1, max(1, (high - low) // 8)), high})
        if question.id == "age_years":
            steps = [step for step in steps if step >= 1]
        chances = [chance({**rest, question.id: step}) for step in steps]
        assert chances == sorted(chances, reverse=predictor.per_sd_3m < 0), question.id


def test_more_answers_make_the_range_narrower() -> None:
    steps = [{}, {"pain_duration_days": 20}, {"pain_duration_days": 20, "rmdq_percent": 50}]

    widths = [width(answers) for answers in [*steps, SOMEBODY]]

    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.6 * widths[0]


def test_no_range_is_narrower_than_cohorts_lie_apart(knowledge: Knowledge) -> None:
    between = 2 * 1.28 * knowledge.prognosis.start.spread_3m

    for answers in people(knowledge, 50, share=1.0, seed=6):
        assert width(answers) > between


def test_twelve_months_stay_near_three_months(knowledge: Knowledge) -> None:
    for share, seed in ((0.2, 7), (0.9, 8)):
        for answers in people(knowledge, 60, share=share, seed=seed):
            found = rugkompas.prognosis(answers).chances
            assert abs(odds(found[12].chance) - odds(found[3].chance)) < 1.0


def test_answers_that_cannot_be_used_are_refused_by_name() -> None:
    with pytest.raises(BadAnswers) as refused:
        rugkompas.prognosis({"rmdq_percent": 140, "start_back_class": "very high", "weight": 3})

    assert {problem.where for problem in refused.value.problems} == {
        "rmdq_percent",
        "start_back_class",
        "weight",
    }


def test_an_alarm_sign_among_the_answers_asks_for_a_call_first() -> None:
    assert rugkompas.prognosis({**SOMEBODY, "saddle_change": "new_or_changed"}).call_first
    assert not rugkompas.prognosis(SOMEBODY).call_first
    assert not rugkompas.prognosis({**SOMEBODY, "age_years": 50, "sex": "male"}).call_first
