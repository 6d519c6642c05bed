"""What simulation shows, in short; at length in docs/explanation/patterns.md."""

from __future__ import annotations

import pytest

from rugkompas.statistics.checked import check_experiments, check_patterns
from rugkompas.statistics.experiment import size
from rugkompas.statistics.simulated import World

WORLDS = {
    "plain": World(effects=(1.2, -0.6) + (0.0,) * 8),
    "three weeks": World(effects=(1.2, -0.6) + (0.0,) * 8, days=21),
    "one strong": World(effects=(2.4,) + (0.0,) * 9, days=45),
    "lasting": World(effects=(1.2, -0.6) + (0.0,) * 8, rho=0.8, lasting=0.6),
    "worn": World(
        effects=(1.2, -0.6) + (0.0,) * 8,
        trend=-3.0,
        weekday=0.5,
        lost_days=0.2,
        lost_factors=0.1,
        rounded=True,
    ),
}


@pytest.mark.parametrize("name", WORLDS)
def test_intervals_cover_within_two_points_of_what_they_promise(name: str) -> None:
    held = check_patterns(WORLDS[name], 150, 20261125)

    assert held.covered == pytest.approx(0.95, abs=0.02)
    assert held.wrong_way < 0.01


@pytest.mark.parametrize(
    "world",
    [World(), World(days=30), World(lasting=0.7, rho=0.8), World(rounded=True, level=1.5)],
    ids=["90 days", "30 days", "lasting", "at the floor"],
)
def test_under_no_effect_few_factors_are_called_and_most_diaries_stay_quiet(world: World) -> None:
    held = check_patterns(world, 150, 20261125)

    assert held.called_nil < 0.03
    assert held.quiet > 0.83


def test_larger_effects_and_longer_diaries_are_called_more_often() -> None:
    found = {
        (effect, days): check_patterns(
            World(effects=(effect,) + (0.0,) * 4, days=days), 60, 1
        ).called[effect]
        for effect in (0.5, 1.5)
        for days in (30, 120)
    }

    assert found[0.5, 30] < found[0.5, 120] < found[1.5, 120]
    assert found[1.5, 30] > 0.5
    assert found[1.5, 120] > 0.95


def test_experiments_cover_and_find_what_they_promise() -> None:
    of = size(1.5, period_days=4)
    assert of is not None

    covered, called, _ = check_experiments(of, 0.0, World(), 400, 1)
    covered_real, _, right = check_experiments(of, -1.5, World(), 400, 2)

    assert covered == pytest.approx(0.95, abs=0.025)
    assert covered_real == pytest.approx(0.95, abs=0.025)
    assert called < 0.06
    assert right == pytest.approx(of.power, abs=0.08)
