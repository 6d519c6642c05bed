"""Free times: what is open, what is taken, and what the clock does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linde import FILE, NOW

from rugkompas.web.booking.busy import CalendarError, busy_in, joined
from rugkompas.web.booking.hours import Practice, Span, cells, slots
from rugkompas.web.booking.practice_file import practice_in

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = dt.date(2026, 11, 30)
NOBODY = {"anna": [], "bram": []}


def clocks(practice: Practice, day: dt.date, now: dt.datetime = NOW, **more: object) -> list[str]:
    """Who and when, on the wall of the practice."""
    found = slots(practice, practice.kinds["intake"], now, [day], NOBODY, **more)  # type: ignore[arg-type]
    return [f"{it.who} {it.start.astimezone(practice.zone):%H:%M}" for it in found]


def test_times_fit_in_the_hours_of_each_person_and_begin_every_quarter(practice: Practice) -> None:
    early = replace(practice, notice_hours=0)

    assert clocks(early, MONDAY)[:2] == ["anna 09:00", "anna 09:15"]
    assert clocks(early, MONDAY)[-3:] == ["anna 11:15", "bram 10:00", "bram 10:15"]
    assert clocks(early, MONDAY, who="bram") == ["bram 10:00", "bram 10:15"]


def test_nothing_in_the_past_and_nothing_at_too_short_notice(practice: Practice) -> None:
    assert clocks(practice, MONDAY - dt.timedelta(days=7)) == []
    assert clocks(replace(practice, notice_hours=3), MONDAY)[0] == "anna 11:00"


def test_nothing_on_closed_days_and_nothing_too_far_ahead(practice: Practice) -> None:
    assert clocks(practice, dt.date(2026, 12, 4)) == []
    assert clocks(practice, dt.date(2027, 1, 11)) != []
    assert clocks(practice, dt.date(2027, 1, 12)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # The clock goes from 02:00 to 03:00: one hour lacks.
        (dt.date(2027, 3, 28), ["00:00", "01:00", "03:00"]),
        # It goes from 03:00 back to 02:00: one hour comes twice.
        (dt.date(2026, 10, 25), ["00:00", "01:00", "02:00", "02:00", "03:00"]),
        (dt.date(2026, 10, 24), ["00:00", "01:00", "02:00", "03:00"]),
    ],
)
def test_a_night_when_the_clock_jumps_loses_and_doubles_nothing(
    practice: Practice, day: dt.date, expected: list[str]
) -> None:
    night = {it: (Span(dt.time(0), dt.time(4)),) for it in range(7)}
    anna = replace(practice.people["anna"], opening=night)
    kind = replace(practice.kinds["intake"], minutes=60, who=("anna",))
    open_ = replace(practice, people={"anna": anna}, step=60, notice_hours=0)
    now = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(), dt.UTC)

    found = list(slots(open_, kind, now, [day], {"anna": []}))

    assert [f"{it.start.astimezone(AMSTERDAM):%H:%M}" for it in found] == expected
    assert len({it.start for it in found}) == len(expected)
    taken = [number for it in found for number in cells(it.start, 60)]
    assert len(set(taken)) == len(taken)


def test_open_until_midnight_and_on_the_leap_day(practice: Practice) -> None:
    late = {it: (Span(dt.time(22), None),) for it in range(7)}
    anna = replace(practice.people["anna"], opening=late)
    open_ = replace(practice, people={"anna": anna, "bram": anna})
    day = dt.date(2028, 2, 29)

    found = clocks(open_, day, dt.datetime(2028, 2, 28, tzinfo=dt.UTC), who="anna")

    assert (found[0], found[-1]) == ("anna 22:00", "anna 23:15")


def test_after_2038_there_are_times_too(practice: Practice) -> None:
    assert clocks(practice, dt.date(2038, 2, 1), dt.datetime(2038, 1, 30, tzinfo=dt.UTC))


@given(
    first=st.integers(0, 2000), second=st.integers(0, 2000),
    long=st.integers(1, 48), other=st.integers(1, 48),
)  # fmt: skip
def test_two_appointments_share_a_cell_exactly_when_they_overlap(
    first: int, second: int, long: int, other: int
) -> None:
    one, two = (NOW + dt.timedelta(minutes=5 * it) for it in (first, second))
    ends = one + dt.timedelta(minutes=5 * long), two + dt.timedelta(minutes=5 * other)

    shared = set(cells(one, 5 * long)) & set(cells(two, 5 * other))

    assert bool(shared) == (one < ends[1] and two < ends[0])


def calendar(folder: Path, *events: str) -> Path:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event.split(), "END:VEVENT"]
    path = folder / "anna.ics"
    path.write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    return path


def busy(path: Path, first: dt.date = MONDAY, days: int = 1) -> list[str]:
    found = busy_in(path, AMSTERDAM, first, first + dt.timedelta(days=days - 1))
    return [
        f"{a.astimezone(AMSTERDAM):%d %H:%M}-{b.astimezone(AMSTERDAM):%d %H:%M}" for a, b in found
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261130T100000Z DTEND:20261130T110000Z", ["30 11:00-30 12:00"]),
        ("DTSTART:20261130T100000 DURATION:PT30M", ["30 10:00-30 10:30"]),
        ("DTSTART;TZID=America/New_York:20261130T040000 DURATION:PT1H", ["30 10:00-30 11:00"]),
        ("DTSTART;VALUE=DATE:20261130", ["30 00:00-01 00:00"]),
        ("DTSTART;VALUE=DATE:20261125 DTEND;VALUE=DATE:20261205", ["25 00:00-05 00:00"]),
        ("DTSTART:20261129T230000 DURATION:PT3H", ["29 23:00-30 02:00"]),
        ("DTSTART:20261130T100000 DURATION:PT1H TRANSP:TRANSPARENT", []),
        ("DTSTART:20261130T100000 DURATION:PT1H STATUS:CANCELLED", []),
        ("DTSTART:20261201T100000 DURATION:PT1H", []),
        ("DTSTART:20200106T100000 DURATION:PT1H RRULE:FREQ=WEEKLY", ["30 10:00-30 11:00"]),
        (
            "DTSTART;TZID=Europe/Amsterdam:20260706T100000 DURATION:PT1H RRULE:FREQ=WEEKLY",
            ["30 10:00-30 11:00"],
        ),
        (
            "DTSTART:20261102T100000 DURATION:PT1H RRULE:FREQ=WEEKLY EXDATE:20261130T100000",
            [],
        ),
        ("DTSTART:20261102T100000 DURATION:PT1H RRULE:FREQ=WEEKLY;UNTIL=20261129T000000Z", []),
        ("DTSTART:20261102T100000 DURATION:PT1H RRULE:FREQ=WEEKLY;COUNT=4", []),
    ],
)
def test_busy_times_are_read_from_a_calendar(
    tmp_path: Path, event: str, expected: list[str]
) -> None:
    assert busy(calendar(tmp_path, event)) == expected


def test_one_of_a_row_that_was_moved_is_where_it_was_moved_to(tmp_path: Path) -> None:
    path = calendar(tmp_path, "DTSTART:20261102T100000 DURATION:PT1H RRULE:FREQ=WEEKLY")
    moved = (
        "BEGIN:VEVENT\r\nUID:0\r\nRECURRENCE-ID:20261130T100000\r\n"
        "DTSTART:20261130T150000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    path.write_bytes(path.read_bytes().replace(b"END:VCALENDAR", moved.encode()))

    assert busy(path) == ["30 15:00-30 16:00"]


def test_calendars_that_overlap_are_one_busy_time(tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        "DTSTART:20261130T100000 DURATION:PT1H",
        "DTSTART:20261130T103000 DURATION:PT1H",
        "DTSTART:20261130T113000 DURATION:PT15M",
    )

    assert busy(path) == ["30 10:00-30 11:45"]
    times = busy_in(path, AMSTERDAM, MONDAY, MONDAY)
    assert joined([*times, *times]) == times


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:99999999T999999\r\nEND:VEVENT\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20000101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR",
    ],
)
def test_a_calendar_that_cannot_be_read_is_an_error_and_no_free_day(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "anna.ics"
    path.write_bytes(content)

    with pytest.raises(CalendarError):
        busy_in(path, AMSTERDAM, MONDAY, MONDAY)


def test_a_calendar_that_changes_is_read_anew(tmp_path: Path) -> None:
    path = calendar(tmp_path, "DTSTART:20261130T100000 DURATION:PT1H")
    assert busy(path) == ["30 10:00-30 11:00"]

    calendar(tmp_path, "DTSTART:20261130T140000 DURATION:PT1H")

    assert busy(path) == ["30 14:00-30 15:00"]


def test_a_practitioner_with_a_calendar_is_not_offered_then(tmp_path: Path) -> None:
    calendar(tmp_path, "DTSTART:20261201T090000 DURATION:PT2H")
    path = tmp_path / "practice.yaml"
    path.write_text(FILE.replace('"Anna de Vries"', '"Anna de Vries", calendars: [anna.ics]'))
    practice = practice_in(path)
    day = dt.date(2026, 12, 1)
    times = busy_in(practice.people["anna"].calendars[0], practice.zone, day, day)

    found = slots(practice, practice.kinds["intake"], NOW, [day], {"anna": times})

    assert [f"{it.start.astimezone(AMSTERDAM):%H:%M}" for it in found] == ["11:00", "11:15"]
