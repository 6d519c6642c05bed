"""How answers become values: classes, pairs, ranges, and what beats what."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.logic.arithmetic import ForOne
from rugkompas.people.person import person
from rugkompas.rules.prognosis import prognosis

CONTRACT = (
    "pain_duration_days_min",
    "pain_duration_days_max",
    *("previous_episodes", "previous_episodes_class"),
    *("pain_days_last_year", "pain_days_last_year_class"),
    *("leg_pain_nrs", "leg_pain_intensity_class", "pain_spread_to_leg_2w", "pain_elsewhere_2w"),
    *("rmdq_percent", "rmdq", "start_back_class", "start_back_total"),
    *("recovery_expectation_0_10", "recovery_expectation_class"),
    *("pain_control_0_10", "treatment_essential_0_10", "activity_unsafe_belief", "fabq_pa"),
    *("worrying_thoughts_2w", "less_enjoyment_2w", "low_mood_2w", "lost_interest_2w"),
    *("low_energy_2w", "sleep_trouble_2w", "sleep_worse_by_back"),
    *("isolated_0_10", "isolated_class", "general_health_0_100", "comorbidities"),
    *("smoking_status", "bmi", "work_load", "work", "work_too_heavy", "compensation_claim"),
    *("work_status", "employment", "sick_leave_days_last_month"),
    *("sick_leave_days_last_month_class", "education", "pain_nrs", "age_years", "sex"),
)
"""Every name of CONTRACT.md ("Answers for prognosis"), and those that it says count too."""


def moves(answers: dict[str, Any]) -> dict[str, float]:
    return dict(rugkompas.prognosis(answers).chances[3].moves)


def chance(answers: dict[str, Any]) -> float:
    value = rugkompas.prognosis(answers).chances[3].chance
    assert isinstance(value, float)
    return value


def test_every_name_of_the_contract_is_read(knowledge: Knowledge) -> None:
    own = {"pain_duration_days_min", "pain_duration_days_max"}
    read = {reading.answer.partition(".")[0] for reading in knowledge.prognosis.readings} | own

    assert set(CONTRACT) - read == set()


def test_a_class_counts_as_the_value_that_is_expected_in_it(knowledge: Knowledge) -> None:
    """Exact for every class whose predictor also has a whole or decimal number to give."""
    checked = 0
    for predictor in knowledge.prognosis.predictors:
        number, *classes = predictor.reads
        if predictor.scale == "log" or not knowledge.codebook[number.answer].is_number:
            continue
        for reading in classes:
            if "." in reading.answer or reading.times != 1.0 or not reading.values:
                continue
            for word, value in reading.values.items():
                codes = person({reading.answer: word}, knowledge).codes
                by_class = _moves(codes, knowledge)[predictor.id]
                by_value = _moves({number.answer: value}, knowledge)[predictor.id]
                assert by_class == pytest.approx(by_value), (reading.answer, word)
                checked += 1
    assert checked >= 8


def _moves(codes: Any, knowledge: Knowledge) -> dict[str, float]:
    found = prognosis(codes, knowledge.prognosis, knowledge.codebook, ForOne())
    return dict(found[3].moves)


def test_the_values_of_classes_lie_within_their_bounds(knowledge: Knowledge) -> None:
    by_id = {predictor.id: predictor for predictor in knowledge.prognosis.predictors}

    def expected(id_: str, answer: str) -> dict[str, float]:
        return next(r.values for r in by_id[id_].reads if r.answer == answer)

    likely = expected("recovery_expectation", "recovery_expectation_class")
    assert 8 <= likely["likely"] <= 10
    assert 0 <= likely["unsure_or_unlikely"] <= 7
    leg = expected("leg_pain", "leg_pain_intensity_class")
    assert (leg["none"], 1 <= leg["mild"] <= 4, 5 <= leg["moderate_or_worse"] <= 10) == (
        0,
        True,
        True,
    )
    start_back = expected("start_back", "start_back_class")
    assert 0 <= start_back["low"] <= 3 < start_back["medium"] < start_back["high"] <= 9


@pytest.mark.parametrize(
    ("exact", "rough"),
    [
        ({"rmdq_percent": 80.0}, {"rmdq": 2}),
        ({"rmdq": 20}, {"odi": 5}),
        ({"previous_episodes": 12}, {"previous_episodes_class": "none"}),
        ({"pain_days_last_year": 200}, {"pain_days_last_year_class": "le_30"}),
        ({"leg_pain_nrs": 8}, {"leg_pain_intensity_class": "none"}),
        ({"recovery_expectation_0_10": 1}, {"recovery_expectation_class": "likely"}),
        ({"start_back_total": 8, "start_back_psychosocial": 5}, {"start_back_class": "low"}),
        ({"isolated_0_10": 8}, {"isolated_class": "not_at_all"}),
        ({"sick_leave_days_last_month": 12}, {"sick_leave_days_last_month_class": "none"}),
        ({"work_load": "heavy"}, {"work": "sitting"}),
        ({"work_status": "work_disabled"}, {"employment": "employee"}),
        ({"pain_duration_days": 400}, {"pain_duration_class": "lt_3_weeks"}),
        (
            {"pain_duration_days_min": 90, "pain_duration_days_max": 365},
            {"pain_duration_class": "gt_12_weeks"},
        ),
        ({"worrying_thoughts_2w": "yes"}, {"factors": {"catastrophizing": "no"}}),
    ],
)
def test_of_a_pair_the_more_exact_answer_counts(
    exact: dict[str, Any], rough: dict[str, Any]
) -> None:
    assert chance({**rough, **exact}) == chance(exact)
    assert chance(exact) != chance(rough)


def test_one_number_under_two_names_counts_once() -> None:
    assert chance({"nprs": 7}) == chance({"pain_nrs": 7}) == chance({"nprs": 7, "pain_nrs": 7})


def test_a_roland_morris_score_counts_as_its_percentage() -> None:
    assert chance({"rmdq": 12}) == pytest.approx(chance({"rmdq_percent": 50}), abs=1e-4)


def test_a_range_of_days_lies_between_its_ends_and_is_less_sure() -> None:
    ranged = rugkompas.prognosis({"pain_duration_days_min": 14, "pain_duration_days_max": 28})
    ends = [rugkompas.prognosis({"pain_duration_days": day}) for day in (14, 28)]
    open_end = rugkompas.prognosis({"pain_duration_days_min": 14})

    assert ends[0].chances[3].chance < ranged.chances[3].chance < ends[1].chances[3].chance
    assert open_end.chances[3].chance > ranged.chances[3].chance


def test_predictors_of_one_group_are_not_counted_one_upon_the_other() -> None:
    one = moves({"low_mood_2w": "often"})
    both = moves({"low_mood_2w": "often", "lost_interest_2w": "often"})

    assert both["low_mood"] < one["low_mood"]
    assert one["low_mood"] < both["low_mood"] + both["lost_interest"]
    assert both["low_mood"] + both["lost_interest"] < 2 * one["low_mood"]


def test_what_overlaps_with_disability_counts_for_less_beside_it() -> None:
    assert moves({"pain_nrs": 9, "rmdq_percent": 50})["pain"] < moves({"pain_nrs": 9})["pain"] / 2


def test_leaving_predictors_out_of_the_facts_leaves_the_rest_in_its_place(
    knowledge: Knowledge,
) -> None:
    """The start rests on published shares, whatever stands beside it."""
    facts = knowledge.prognosis
    fewer = msgspec.structs.replace(
        facts,
        predictors=[p for p in facts.predictors if p.group == "leg"],
        groups={"leg": facts.groups["leg"]},
    )
    codes = {"pain_duration_days": 60}

    whole = prognosis(codes, facts, knowledge.codebook, ForOne())[3].chance
    part = prognosis(codes, fewer, knowledge.codebook, ForOne())[3].chance

    assert part == pytest.approx(whole, abs=0.003)
