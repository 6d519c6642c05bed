"""The page for planning is made from its figures, and the figures can be measured anew."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import capacity
from rugkompas.catalogue import Knowledge

ROOT = Path(__file__).parents[2]


def test_the_page_is_made_from_the_figures_beside_it(knowledge: Knowledge) -> None:
    figures = json.loads(capacity.FIGURES.read_text("utf-8"))

    assert capacity.PAGE.read_text("utf-8") == capacity.page(figures, knowledge)


def test_half_the_speed_is_twice_the_time(knowledge: Knowledge) -> None:
    figures = json.loads(capacity.FIGURES.read_text("utf-8"))
    figures["urgency, people a second"] = 20_000
    slow = {**figures, "urgency, people a second": 10_000}
    country = 18_000_000 / capacity.SHARE_OF_CORE

    assert f"| {capacity.lasts(country / 20_000)} |" in capacity.page(figures, knowledge)
    assert f"| {capacity.lasts(country / 10_000)} |" in capacity.page(slow, knowledge)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "a second or less"),
        (75, "75 seconds"),
        (119, "120 seconds"),
        (126, "2.1 minutes"),
        (7200, "2 hours"),
        (36_000, "10 hours"),
    ],
)
def test_times_are_said_with_two_figures(seconds: float, said: str) -> None:
    assert capacity.lasts(seconds) == said


def test_a_small_run_measures_everything(tmp_path: Path, knowledge: Knowledge) -> None:
    target = tmp_path / "figures.json"
    small = ["--rows", "2000", "--times", "2", "--json", str(target)]
    subprocess.run([sys.executable, str(ROOT / "scripts" / "capacity.py"), *small], check=True)

    figures = json.loads(target.read_text("utf-8"))

    assert set(figures) == set(json.loads(capacity.FIGURES.read_text("utf-8")))
    assert all(value > 0 for value in figures.values())
    assert capacity.page(figures, knowledge).startswith("<!-- Made by scripts/capacity.py")
