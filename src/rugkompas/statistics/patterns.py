"""Which of a person's own factors go with a better or a worse day. Never: what causes it.

The model is in ``regression``. Two rules keep chance out, and simulations check both
(docs/explanation/patterns.md): the interval of each factor holds what it promises, and a factor
is called only when it stands out more than some factor would by chance among as many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rugkompas.statistics.columns import Diary, Effect, Table, stack, table
from rugkompas.statistics.regression import Numbers, Posterior, fit

__all__ = ["Call", "Diary", "Pattern", "Patterns", "patterns", "patterns_many"]

Call = Literal["goes_with_more", "goes_with_less", "no_clear_pattern", "too_little_data"]

ENTRIES = 21
"""Days with an outcome before anything is said: three weeks."""
EACH = 5
"""Days with a factor, and days without it, before anything is said about it."""
INTERVAL = 0.95
FALSE_CALLS_PER_DIARY = 0.10
"""Of ten diaries in which nothing goes with anything, nine stay without a call."""
FALSE_CALLS = 0.04
"""And of the factors themselves at most so many are called, however few there are."""
_TOGETHER = 48
"""Diaries in one block: as large as fits in the processor's cache."""


@dataclass(frozen=True)
class Pattern:
    """One factor of one person.

    call: more or less of the outcome (higher is worse), no clear pattern, or too little data.
    difference, low, high: points (0-10) on days with the factor against days without it, other
    things equal, with the 95 % interval; for an amount (``number``) the difference between two
    days that lie ``step`` apart. None when there is too little data.
    more: the chance, 0-1, that the difference is above zero.
    days_with, days_without: days on which it was known; for an amount above the own middle or not.
    """

    factor: str
    lag: int
    call: Call
    difference: float | None
    low: float | None
    high: float | None
    more: float | None
    days_with: int
    days_without: int
    number: bool
    step: float


@dataclass(frozen=True)
class Patterns:
    """All factors of one person, in the order in which they came.

    days: with an outcome, of the last year. rho: correlation of one day's noise with the next.
    sigma: its spread in points. Both None below ``ENTRIES`` days.
    """

    days: int
    factors: tuple[Pattern, ...]
    rho: float | None
    sigma: float | None


def patterns(diary: Diary) -> Patterns:
    """The patterns of one diary. Raises ValueError as ``columns.rows`` does."""
    return patterns_many([diary])[0]


def patterns_many(diaries: Sequence[Diary], *, threads: int = 1) -> list[Patterns]:
    """The patterns of many diaries, in their order; the same as one by one, but faster."""
    tables = [table(diary) for diary in diaries]
    order = sorted(range(len(tables)), key=lambda i: len(tables[i].day))
    blocks = [order[i : i + _TOGETHER] for i in range(0, len(order), _TOGETHER)]
    with ThreadPoolExecutor(max_workers=threads) as pool:
        done = pool.map(lambda block: _block([tables[i] for i in block]), blocks)
        found = {
            i: one
            for block, ones in zip(blocks, done, strict=True)
            for i, one in zip(block, ones, strict=True)
        }
    return [found[i] for i in range(len(tables))]


def _block(tables: Sequence[Table]) -> Iterator[Patterns]:
    chosen = [_judged(t) for t in tables]
    posterior = None
    if any(chosen):
        posterior = fit(stack(tables, chosen))
        summary = summaries(posterior)
    for index, (t, judged) in enumerate(zip(tables, chosen, strict=True)):
        if posterior is None or not judged:
            yield Patterns(len(t.day), tuple(_nothing(e) for e in t.about), None, None)
            continue
        numbers = dict(zip(judged, summary[index].tolist(), strict=False))
        limit = min(FALSE_CALLS, FALSE_CALLS_PER_DIARY / len(judged)) / 2
        yield Patterns(
            len(t.day),
            tuple(
                _pattern(e, numbers[i], limit) if i in numbers else _nothing(e)
                for i, e in enumerate(t.about)
            ),
            float(posterior.rho[index]),
            float(posterior.sigma[index]),
        )


def _judged(t: Table) -> list[int]:
    """The effects about which there are days enough."""
    if len(t.day) < ENTRIES:
        return []
    return [i for i, e in enumerate(t.about) if min(e.days_with, e.days_without) >= EACH]


def summaries(posterior: Posterior) -> Numbers:
    """(diary, effect, 4): mean, both ends of the interval, and the chance to be above zero."""
    edge = (1 - INTERVAL) / 2
    return np.stack(
        [
            posterior.mean(),
            posterior.quantile(edge),
            posterior.quantile(1 - edge),
            1 - posterior.below(0.0),
        ],
        axis=-1,
    )


def _pattern(effect: Effect, numbers: Sequence[float], limit: float) -> Pattern:
    mean, low, high, more = numbers
    call: Call = "no_clear_pattern"
    if more > 1 - limit:
        call = "goes_with_more"
    elif more < limit:
        call = "goes_with_less"
    return Pattern(
        effect.factor, effect.lag, call, mean, low, high, more,
        effect.days_with, effect.days_without, effect.number, effect.step,
    )  # fmt: skip


def _nothing(effect: Effect) -> Pattern:
    return Pattern(
        effect.factor, effect.lag, "too_little_data", None, None, None, None,
        effect.days_with, effect.days_without, effect.number, effect.step,
    )  # fmt: skip
