"""Regression on days with correlated noise and shrunken effects, many diaries at once.

Per diary, with ``sigma`` the spread of the noise on one day, in points::

    outcome = flat a + loose w + effects b + noise
    noise    stationary AR(1): correlation rho ** gap between days that lie gap days apart
    a        flat prior                      rho       1 / sqrt(1 - rho^2) on RHO
    w        N(0, (omega sigma)^2)           omega     log-uniform on OMEGA
    b        N(0, tau^2)                     tau       log-uniform on TAU, in points
                                             sigma^2   inverse gamma (SHAPE, RATE)

The prior of rho is the reference prior (Berger & Yang 1994). Given (rho, omega, sigma, tau) the
posterior is exactly normal. These four are integrated on a fixed grid. No chance is involved,
and days without an outcome cost nothing: the gap is part of the likelihood.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]

RHO = (0.0, 0.98)
OMEGA = (0.1, 0.8)
TAU = (1.5, 4.0)
"""In points. The lower bound keeps one strong effect among many that are nil from being pulled
to them; what that costs is paid by a stricter rule for calling (see ``patterns``). Not in units
of sigma: then effects that are nil would make the noise look smaller than it is."""
SHAPE, RATE = 0.1, 0.01
"""Weak; keeps sigma off zero for a person whose score never changes. A score in whole numbers
has a rounding variance of 1/12."""

_RHO_NODES, _OMEGA_NODES, _SIGMA_NODES, _TAU_NODES = 14, 4, 5, 3
"""Means and ends of intervals then lie within 0.01 points of a grid ten times as fine."""
_POINTS = 400
"""Of the 840 points of the grid so many hold all but a trace of the weight."""
_SIGMA_REACH = 2.75
"""Nodes of log sigma^2 reach so many of its standard errors on both sides."""
_Z = np.linspace(-9.0, 9.0, 3601)
_PHI = np.array([0.5 * math.erfc(-z / math.sqrt(2.0)) for z in _Z])


@dataclass(frozen=True)
class Days:
    """Diaries of one shape. Rows are days with an outcome, in order; shorter diaries are filled
    up at the end with rows that are not ``used``.

    day: (diary, row), whole days. outcome: (diary, row). flat, loose, effects: (diary, row,
    column); a column of zeros is a column that this diary does not have.
    """

    day: Numbers
    outcome: Numbers
    used: Truths
    flat: Numbers
    loose: Numbers
    effects: Numbers


@dataclass(frozen=True)
class Posterior:
    """Per diary and effect a mixture of normals over the grid.

    weight: (diary, point), sums to 1. location, scale: (diary, point, effect).
    rho, sigma: (diary,), posterior means.
    """

    weight: Numbers
    location: Numbers
    scale: Numbers
    rho: Numbers
    sigma: Numbers

    def mean(self) -> Numbers:
        """(diary, effect)."""
        return _mixed(self.weight, self.location)

    def below(self, value: Numbers | float) -> Numbers:
        """The chance that an effect is below a value, (diary, effect)."""
        wide = np.asarray(value, dtype=float)
        wide = wide[:, None, :] if wide.ndim == 2 else wide
        return _mixed(self.weight, phi((wide - self.location) / self.scale))

    def quantile(self, share: float) -> Numbers:
        """The value below which an effect lies with this chance, (diary, effect)."""
        target = float(probit(np.array(share)))
        mean = self.mean()
        square = self.scale**2 + (self.location - mean[:, None, :]) ** 2
        spread = np.sqrt(_mixed(self.weight, square))
        # On the normal scale the distribution function is nearly a line: secant steps converge.
        before, z_before, at = mean, probit(self.below(mean)), mean + target * spread
        for _ in range(3):
            z = probit(self.below(at))
            step = z - z_before
            slope = np.where(np.abs(step) > 1e-9, (at - before) / (step + (step == 0)), spread)
            before, z_before, at = at, z, at + (target - z) * slope
        return at


def _mixed(weight: Numbers, values: Numbers) -> Numbers:
    """(diary, point) and (diary, point, effect) to (diary, effect)."""
    return np.asarray(np.einsum("bc,bck->bk", weight, values))


def phi(z: Numbers) -> Numbers:
    """The normal distribution function, to 1e-7 (Abramowitz & Stegun 1964, 7.1.26)."""
    x = np.abs(z)
    u = 1.0 / (1.0 + 0.3275911 / math.sqrt(2.0) * x)
    above = np.full_like(u, 0.5 * 1.061405429)
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        above *= u
        above += 0.5 * term
    above *= u * np.exp(-0.5 * x * x)
    return np.asarray(np.where(z > 0, 1.0 - above, above))


def probit(share: Numbers) -> Numbers:
    """The inverse of ``phi``, by table."""
    return np.asarray(np.interp(share, _PHI, _Z))


def fit(days: Days, bounds: tuple[float, float] = TAU) -> Posterior:
    """The posterior of every effect of every diary. Never NaN: a diary or a column that says
    nothing gives back its prior. ``bounds``: of tau, in points."""
    rho = _nodes_of_rho()
    omega, omega_share = _log_uniform(OMEGA, _OMEGA_NODES)
    tau, tau_share = _log_uniform(bounds, _TAU_NODES)
    q, m, k = days.flat.shape[2], days.loose.shape[2], days.effects.shape[2]
    moments, log_size = _moments(days, rho)
    left, log_inside = _without(moments, q, m, omega)
    log_fixed = -0.5 * (log_size[:, :, None] + log_inside) - m * np.log(omega)
    log_fixed += np.log(omega_share)

    # One decomposition serves every sigma and tau.
    root, turn = np.linalg.eigh(left[..., :k, :k])
    root = np.maximum(root, 0.0)
    along = np.einsum("brwij,brwi->brwj", turn, left[..., :k, k])
    total = left[..., k, k]
    rows = np.maximum(days.used.sum(axis=1) - q, 1)[:, None, None, None]
    log_sigma2 = _nodes_of_sigma(root, along, total, rows[..., 0])

    # From here: (diary, rho, omega, sigma, tau, effect).
    sigma2 = np.exp(log_sigma2)
    inverse = 1 / sigma2[..., None, None]
    precision = root[:, :, :, None, None, :] * inverse + tau[:, None] ** -2
    shrunk = along[:, :, :, None, None, :] * inverse / precision
    explained = np.einsum("brwstj,brwj->brwst", shrunk, along)
    rest = RATE + 0.5 * np.maximum(total[..., None, None] - explained, 0.0)
    log_sigma_part = -(SHAPE + 0.5 * rows) * log_sigma2 + np.log(_width(log_sigma2))
    log_weight = (
        log_fixed[..., None, None]
        + log_sigma_part[..., None]
        - rest * inverse[..., 0]
        - 0.5 * np.log(precision).sum(axis=-1)
        - k * np.log(tau)
        + np.log(tau_share)
    )
    every = (1, 2, 3, 4)
    weight = np.exp(log_weight - log_weight.max(axis=every, keepdims=True))
    weight /= weight.sum(axis=every, keepdims=True)
    best = _heaviest(weight)
    at = np.arange(len(weight))[:, None]
    r, w = best[1], best[2]
    location = (turn[at, r, w] @ shrunk[at, *best[1:]][..., None])[..., 0]
    variance = (turn[at, r, w] ** 2 @ (1 / precision[at, *best[1:]])[..., None])[..., 0]
    kept = weight[at, *best[1:]]
    return Posterior(
        weight=kept / kept.sum(axis=1, keepdims=True),
        location=location,
        scale=np.sqrt(variance),
        rho=np.einsum("brwst,r->b", weight, rho),
        sigma=np.einsum("brwst,brws->b", weight, np.sqrt(sigma2)),
    )


def _heaviest(weight: Numbers) -> tuple[NDArray[np.intp], ...]:
    """Places in the grid, per diary, of the points that carry all but a trace of the weight."""
    flat = weight.reshape(len(weight), -1)
    count = min(_POINTS, flat.shape[1])
    order = np.argpartition(-flat, count - 1, axis=1)[:, :count]
    return (order, *np.unravel_index(order, weight.shape[1:]))


def _without(moments: Numbers, q: int, m: int, omega: Numbers) -> tuple[Numbers, Numbers]:
    """The products that are left once all but the effects are taken out (Schur complement), per
    (diary, rho, omega); and the log determinant of what was taken out."""
    other = q + m
    ridge = np.zeros((len(omega), other, other))
    ridge[:, range(q, other), range(q, other)] = omega[:, None] ** -2
    inside = moments[:, :, None, :other, :other] + ridge
    across = np.broadcast_to(
        moments[:, :, None, :other, other:],
        (*inside.shape[:-1], moments.shape[-1] - other),
    )
    taken = np.linalg.solve(inside, across)
    left = moments[:, :, None, other:, other:] - np.swapaxes(across, -1, -2) @ taken
    return left, np.linalg.slogdet(inside)[1]


def _nodes_of_sigma(root: Numbers, along: Numbers, total: Numbers, rows: Numbers) -> Numbers:
    """Points of log sigma^2 around its likely value, per (diary, rho, omega)."""
    fitted = (along**2 / (root + 1.0)).sum(axis=-1)
    spent = (root / (root + 1.0)).sum(axis=-1)
    freedom = np.maximum(rows - spent, 2.0) + 2 * SHAPE
    middle = np.log((np.maximum(total - fitted, 0.0) + 2 * RATE) / freedom)
    reach = _SIGMA_REACH * np.sqrt(2 / freedom)
    return np.asarray(middle[..., None] + reach[..., None] * np.linspace(-1, 1, _SIGMA_NODES))


def _width(nodes: Numbers) -> Numbers:
    """Distance between nodes on the last axis, as one number per row."""
    return nodes[..., 1:2] - nodes[..., :1]


def _moments(days: Days, rho: Numbers) -> tuple[Numbers, Numbers]:
    """Per diary and rho: the inner products of all columns (flat, loose, effects, outcome) after
    taking the correlation out, and the log determinant of the correlation."""
    outcome = days.outcome[:, :, None]
    columns = np.concatenate([days.flat, days.loose, days.effects, outcome], axis=2)
    columns = columns * days.used[:, :, None]
    gap = np.diff(days.day, axis=1)
    later = days.used[:, 1:]
    size = columns.shape[2]
    moments = np.empty((len(columns), len(rho), size, size))
    log_size = np.empty((len(columns), len(rho)))
    first = columns[:, :1]
    for index, value in enumerate(rho):
        decay = np.where(later, value ** np.maximum(gap, 1.0), 0.0)
        fresh = 1.0 - decay**2
        steps = columns[:, 1:] - decay[:, :, None] * columns[:, :-1]
        white = np.concatenate([first, steps * np.sqrt(later / fresh)[:, :, None]], axis=1)
        moments[:, index] = np.swapaxes(white, 1, 2) @ white
        log_size[:, index] = np.log(fresh).sum(axis=1)
    return moments, log_size


def _nodes_of_rho() -> Numbers:
    """Points at equal distance in arcsin(rho), where the posterior is equally wide everywhere;
    under the reference prior each weighs the same."""
    low, high = math.asin(RHO[0]), math.asin(RHO[1])
    return np.sin(low + (high - low) * (np.arange(_RHO_NODES) + 0.5) / _RHO_NODES)


def _log_uniform(bounds: tuple[float, float], nodes: int) -> tuple[Numbers, Numbers]:
    """Gauss-Legendre points and weights for a log-uniform prior."""
    x, weight = np.polynomial.legendre.leggauss(nodes)
    low, high = math.log(bounds[0]), math.log(bounds[1])
    return np.exp(low + (high - low) * (x + 1) / 2), weight / weight.sum()
