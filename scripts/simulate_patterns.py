"""Writes the measured part of docs/explanation/patterns.md from simulations. Seeded.

python scripts/simulate_patterns.py                 write it (some minutes)
python scripts/simulate_patterns.py --diaries 100   a quick look, printed and not written
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rugkompas.statistics.checked import Held, check_experiments, check_patterns
from rugkompas.statistics.experiment import size
from rugkompas.statistics.simulated import World

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "patterns.md"
SEED = 20261125
DIARIES, EXPERIMENTS = 1000, 2000
_PART = re.compile("(<!-- made -->\n).*?(<!-- /made -->)", re.DOTALL)

BASE = World(effects=(1.2, -0.6) + (0.0,) * 8)
WORLDS = {
    "nothing goes with anything": World(),
    "nothing goes with anything, 30 days": World(days=30),
    "nothing, factors and noise both last": World(lasting=0.7, rho=0.8),
    "one single factor, nothing": World(effects=(0.0,)),
    "two effects, 90 days": BASE,
    "two effects, 21 days": BASE.but(days=21),
    "two effects, 30 days": BASE.but(days=30),
    "two effects, 180 days": BASE.but(days=180),
    "one strong effect among ten": World(effects=(2.4,) + (0.0,) * 9),
    "noise lasts (0.8 from day to day)": BASE.but(rho=0.8),
    "noise does not last (0)": BASE.but(rho=0.0),
    "straight trend of 3 points": BASE.but(trend=-3.0),
    "recovery that bends, 4 points": BASE.but(trend=-4.0, bent=True),
    "weekdays differ (spread 0.8)": BASE.but(weekday=0.8),
    "factors linked (0.4)": BASE.but(linked=0.4),
    "rare factors (1 day in 10)": BASE.but(share=0.1),
    "30 % of days missing by chance": BASE.but(lost_days=0.3),
    "20 % of factor answers missing by chance": BASE.but(lost_factors=0.2),
    "the same, and factors linked (0.4)": BASE.but(lost_factors=0.2, linked=0.4),
    "half of the worse days missing": BASE.but(lost_when_worse=0.5),
    "four of five worse days missing": BASE.but(lost_when_worse=0.8),
    "whole numbers": BASE.but(rounded=True),
    "whole numbers, near the floor (mean 1.5)": BASE.but(rounded=True, level=1.5),
    "whole numbers, near the ceiling (mean 8.5)": BASE.but(rounded=True, level=8.5),
}
TRIALS = {
    "as planned": World(),
    "noise lasts (0.8)": World(rho=0.8),
    "trend of 3 points": World(trend=-3.0),
    "30 % of days missing": World(lost_days=0.3),
    "whole numbers": World(rounded=True),
}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def percent(share: float) -> str:
    """As a percentage with one decimal; a dash when there is none."""
    return "–" if math.isnan(share) else f"{share * 100:.1f}"


def pattern_row(name: str, held: Held) -> list[str]:
    """One world."""
    effects = sorted(held.called, key=lambda e: -abs(e))
    return [
        name,
        percent(held.covered),
        percent(held.covered_nil),
        percent(held.covered_real),
        percent(held.called_nil),
        percent(held.quiet),
        ", ".join(f"{e:+.1f}: {percent(held.called[e])}" for e in effects) or "–",
        ", ".join(f"{held.mean[e]:+.2f}" for e in effects) or "–",
        percent(held.covered_called) if effects else "–",
    ]


def patterns_part(count: int) -> str:
    """All worlds."""
    head = [
        "world", "covered", "without effect", "with effect", "false calls",
        "diaries without false call", "called, by effect", "mean estimate", "covered if called",
    ]  # fmt: skip
    rows = []
    for index, (name, world) in enumerate(WORLDS.items()):
        rows.append(pattern_row(name, check_patterns(world, count, SEED + index)))
        sys.stderr.write(f"{' | '.join(rows[-1])}\n")
    return table(head, rows)


def power_part(count: int) -> str:
    """Which effects are found, by length and size."""
    head = ["points", *(f"{days} days" for days in (21, 45, 90, 180))]
    rows = []
    for effect in (0.5, 1.0, 1.5, 2.0):
        row = [str(effect)]
        for days in (21, 45, 90, 180):
            world = World(effects=(effect,) + (0.0,) * 4, days=days)
            row.append(percent(check_patterns(world, count, SEED + days).called[effect]))
        rows.append(row)
    return table(head, rows)


def experiments_part(count: int) -> str:
    """Two plans, each without and with the effect for which it was planned."""
    rows = []
    for period in (7, 4):
        of = size(1.5, period_days=period)
        assert of is not None
        for kind, world in TRIALS.items():
            nil = check_experiments(of, 0.0, world, count, SEED)
            real = check_experiments(of, -1.5, world, count, SEED + 1)
            figures = (of.power, nil[0], real[0], nil[1], real[2])
            name = f"{of.pairs} × 2 × {period} days, {kind}"
            rows.append([name, *(percent(figure) for figure in figures)])
            sys.stderr.write(f"{' | '.join(rows[-1])}\n")
    head = [
        "plan and world", "promised power", "covered, no effect", "covered, −1.5 points",
        "false calls", "found, −1.5 points",
    ]  # fmt: skip
    return table(head, rows)


def parts(diaries: int, experiments: int) -> Iterator[str]:
    """The measured part of the page."""
    yield f"\nAll in %; {diaries} diaries in each world, seed {SEED}.\n\n"
    yield patterns_part(diaries)
    yield "\nHow often an effect is called, in %, by its size and the length of the diary, among\n"
    yield "five factors:\n\n"
    yield power_part(diaries)
    yield f"\nExperiments, in %; {experiments} of each:\n\n"
    yield experiments_part(experiments)
    yield "\n"


def main() -> None:
    """Write the page, or print a quick look."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--diaries", type=int)
    chosen = parser.parse_args()
    if chosen.diaries:
        print("".join(parts(chosen.diaries, chosen.diaries)))
        return
    made = "".join(parts(DIARIES, EXPERIMENTS))
    page = PAGE.read_text("utf-8")
    PAGE.write_text(_PART.sub(lambda found: found[1] + made + found[2], page), "utf-8")


if __name__ == "__main__":
    main()
