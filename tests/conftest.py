"""What all tests share."""

from __future__ import annotations

import datetime as dt
import os
import time

import pytest

from rugkompas.catalogue import Knowledge, load

DAY = dt.date(2026, 11, 25)

# The site lives where the people are, whatever the zone of its machine. Tests, their browsers and
# their commands live there too: for an hour or two each night "today" would be two days.
os.environ["TZ"] = "Europe/Amsterdam"
time.tzset()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge of this checkout."""
    return load()


@pytest.fixture
def day() -> dt.date:
    """The day on which all tests stand still."""
    return DAY
