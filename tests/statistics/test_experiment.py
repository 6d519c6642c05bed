"""A personal experiment: drawn beforehand, honest about its size, able to say "cannot tell"."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest

from rugkompas.statistics.experiment import (
    ENTRIES,
    LONGEST,
    Experiment,
    Size,
    analyse,
    plan,
    size,
    stop,
)

START = dt.date(2026, 3, 25)
OF = Size(pairs=5, period_days=5, washout_days=1, difference=1.5, power=0.8)


def pain(experiment: Experiment, effect: float, seed: int = 1) -> np.ndarray:
    noise = np.random.default_rng(seed).standard_normal(len(experiment.days))
    return 5 + noise + effect * np.array([d.with_option for d in experiment.days])


def test_every_pair_has_one_period_with_and_one_without() -> None:
    experiment = plan(START, OF, seed=3)

    assert [d.day for d in experiment.days] == [
        START + dt.timedelta(days=n) for n in range(OF.days)
    ]
    for _, days in itertools.groupby(experiment.days, key=lambda d: d.pair):
        pair = list(days)
        assert sum(d.with_option for d in pair) == len(pair) / 2 == OF.period_days
        assert pair[0].with_option != pair[-1].with_option
    assert sum(d.counts for d in experiment.days) == OF.days_that_count
    assert not experiment.days[0].counts


def test_the_same_seed_draws_the_same_order_and_seeds_differ() -> None:
    orders = {tuple(d.with_option for d in plan(START, OF, seed).days) for seed in range(200)}

    assert plan(START, OF, 9) == plan(START, OF, 9)
    assert len(orders) == 2**OF.pairs


def test_a_smaller_difference_needs_more_days_and_too_small_is_refused() -> None:
    large, small = size(2.0), size(1.0)

    assert large is not None
    assert small is not None
    assert large.days < small.days <= LONGEST
    assert min(large.power, small.power) >= 0.8
    assert size(0.2) is None
    assert large.days_that_count >= ENTRIES


@pytest.mark.parametrize(
    "wrong",
    [{"difference": 0}, {"sigma": 0}, {"rho": 1}, {"washout_days": 7}, {"washout_days": -1}],
)
def test_a_size_out_of_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        size(**{"difference": 1.0, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effect", "verdict"),
    [(-3.0, "goes_with_less"), (3.0, "goes_with_more"), (0.0, "cannot_tell")],
)
def test_an_effect_is_seen_and_none_cannot_be_told(effect: float, verdict: str) -> None:
    experiment = plan(START, OF, seed=3)

    found = analyse(experiment, [d.day for d in experiment.days], pain(experiment, effect))

    assert found.verdict == verdict
    assert found.low is not None
    assert found.high is not None
    assert found.low < effect < found.high
    assert found.days_with == found.days_without == OF.days_that_count / 2


def test_days_outside_the_plan_and_wash_out_days_do_not_count() -> None:
    experiment = plan(START, OF, seed=3)
    days = [START + dt.timedelta(days=n) for n in range(-20, OF.days + 20)]
    values = np.full(len(days), 9.0)
    values[20 : 20 + OF.days] = pain(experiment, -3.0)
    washed = values.copy()
    washed[20 : 20 + OF.days][[not d.counts for d in experiment.days]] = 0.0

    assert analyse(experiment, days, values) == analyse(experiment, days, washed)


def test_few_entries_are_too_little_data() -> None:
    experiment = plan(START, OF, seed=3)
    values = pain(experiment, -3.0)
    values[ENTRIES:] = np.nan

    found = analyse(experiment, [d.day for d in experiment.days], values)

    assert found.verdict == "too_little_data"
    assert found.difference is None
    assert found.worth_it == "unknown"


def test_whether_it_is_worth_it_follows_the_whole_interval() -> None:
    experiment = plan(START, OF, seed=3)
    days = [d.day for d in experiment.days]

    found = {e: analyse(experiment, days, pain(experiment, e)).worth_it for e in (-5.0, -1.5, 1.0)}

    assert found == {-5.0: "yes", -1.5: "unknown", 1.0: "no"}


def test_three_worse_entries_in_a_row_stop_it_and_a_good_result_does_not() -> None:
    experiment = plan(START, OF, seed=3)
    days = [START + dt.timedelta(days=n) for n in range(10)]

    assert stop(experiment, days, [5] * 7 + [7, 7, 7], before=5.0, worse=2.0) == "worse"
    assert stop(experiment, days, [5] * 7 + [7, 6, 7], before=5.0, worse=2.0) == "go_on"
    assert stop(experiment, days, [0] * 10, before=5.0, worse=2.0) == "go_on"
    assert stop(experiment, [experiment.days[-1].day], [5], before=5.0, worse=2.0) == "finished"
    assert stop(experiment, [], [], before=5.0, worse=2.0) == "go_on"
