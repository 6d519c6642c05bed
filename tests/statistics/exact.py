"""The model of the regression by its definition: every point of a fine grid, dense matrices.

Slow and short; shares no line with the program.
"""

from __future__ import annotations

import itertools

import numpy as np

from rugkompas.statistics.columns import Table
from rugkompas.statistics.regression import OMEGA, RATE, RHO, SHAPE, TAU


def exact(t: Table, nodes: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Posterior means and standard deviations of the effects."""
    apart = np.abs(t.day[:, None] - t.day)
    keep = t.loose.any(axis=0)
    weights, means, squares = [], [], []
    angles = _middles(np.arcsin(RHO[0]), np.arcsin(RHO[1]), nodes)
    omegas = np.exp(_middles(*np.log(OMEGA), nodes // 2))
    taus = np.exp(_middles(*np.log(TAU), nodes // 2))
    log_sigmas = _middles(np.log(0.3), np.log(5.0), 3 * nodes)
    for angle, omega, tau, log_sigma in itertools.product(angles, omegas, taus, log_sigmas):
        sigma2 = np.exp(2 * log_sigma)
        noise = sigma2 * np.sin(angle) ** apart
        marginal = (
            noise
            + sigma2 * omega**2 * t.loose[:, keep] @ t.loose[:, keep].T
            + tau**2 * t.effects @ t.effects.T
        )
        inverse = np.linalg.inv(marginal)
        inner = t.flat.T @ inverse @ t.flat
        # A flat prior on level and trend: project them out.
        project = inverse - inverse @ t.flat @ np.linalg.solve(inner, t.flat.T @ inverse)
        log = -0.5 * (
            np.linalg.slogdet(marginal)[1]
            + np.linalg.slogdet(inner)[1]
            + t.outcome @ project @ t.outcome
        )
        log += -SHAPE * np.log(sigma2) - RATE / sigma2
        mean = tau**2 * t.effects.T @ project @ t.outcome
        spread = tau**2 - tau**4 * np.diag(t.effects.T @ project @ t.effects)
        weights.append(log)
        means.append(mean)
        squares.append(spread + mean**2)
    share = np.exp(np.array(weights) - max(weights))
    share /= share.sum()
    mean = share @ np.array(means)
    return mean, np.sqrt(share @ np.array(squares) - mean**2)


def _middles(low: float, high: float, count: int) -> np.ndarray:
    return low + (high - low) * (np.arange(count) + 0.5) / count
