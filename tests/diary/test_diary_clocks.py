"""Diary, course and experiment while the clock of the machine jumps, in more than one zone."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from clock import Done, run_at

from rugkompas import Diary

CALM = Path(__file__).parents[2] / "docs" / "examples" / "desk.json"
NIGHTS = [
    ("Europe/Amsterdam", "2027-03-28"),
    ("Europe/Amsterdam", "2027-10-31"),
    ("Europe/Amsterdam", "2026-12-31"),
    ("Europe/Amsterdam", "2028-02-29"),
    ("Europe/Amsterdam", "2038-01-19"),
    ("America/New_York", "2027-03-14"),
    ("America/New_York", "2027-11-07"),
    ("America/New_York", "2028-02-29"),
    ("Pacific/Auckland", "2027-04-04"),
]
"""Zone, and a local day with a clock that jumps, a day that is not always there, or a limit of
clocks that count seconds in 32 bits."""


def hours(zone: str, day: dt.date, count: int = 24) -> list[dt.datetime]:
    """Every hour that passes from the start of a local day on, as instants."""
    start = dt.datetime.combine(day, dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    return [start + dt.timedelta(hours=n) for n in range(count)]


@pytest.mark.hazard("H-28")
@pytest.mark.parametrize(("zone", "day"), NIGHTS, ids=lambda value: value.replace("/", "-"))
def test_days_periods_and_moments_hold_through_the_night(
    zone: str, day: str, tmp_path: Path
) -> None:
    jump = dt.date.fromisoformat(day)
    eve, after = jump - dt.timedelta(days=1), jump + dt.timedelta(days=1)
    here = ["--folder", tmp_path]
    evening = hours(zone, eve)[20]
    steps = [
        (evening, ["diary", "add", *here, "--names", "tillen", "--answers", CALM, "--pain", 5]),
        (evening, ["diary", "experiment", "plan", *here, "--what", "kussen", "--start", jump,
                   "--period", 2, "--washout", 0, "--difference", 3, "--seed", 5]),
        *((at, ["diary", "add", *here, "--pain", 4, "--change"]) for at in hours(zone, jump)[:4]),
        (hours(zone, jump)[2], ["diary", "experiment", "today", *here, "--format", "json"]),
        (hours(zone, after)[0], ["diary", "add", *here, "--pain", 3]),
        (hours(zone, after)[0], ["diary", "experiment", "today", *here, "--format", "json"]),
        (hours(zone, after)[0], ["diary", "course", *here, "--format", "json"]),
    ]  # fmt: skip

    done = run_at(zone, steps)

    assert [one.code for one in done] == [0] * len(done), done
    book = Diary(tmp_path / "diary.jsonl").book
    assert [(e.day, e.pain) for e in book.entries] == [(eve, 5), (jump, 4), (after, 3)]
    written = [line.written_at for line in book.lines]
    assert written == sorted(written)
    assert [at.utcoffset() for at in written[-5:]] == [
        at.astimezone(ZoneInfo(zone)).utcoffset() for at, _ in steps[2:6]
    ] + [steps[7][0].astimezone(ZoneInfo(zone)).utcoffset()]
    first, second = (periods_of(done[place]) for place in (6, 8))
    assert first == second, "one plan, whatever the clock says"
    assert [len(period) for period in first] == [2] * len(first)
    assert json.loads(done[6].out)["date"] == day
    course = json.loads(done[-1].out)
    assert (course["date"], course["entries"]) == (after.isoformat(), 3)
    assert [week["from"] for week in course["weeks"]] == [eve.isoformat()]


def periods_of(done: Done) -> list[list[dt.date]]:
    """The days of every period; together without a gap and none twice."""
    found = []
    for period in json.loads(done.out)["periods"]:
        first, last = (dt.date.fromisoformat(period[name]) for name in ("from", "until"))
        found.append([first + dt.timedelta(days=n) for n in range((last - first).days + 1)])
    every = [day for period in found for day in period]
    assert every == [every[0] + dt.timedelta(days=n) for n in range(len(every))]
    return found


@pytest.mark.hazard("H-28")
def test_a_journey_to_another_zone_moves_no_day(tmp_path: Path) -> None:
    here = ["--folder", tmp_path]
    noon = dt.datetime(2027, 1, 10, 11, tzinfo=dt.UTC)

    home = run_at("Europe/Amsterdam", [(noon, ["diary", "add", *here, "--pain", 4])])
    away = run_at(
        "Pacific/Auckland",
        [(noon + dt.timedelta(hours=1), ["diary", "add", *here, "--pain", 6])],
    )

    assert [one.code for one in (*home, *away)] == [0, 0]
    kept = Diary(tmp_path / "diary.jsonl").book.entries
    assert [(e.day.day, e.pain) for e in kept] == [(10, 4), (11, 6)]
