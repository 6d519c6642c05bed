"""Made-up diaries of which the truth is known, to check the statistics with. Seeded."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rugkompas.statistics.columns import Diary
from rugkompas.statistics.regression import Numbers, Truths


@dataclass(frozen=True)
class World:
    """How the days of made-up people come about.

    effects: points (0-10) per factor, on days with it. days: length. share: of days with a
    factor. rho, sigma: correlation and spread (points) of the noise. linked: correlation between
    factors of one day. lasting: correlation of a factor from day to day. trend: points from the
    first day to the last; bent: that fall comes early and flattens. weekday: spread of the
    effects of weekdays. level: mean pain. lost_days, lost_factors: shares missing at random.
    lost_when_worse: share of the days with pain above the person's middle that is missing.
    rounded: whole numbers 0-10, with floor and ceiling.
    """

    effects: tuple[float, ...] = (0.0,) * 10
    days: int = 90
    share: float = 0.4
    rho: float = 0.5
    sigma: float = 1.2
    linked: float = 0.0
    lasting: float = 0.0
    trend: float = 0.0
    bent: bool = False
    weekday: float = 0.0
    level: float = 5.0
    lost_days: float = 0.0
    lost_factors: float = 0.0
    lost_when_worse: float = 0.0
    rounded: bool = False

    def but(self, **changes: object) -> World:
        """The same world with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def days_from(start: int, count: int) -> np.ndarray:
    """``count`` dates in a row; ``start`` counts days from 2026-01-01."""
    return np.datetime64("2026-01-01") + np.arange(start, start + count)


def correlated(chance: np.random.Generator, shape: tuple[int, ...], rho: float) -> Numbers:
    """Standard normal noise along the last axis, each value correlated with the one before."""
    fresh = chance.standard_normal(shape)
    noise = np.empty(shape)
    noise[..., 0] = fresh[..., 0]
    for index in range(1, shape[-1]):
        noise[..., index] = rho * noise[..., index - 1] + np.sqrt(1 - rho**2) * fresh[..., index]
    return noise


def diaries(world: World, count: int, seed: int) -> list[Diary]:
    """``count`` diaries from one world."""
    chance = np.random.default_rng(seed)
    factors = _factors(world, count, chance)
    pain = world.level + factors @ np.array(world.effects)
    pain += _slow(world, count, chance)
    pain += world.sigma * correlated(chance, (count, world.days), world.rho)
    pain = _seen(world, pain, chance)
    lost = chance.random(factors.shape) < world.lost_factors
    shown = np.where(lost, np.nan, factors)
    names = [f"factor_{i}" for i in range(len(world.effects))]
    start = chance.integers(0, 365, count)
    return [
        Diary(
            days_from(int(start[i]), world.days),
            pain[i],
            {name: shown[i, :, j] for j, name in enumerate(names)},
        )
        for i in range(count)
    ]


def _factors(world: World, count: int, chance: np.random.Generator) -> Numbers:
    """(diary, day, factor), 0 or 1."""
    size = (count, len(world.effects), world.days)
    common = correlated(chance, (count, 1, world.days), world.lasting)
    own = correlated(chance, size, world.lasting)
    drive = np.sqrt(world.linked) * common + np.sqrt(1 - world.linked) * own
    edge = np.quantile(np.random.default_rng(0).standard_normal(200_000), 1 - world.share)
    return np.asarray(np.swapaxes(drive > edge, 1, 2), dtype=float)


def _slow(world: World, count: int, chance: np.random.Generator) -> Numbers:
    """Trend and weekdays, (diary, day)."""
    time = np.linspace(0, 1, world.days)
    line = (1 - np.exp(-4 * time)) if world.bent else time
    week = world.weekday * chance.standard_normal((count, 7))
    return np.asarray(world.trend * (line - 0.5) + week[:, np.arange(world.days) % 7])


def _seen(world: World, pain: Numbers, chance: np.random.Generator) -> Numbers:
    """Pain as it is written down: rounded, and on some days not at all."""
    lost: Truths = chance.random(pain.shape) < world.lost_days
    worse = pain > np.median(pain, axis=1, keepdims=True)
    lost |= worse & (chance.random(pain.shape) < world.lost_when_worse)
    written = np.clip(np.round(pain), 0, 10) if world.rounded else pain
    return np.asarray(np.where(lost, np.nan, written))
