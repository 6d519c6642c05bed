"""Whether the statistics hold what they promise, counted on made-up diaries with a known truth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from rugkompas.statistics.columns import Diary
from rugkompas.statistics.experiment import Size, analyse_many, plan
from rugkompas.statistics.patterns import patterns_many
from rugkompas.statistics.simulated import World, correlated, diaries

_SIGN = {"goes_with_more": 1, "goes_with_less": -1}


@dataclass(frozen=True)
class Held:
    """Shares, 0-1, over all factors of all diaries; NaN where there is no such factor.

    covered: intervals that hold the truth; covered_nil, covered_real: of factors without and
    with an effect; covered_called: of those that were called. called_nil: false calls. called:
    effect in points -> share called in its direction. wrong_way: called against their direction.
    quiet: diaries without any false call. mean: effect -> the mean estimate, in points.
    """

    covered: float
    covered_nil: float
    covered_real: float
    covered_called: float
    called_nil: float
    called: dict[float, float]
    wrong_way: float
    quiet: float
    mean: dict[float, float]


def check_patterns(world: World, count: int, seed: int, *, threads: int = 2) -> Held:
    """``count`` diaries of one world."""
    found = patterns_many(diaries(world, count, seed), threads=threads)
    truth = np.broadcast_to(np.array(world.effects), (count, len(world.effects)))
    numbers = np.array(
        [[(f.difference, f.low, f.high) for f in one.factors] for one in found], dtype=float
    )
    sign = np.array([[_SIGN.get(f.call, 0) for f in one.factors] for one in found])
    judged = np.isfinite(numbers[..., 0])
    covered = (numbers[..., 1] <= truth) & (truth <= numbers[..., 2])
    nil, real = judged & (truth == 0), judged & (truth != 0)
    effects = sorted({e for e in world.effects if e})
    return Held(
        covered=_share(covered, judged),
        covered_nil=_share(covered, nil),
        covered_real=_share(covered, real),
        covered_called=_share(covered, judged & (sign != 0)),
        called_nil=_share(sign != 0, nil),
        called={e: _share(sign == np.sign(e), judged & (truth == e)) for e in effects},
        wrong_way=_share(sign == -np.sign(truth), real),
        quiet=1 - float(((sign != 0) & nil).any(axis=1).mean()),
        mean={e: float(numbers[judged & (truth == e), 0].mean()) for e in effects},
    )


def _share(what: np.ndarray, where: np.ndarray) -> float:
    return float(what[where].mean()) if where.any() else float("nan")


def check_experiments(
    of: Size, effect: float, world: World, count: int, seed: int
) -> tuple[float, float, float]:
    """(covered, called, called in the direction of the effect) over ``count`` experiments with
    an effect in points; the noise, trend and losses are those of the world."""
    chance = np.random.default_rng(seed)
    noise = world.sigma * correlated(chance, (count, of.days), world.rho)
    lost = chance.random(noise.shape) < world.lost_days
    done = []
    for index in range(count):
        experiment = plan(dt.date(2026, 1, 1), of, seed + index)
        with_option = np.array([d.with_option for d in experiment.days])
        pain = world.level + effect * with_option + noise[index]
        pain += world.trend * np.linspace(-0.5, 0.5, of.days)
        if world.rounded:
            pain = np.clip(np.round(pain), 0, 10)
        days = [d.day for d in experiment.days]
        done.append((experiment, Diary(days, np.where(lost[index], np.nan, pain))))
    found = [f for f in analyse_many(done) if f.verdict != "too_little_data"]
    ends = np.array([(f.low, f.high) for f in found], dtype=float)
    covered = ((ends[:, 0] <= effect) & (effect <= ends[:, 1])).mean()
    signs = np.array([_SIGN.get(f.verdict, 0) for f in found])
    right = float((signs == np.sign(effect)).mean()) if effect else float("nan")
    return float(covered), float((signs != 0).mean()), right
