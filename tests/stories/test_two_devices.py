"""One account on two devices and in two tabs: nothing is overwritten silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from rugkompas.people.diary import Entry
from rugkompas.people.diary.exchange import as_lines
from stories.conftest import Somebody, Town
from stories.writer import Writer

EMAIL = "twee-apparaten@mail.example"


def presses(page: Page, visitor: Writer, key: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=visitor.word(key), exact=True).click()


@pytest.mark.hazard("H-27")
def test_two_devices_and_two_tabs_of_one_account(
    town: Town, somebody: Somebody, tmp_path: Path
) -> None:
    # Given one account on a phone and on a computer, with the diary of a carer but for two days
    phone = somebody(Writer)
    phone.makes_account(town.site, EMAIL)
    before, days = phone.had("carer", days_ago=20, until=18)
    yesterday, today = (with_pain(day, 3) for day in days)
    phone.moves_in(as_lines(before))
    desk = somebody(Writer)
    desk.signs_in(EMAIL)

    # When both open the page of a day, and each writes another one
    phone.opens("/dagboek/dag/")
    desk.opens("/dagboek/dag/")
    phone.writes(yesterday)
    desk.writes(today)

    # Then neither is asked anything
    for device, day in ((phone, yesterday), (desk, today)):
        device.sees(device.diary_says("how_doing_first"))
        assert device.document is not None
        assert device.document.status == 200, day

    # When two tabs change the same day
    phone.opens("/dagboek/dag/")
    tab = phone.opens_a_tab()
    tab.goto(f"{phone.address}/dagboek/dag/")
    phone.writes(with_pain(today, 7))
    phone.fills_day(tab, with_pain(today, 1))
    presses(tab, phone, "diary_write")

    # Then the later one is shown both, and nothing was written
    assert phone.document is not None
    assert phone.document.status == 409
    expect(tab.get_by_text(phone.diary_says("day_pain", score=7))).to_be_visible()
    expect(tab.get_by_text(phone.diary_says("day_pain", score=1))).to_be_visible()
    desk.opens("/dagboek/dag/")
    expect(desk.page.locator("#pain-7")).to_be_checked()

    # When they choose what they filled in just now
    presses(tab, phone, "diary_keep_mine")

    # Then that one holds, the others stay as earlier versions, and each day is there once
    book = phone.takes_along(tmp_path / "diary.jsonl")
    last = book.entries[-1]
    assert [e.day for e in book.entries] == [e.day for e in (*before.entries, *days)]
    assert (last.day, last.pain) == (today.day, 1)
    assert [it.pain for it in book.earlier(last) if isinstance(it, Entry)] == [7, 3]


def with_pain(day: Entry, pain: int) -> Entry:
    return replace(day, pain=pain)
