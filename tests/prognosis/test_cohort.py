"""A made-up cohort in which predictors hang together: the brakes keep the chances honest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import pytest
from people_at_random import cohort

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.prognosis_schema import Prognosis
from rugkompas.logic.arithmetic_many import ForMany
from rugkompas.rules.prognosis import prognosis

SIZE = 20_000


@pytest.fixture(scope="module")
def people(knowledge: Knowledge) -> tuple[Mapping[str, Any], Any]:
    return cohort(knowledge, SIZE, seed=20261125)


def chances(codes: Mapping[str, Any], facts: Prognosis, knowledge: Knowledge) -> Any:
    return prognosis(codes, facts, knowledge.codebook, ForMany())[3].chance


def area_under_curve(chance: Any, limited: Any) -> float:
    """How often somebody who is limited later had the higher chance of two."""
    ranks = np.argsort(np.argsort(chance)) + 1
    ill, well = int(limited.sum()), int((~limited).sum())
    return float((ranks[limited].sum() - ill * (ill + 1) / 2) / (ill * well))


def calibration_slope(chance: Any, limited: Any) -> float:
    """1: chances are as far apart as they should be; under 1: too far apart."""
    design = np.column_stack([np.ones(len(chance)), np.log(chance / (1 - chance))])
    weights = np.zeros(2)
    for _ in range(25):
        fitted = 1 / (1 + np.exp(-design @ weights))
        curvature = (design * (fitted * (1 - fitted))[:, None]).T @ design
        weights = weights + np.linalg.solve(curvature, design.T @ (limited - fitted))
    return float(weights[1])


def uncurbed(facts: Prognosis) -> Prognosis:
    """The same figures, each counted in full."""
    return msgspec.structs.replace(
        facts,
        shrinkage=1.0,
        between_groups=0.0,
        groups=dict.fromkeys(facts.groups, 0.0),
        predictors=[msgspec.structs.replace(p, beside=1.0) for p in facts.predictors],
    )


def test_chances_stay_calibrated_when_everything_is_known(
    people: tuple[Mapping[str, Any], Any], knowledge: Knowledge
) -> None:
    codes, limited = people
    chance = chances(codes, knowledge.prognosis, knowledge)

    assert abs(chance.mean() - limited.mean()) < 0.04
    assert 0.8 < calibration_slope(chance, limited) < 1.3
    assert area_under_curve(chance, limited) > 0.74


def test_counting_every_figure_in_full_would_be_far_too_sure(
    people: tuple[Mapping[str, Any], Any], knowledge: Knowledge
) -> None:
    codes, limited = people
    facts = knowledge.prognosis
    ours = calibration_slope(chances(codes, facts, knowledge), limited)
    full = calibration_slope(chances(codes, uncurbed(facts), knowledge), limited)

    assert full < 0.65 * ours


@pytest.mark.parametrize(
    "known",
    [
        ["pain_duration_days"],
        ["rmdq_percent"],
        ["pain_duration_days", "rmdq_percent"],
        ["pain_duration_days", "rmdq_percent", "recovery_expectation_0_10", "leg_pain_nrs"],
        ["low_mood_2w", "lost_interest_2w", "worrying_thoughts_2w", "less_enjoyment_2w"],
    ],
)
def test_chances_are_not_too_far_apart_when_little_is_known(
    known: list[str], people: tuple[Mapping[str, Any], Any], knowledge: Knowledge
) -> None:
    codes, limited = people
    few = {name: codes[name] for name in known}
    chance = chances(few, knowledge.prognosis, knowledge)

    assert abs(chance.mean() - limited.mean()) < 0.04
    assert 0.8 < calibration_slope(chance, limited) < 2


def test_more_answers_tell_people_better_apart(
    people: tuple[Mapping[str, Any], Any], knowledge: Knowledge
) -> None:
    codes, limited = people
    names = ["pain_duration_days", "rmdq_percent", "recovery_expectation_0_10"]
    steps = [{name: codes[name] for name in names[:count]} for count in (1, 2, 3)]
    found = [
        area_under_curve(chances(known, knowledge.prognosis, knowledge), limited)
        for known in [*steps, codes]
    ]

    assert found == sorted(found)
