"""The served site is killed while people write: what it acknowledged is there, once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import site_kills  # noqa: E402


@pytest.mark.hazard("H-27")
def test_a_site_that_is_killed_loses_and_doubles_no_acknowledged_day(tmp_path: Path) -> None:
    found = site_kills.run(tmp_path, kills=5, entries=100)

    assert (found.kills, found.acknowledged) == (5, 100)
    assert (found.lost, found.doubled) == (0, 0)
    # It was in the middle of something; otherwise this shows nothing.
    assert found.broken > 0
