"""The day is that of the people who read, wherever the machine of the site stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from site_at import days_written

HERE = ZoneInfo("Europe/Amsterdam")
NIGHTS = ("2027-01-01", "2027-03-28", "2027-10-31", "2028-02-29")
"""Days whose first hour, in the Netherlands, is another day in other places."""
AROUND = (
    dt.timedelta(minutes=-61),
    dt.timedelta(seconds=-1),
    dt.timedelta(),
    dt.timedelta(hours=3),
)
INSTANTS = [
    (dt.datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=HERE).astimezone(dt.UTC) + step)
    for day in NIGHTS
    for step in AROUND
]


@pytest.mark.hazard("H-28")
@pytest.mark.parametrize("zone", ["Etc/UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_of_a_diary_is_the_day_here(zone: str, tmp_path: Path) -> None:
    here = [at.astimezone(HERE) for at in INSTANTS]

    assert days_written(zone, INSTANTS, tmp_path) == [
        [200, at.date().isoformat(), at.isoformat()] for at in here
    ]
