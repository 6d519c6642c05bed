"""What holds for every diary: no call on too little, no NaN, nothing that depends on the order."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import astuple, replace

import numpy as np
import pytest
from exact import exact
from hypothesis import given, settings
from hypothesis import strategies as st

from rugkompas.statistics.columns import WINDOW, Diary, stack, table
from rugkompas.statistics.patterns import EACH, ENTRIES, Patterns, patterns, patterns_many
from rugkompas.statistics.regression import fit
from rugkompas.statistics.simulated import World, days_from, diaries

CALLED = ("goes_with_more", "goes_with_less")


def numbers(found: Patterns) -> np.ndarray:
    """Mean, both ends and the chance, per factor; NaN where nothing is said."""
    rows = [(f.difference, f.low, f.high, f.more) for f in found.factors]
    return np.array(rows, dtype=float)


def test_clear_effects_are_called_and_lie_in_their_intervals(clear: Diary) -> None:
    more, less, *nil = patterns(clear).factors

    assert (more.call, less.call) == CALLED
    assert more.low is not None
    assert more.high is not None
    assert more.low < 2 < more.high
    assert {f.call for f in nil} == {"no_clear_pattern"}
    assert more.days_with + more.days_without == np.isfinite(np.asarray(clear.outcome)).sum()


def test_the_grid_gives_what_the_definition_of_the_model_gives() -> None:
    diary = diaries(World(effects=(1.0, -0.5, 0.0), days=40, lost_days=0.2), 1, 3)[0]
    t = table(diary)

    mean, spread = exact(t)
    posterior = fit(stack([t], [[0, 1, 2]]))

    ours = posterior.mean()[0]
    square = posterior.scale**2 + (posterior.location - ours) ** 2
    ours_spread = np.sqrt(np.einsum("bc,bck->bk", posterior.weight, square))[0]
    assert np.abs(ours - mean).max() < 0.01
    assert np.abs(ours_spread / spread - 1).max() < 0.02


def test_many_diaries_at_once_give_what_each_gives_alone() -> None:
    worlds = [World(days=days, effects=(1.0,) * k) for days, k in ((22, 3), (90, 1), (50, 6))]
    some = [diary for world in worlds for diary in diaries(world, 3, 5)]

    together = patterns_many(some, threads=2)

    for one, diary in zip(together, some, strict=True):
        alone = patterns(diary)
        assert [f.call for f in one.factors] == [f.call for f in alone.factors]
        np.testing.assert_allclose(numbers(one), numbers(alone), atol=2e-3)


@pytest.mark.parametrize("days", [0, 1, 20])
def test_nothing_is_called_below_three_weeks_of_entries(days: int) -> None:
    world = World(days=90, effects=(9.0,), rho=0.0, sigma=0.1)
    diary = diaries(world, 1, 1)[0]
    outcome = np.where(np.arange(90) < days, np.asarray(diary.outcome), np.nan)

    found = patterns(replace(diary, outcome=outcome))

    assert found.days == days < ENTRIES
    assert [f.call for f in found.factors] == ["too_little_data"]
    assert found.factors[0].difference is None


def test_a_factor_with_few_days_is_left_out_and_the_others_are_judged(clear: Diary) -> None:
    rare = np.zeros(90)
    rare[: EACH - 1] = 1.0
    constant = np.ones(90)
    unknown = np.full(90, np.nan)
    more = {"rare": rare, "constant": constant, "unknown": unknown}

    found = patterns(replace(clear, factors={**clear.factors, **more}))

    assert [f.call for f in found.factors[-3:]] == ["too_little_data"] * 3
    assert found.factors[0].call == "goes_with_more"


def test_the_order_of_factors_and_of_rows_changes_nothing(clear: Diary) -> None:
    back = dict(reversed(clear.factors.items()))
    shuffled = np.random.default_rng(1).permutation(90)
    mixed = Diary(
        np.asarray(clear.day)[shuffled],
        np.asarray(clear.outcome)[shuffled],
        {name: np.asarray(values)[shuffled] for name, values in back.items()},
    )

    found = {f.factor: astuple(f)[3:7] for f in patterns(mixed).factors}

    for f in patterns(clear).factors:
        np.testing.assert_allclose(found[f.factor], astuple(f)[3:7], atol=1e-6)


@pytest.mark.parametrize("weeks", [1, 52])
def test_other_dates_and_another_level_change_nothing(clear: Diary, weeks: int) -> None:
    moved = replace(
        clear,
        day=np.asarray(clear.day) + 7 * weeks,
        outcome=np.asarray(clear.outcome) + 3.0,
    )

    np.testing.assert_allclose(numbers(patterns(moved)), numbers(patterns(clear)), atol=1e-6)


def test_turning_a_factor_round_turns_its_effect_round(clear: Diary) -> None:
    turned = {name: 1 - np.asarray(values) for name, values in clear.factors.items()}

    found, before = patterns(replace(clear, factors=turned)), patterns(clear)

    for f, b in zip(found.factors, before.factors, strict=True):
        assert f.difference == pytest.approx(-(b.difference or 0), abs=1e-6)
        assert f.low == pytest.approx(-(b.high or 0), abs=1e-3)


def test_a_constant_outcome_has_no_pattern(clear: Diary) -> None:
    found = patterns(replace(clear, outcome=np.full(90, 4.0)))

    assert {f.call for f in found.factors} == {"no_clear_pattern"}
    assert np.isfinite(numbers(found)).all()
    assert np.abs(numbers(found)[:, 0]).max() < 0.05


def test_two_columns_that_are_the_same_share_the_effect(clear: Diary) -> None:
    first = clear.factors["factor_0"]

    twins = patterns(replace(clear, factors={"a": first, "b": first})).factors

    assert twins[0].difference == pytest.approx(twins[1].difference, abs=1e-6)
    assert np.isfinite(numbers(patterns(replace(clear, factors={"a": first, "b": first})))).all()


def test_a_lagged_factor_is_found_on_the_day_after() -> None:
    chance = np.random.default_rng(4)
    lifted = (chance.random(91) < 0.4).astype(float)
    pain = 4 + 2 * lifted[:-1] + chance.standard_normal(90)
    diary = Diary(days_from(0, 90), pain, {"lifting": lifted[1:]}, lagged={"lifting"})

    same_day, day_before = patterns(diary).factors

    assert (same_day.lag, same_day.call) == (0, "no_clear_pattern")
    assert (day_before.lag, day_before.call) == (1, "goes_with_more")


def test_a_day_without_a_row_before_it_has_no_lagged_value() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=2 * n) for n in range(40)]
    diary = Diary(days, np.arange(40) % 5.0, {"lifting": np.arange(40) % 2.0}, lagged=["lifting"])

    same_day, day_before = patterns(diary).factors

    assert same_day.days_with == 20
    assert day_before.days_with == day_before.days_without == 0
    assert day_before.call == "too_little_data"


def test_an_amount_is_told_per_twice_its_spread() -> None:
    chance = np.random.default_rng(2)
    steps = chance.normal(6000, 2000, 90)
    pain = 5 - steps / 2000 + 0.5 * chance.standard_normal(90)

    (found,) = patterns(Diary(days_from(0, 90), pain, {"steps": steps})).factors

    assert found.number
    assert found.call == "goes_with_less"
    assert found.step == pytest.approx(2 * steps.std())
    assert found.difference == pytest.approx(-found.step / 2000, abs=0.3)
    assert (found.days_with, found.days_without) == (45, 45)


def test_only_the_last_year_of_a_long_diary_counts() -> None:
    diary = diaries(World(effects=(1.0,) * 3, days=10_000), 1, 1)[0]

    found = patterns(diary)

    assert found.days == WINDOW
    assert np.isfinite(numbers(found)).all()


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_no_diary_gives_anything_but_numbers(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 60))
    score = st.one_of(st.just(math.nan), st.integers(0, 10).map(float))
    yes_no = st.sampled_from([0.0, 1.0, math.nan])
    amount = st.one_of(st.just(math.nan), st.floats(-1e6, 1e6))
    gaps = data.draw(st.lists(st.integers(1, 40), min_size=count, max_size=count))
    columns = {
        name: data.draw(st.lists(kind, min_size=count, max_size=count))
        for name, kind in (("a", yes_no), ("b", yes_no), ("c", amount))
    }
    pain = data.draw(st.lists(score, min_size=count, max_size=count))
    days = np.datetime64("2024-02-27") + np.cumsum(np.array(gaps, dtype=int))

    found = patterns(Diary(days, pain, columns, lagged={"a"}))

    assert len(found.factors) == 4
    for f in found.factors:
        if f.call == "too_little_data":
            assert f.difference is None
            continue
        assert f.difference is not None
        assert f.low is not None
        assert f.high is not None
        assert f.more is not None
        assert -1e-6 <= f.difference - f.low < 100
        assert -1e-6 <= f.high - f.difference < 100
        assert 0 <= f.more <= 1
        assert found.days >= ENTRIES


@pytest.mark.parametrize(
    ("diary", "says"),
    [
        (Diary(["2026-01-01", "2026-01-01"], [1, 2]), "a day twice"),
        (Diary(["2026-01-01"], [1, 2]), "another length"),
        (Diary(["2026-01-01"], [math.inf]), "infinite"),
        (Diary(["2026-01-01"], [1], {"stress": ["yes"]}), "no number"),
        (Diary(["2026-01-01"], [1], lagged={"stress"}), "names no factor"),
        (Diary(["NaT"], [1]), "without a date"),
    ],
)
@pytest.mark.hazard("H-46")
def test_a_diary_that_cannot_be_read_says_what_is_wrong_without_a_value(
    diary: Diary, says: str
) -> None:
    with pytest.raises(ValueError, match=says) as error:
        patterns(diary)

    assert "2026" not in str(error.value)
