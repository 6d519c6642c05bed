"""Days as the person chose them; instants with their offset; clocks that jump."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of_a_diary import KNOWLEDGE, book, page

from rugkompas import BadAnswers
from rugkompas.assess.follow_up import follow_up
from rugkompas.people.diary import Diary, days, entry

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM, fold=fold)


@pytest.mark.hazard("H-27", "H-28")
@pytest.mark.parametrize(
    ("written", "offset"),
    [
        (at("2026-03-29T01:59:59"), "+01:00"),
        (at("2026-03-29T03:00:00"), "+02:00"),
        (at("2026-10-25T02:30:00"), "+02:00"),
        (at("2026-10-25T02:30:00", fold=1), "+01:00"),
        (at("2028-02-29T23:59:59"), "+01:00"),
        (at("2026-12-31T23:59:59"), "+01:00"),
        (at("2038-01-19T04:14:08"), "+01:00"),
        (at("2100-07-01T12:00:00"), "+02:00"),
    ],
    ids=str,
)
def test_an_instant_keeps_its_offset_and_the_day_that_was_chosen(
    written: dt.datetime, offset: str, tmp_path: Path
) -> None:
    diary = Diary(tmp_path / "diary.jsonl")
    chosen = written.date() - dt.timedelta(days=1)
    diary.add(page(day=chosen, written_at=written, id="the-only-one"), page(day=written.date(),
              written_at=written))  # fmt: skip

    kept = Diary(diary.path).book.entries

    assert [e.day for e in kept] == [chosen, written.date()]
    assert kept[0].written_at.astimezone(dt.UTC) == written.astimezone(dt.UTC)
    assert kept[0].written_at.isoformat().endswith(offset)


@pytest.mark.hazard("H-28")
@pytest.mark.parametrize("first", ["2026-03-27", "2026-10-23", "2028-02-27", "2026-12-29"])
def test_a_night_of_another_length_is_still_one_day(first: str) -> None:
    start = dt.date.fromisoformat(first)
    dates = [start + dt.timedelta(days=n) for n in range(5)]

    found = days(book(*(page(day=d, pain=n) for n, d in enumerate(dates))))

    assert found.day == tuple(dates)
    assert found.pain == (0, 1, 2, 3, 4)


@pytest.mark.hazard("H-28")
def test_the_moments_are_so_many_local_days_after_the_start() -> None:
    start = dt.date(2027, 12, 20)
    made = book(page(day=start, pain=5), day=start, began=start, activities=("tillen",))

    found = follow_up(made, on=start)

    assert [m.on for m in found.moments] == [
        dt.date(2028, 1, 10), dt.date(2028, 1, 17), dt.date(2028, 3, 13),
    ]  # fmt: skip


@pytest.mark.hazard("H-28")
def test_a_day_that_has_not_come_yet_is_refused() -> None:
    late = at("2026-11-25T23:59:00")

    with pytest.raises(BadAnswers, match="diary_future"):
        entry({"day": "2026-11-26", "written_at": late}, KNOWLEDGE)

    assert entry({"day": "2026-11-25", "written_at": late}, KNOWLEDGE).pain is None


@pytest.mark.hazard("H-27", "H-28")
def test_a_clock_that_is_set_back_hides_and_reorders_nothing(tmp_path: Path) -> None:
    diary = Diary(tmp_path / "diary.jsonl")
    first = page(0, pain=4, id="first-first", written_at=at("2026-11-25T21:00:00"))
    change = page(0, pain=6, id="second-second", replaces="first-first",
                  written_at=at("2026-11-25T03:00:00"))  # fmt: skip
    diary.add(first)
    diary.add(change)

    assert [e.pain for e in Diary(diary.path).book.entries] == [6]


@pytest.mark.hazard("H-21", "H-28")
def test_an_alarm_sign_counts_also_when_the_clock_was_set_back_after_it() -> None:
    far = dt.date(2038, 2, 1)
    alarm = page(day=far, written_at=at("2038-02-01T09:00:00"), signs={"saddle_change":
                 "new_or_changed"})  # fmt: skip

    assert follow_up(book(alarm)).tier == "emergency"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(BadAnswers, match="diary_zone"):
        entry({"day": "2026-11-25", "written_at": "2026-11-25T21:00:00"}, KNOWLEDGE)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)),
    st.lists(st.integers(0, 800), min_size=1, max_size=12, unique=True),
)
def test_days_have_no_gap_and_every_score_its_own_place(start: dt.date, places: list[int]) -> None:
    dates = sorted(start + dt.timedelta(days=n) for n in places)

    found = days(book(*(page(day=d, pain=n % 11) for n, d in enumerate(dates))))

    assert len(found.day) == (dates[-1] - dates[0]).days + 1
    assert {d: found.pain[found.day.index(d)] for d in dates} == {
        d: n % 11 for n, d in enumerate(dates)
    }
    assert sum(score == score for score in found.pain) == len(dates)
