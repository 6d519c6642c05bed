"""Time of personal patterns: one diary, ten thousand, and the same model by sampling (PyMC).

    python bench/patterns_bench.py [--diaries 10000] [--no-pymc]

PyMC comes with the dependency group ``nightly``; without it the comparison is left out and said.
The sampler draws from the very model of ``rugkompas.statistics.regression``, so means and ends of
intervals must agree within its Monte Carlo error; the ratio of times is what the grid is worth.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import time
from typing import Any

import numpy as np

from rugkompas.statistics import columns, regression
from rugkompas.statistics.patterns import Diary, patterns, patterns_many
from rugkompas.statistics.simulated import World, diaries

SEED = 20261125
WORLD = World(
    effects=(1.2, -0.8, 0.4) + (0.0,) * 7, days=90, lost_days=0.1, lost_factors=0.05, rounded=True
)
Figures = dict[str, float]


def one(repeats: int = 20) -> Figures:
    """The median time of one diary of 90 days and 10 factors."""
    times = []
    for diary in diaries(WORLD, repeats, SEED):
        begun = time.perf_counter()
        patterns(diary)
        times.append(time.perf_counter() - begun)
    return {"patterns, one diary of 90 days and 10 factors, ms": statistics.median(times) * 1e3}


def many(count: int = 10_000) -> Figures:
    """All of them, with two threads."""
    found = diaries(WORLD, count, SEED)
    begun, worked = time.perf_counter(), time.process_time()
    patterns_many(found, threads=2)
    return {
        f"patterns, {count} diaries, s": time.perf_counter() - begun,
        f"patterns, {count} diaries, s of processor": time.process_time() - worked,
    }


def sampled(diary: Diary, draws: int) -> tuple[Any, float]:
    """Draws of the effects by NUTS from the same model, and the seconds from model to draws."""
    import pymc as pm
    import pytensor.tensor as pt

    t = columns.table(diary)
    keep = t.loose.any(axis=0)
    gap = np.diff(t.day)
    with pm.Model():
        rho = pt.sin(pm.Uniform("angle", *np.arcsin(regression.RHO)))
        omega = pt.exp(pm.Uniform("log_omega", *np.log(regression.OMEGA)))
        tau = pt.exp(pm.Uniform("log_tau", *np.log(regression.TAU)))
        sigma2 = pm.InverseGamma("sigma2", alpha=regression.SHAPE, beta=regression.RATE)
        sigma = pt.sqrt(sigma2)
        level = pm.Flat("level", shape=t.flat.shape[1])
        loose = pm.Normal("loose", 0, 1, shape=int(keep.sum())) * omega * sigma
        effect = pm.Deterministic("effect", pm.Normal("raw", 0, 1, shape=t.effects.shape[1]) * tau)
        noise = t.outcome - t.flat @ level - t.loose[:, keep] @ loose - pt.dot(t.effects, effect)
        decay = rho**gap
        fresh = 1 - decay**2
        steps = noise[1:] - decay * noise[:-1]
        pm.Potential(
            "likelihood",
            -0.5 * len(t.day) * pt.log(sigma2)
            - 0.5 * pt.log(fresh).sum()
            - 0.5 * (noise[0] ** 2 + (steps**2 / fresh).sum()) / sigma2,
        )
        begun = time.perf_counter()
        trace = pm.sample(
            draws, tune=1000, chains=4, cores=2, random_seed=SEED, progressbar=False,
            compute_convergence_checks=False,
        )  # fmt: skip
        return trace, time.perf_counter() - begun


def beside_pymc(draws: int = 1000) -> Figures:
    """One diary both ways: the ratio of times, and the largest difference in units of the
    sampler's Monte Carlo error (some 3 is what thirty comparisons give by chance)."""
    if importlib.util.find_spec("pymc") is None:
        sys.stderr.write("PyMC is not installed (dependency group nightly): not compared.\n")
        return {}
    import arviz as az

    diary = diaries(WORLD, 1, SEED)[0]
    trace, seconds = sampled(diary, draws)
    ours = patterns(diary)
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        patterns(diary)
        times.append(time.perf_counter() - begun)
    mine = statistics.median(times)
    sample = trace.posterior["effect"]
    apart = {
        "mean": (sample.mean(("chain", "draw")), az.mcse(sample, method="mean"), "difference"),
        "low": (_quantile(sample, 0.025), az.mcse(sample, method="quantile", prob=0.025), "low"),
        "high": (_quantile(sample, 0.975), az.mcse(sample, method="quantile", prob=0.975), "high"),
    }
    figures = {
        "PyMC with compiling, s": seconds,
        "PyMC, sampling alone, s": float(trace.posterior.attrs["sampling_time"]),
        "patterns, ms": mine * 1e3,
        "PyMC, sampling alone / patterns": float(trace.posterior.attrs["sampling_time"]) / mine,
    }
    for name, (theirs, error, field) in apart.items():
        distance = np.array([getattr(f, field) for f in ours.factors]) - np.asarray(theirs)
        scaled = np.abs(distance) / np.asarray(error["effect"])
        figures[f"{name}: largest difference, points"] = float(np.abs(distance).max())
        figures[f"{name}: largest difference, Monte Carlo errors"] = float(scaled.max())
    return figures


def _quantile(sample: Any, share: float) -> Any:
    return sample.quantile(share, ("chain", "draw"))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--diaries", type=int, default=10_000)
    parser.add_argument("--no-pymc", action="store_true")
    parser.add_argument("--draws", type=int, default=1000, help="per chain, 4 chains")
    chosen = parser.parse_args()
    figures = one() | many(chosen.diaries)
    if not chosen.no_pymc:
        figures |= beside_pymc(chosen.draws)
    for name, value in figures.items():
        print(f"{name:55} {value:10.3f}")


if __name__ == "__main__":
    main()
