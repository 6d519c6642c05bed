"""What all tests share."""

from __future__ import annotations

import datetime as dt

import pytest

from rugkompas.catalogue import Knowledge, load

DAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge of this checkout."""
    return load()


@pytest.fixture
def day() -> dt.date:
    """The day on which all tests stand still."""
    return DAY
