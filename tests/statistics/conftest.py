"""What the tests of the statistics share."""

from __future__ import annotations

import pytest

from rugkompas import load_knowledge
from rugkompas.catalogue import Knowledge
from rugkompas.statistics.columns import Diary
from rugkompas.statistics.simulated import World, diaries


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def clear() -> Diary:
    """90 days: the first factor goes with 2 points more, the second with 2 less."""
    return diaries(World(effects=(2.0, -2.0, 0.0, 0.0), lost_days=0.1), 1, 7)[0]
