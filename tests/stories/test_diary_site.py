"""A diary on the site: begun on a phone, saved as a file, opened again, kept in two tabs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rugkompas.people.diary import Diary
from stories.conftest import Somebody
from stories.visitor import Visitor


def begins(visitor: Visitor) -> None:
    visitor.opens("/dagboek/")
    visitor.follows("diary_start")
    visitor.fills(visitor.word("diary_name", number=1), "fietsen")
    visitor.presses("diary_begin_button")


def writes(page: Page, visitor: Visitor, pain: int, *, doing: int = 5) -> None:
    """A day in four taps."""
    page.locator("#signs-nothing").check()
    page.locator(f"#pain-{pain}").check()
    page.locator(f"#score0-{doing}").check()
    presses(page, visitor, "diary_write")


def presses(page: Page, visitor: Visitor, key: str) -> None:
    page.get_by_role("button", name=visitor.word(key), exact=True).first.click()


def saves(visitor: Visitor, place: Path) -> Path:
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=visitor.word("diary_save"), exact=True).click()
    download.value.save_as(place)
    return place


def test_somebody_without_javascript_writes_saves_and_opens_again(
    somebody: Somebody, tmp_path: Path
) -> None:
    # Given a browser that runs no script, and a diary that was just begun
    visitor = somebody(java_script_enabled=False)
    begins(visitor)

    # When they write down a day and save the file
    writes(visitor.page, visitor, 4)
    expect(visitor.page.get_by_text(visitor.word("diary_unsaved"))).to_be_visible()
    file = saves(visitor, tmp_path / "diary.jsonl")

    # Then the file is a diary as the program on a computer reads it
    assert [e.pain for e in Diary(file).book.entries] == [4]

    # And opened again it is the same, with nothing left to save
    visitor.opens("/dagboek/")
    visitor.page.set_input_files("#file", file)
    visitor.presses("diary_open_button")
    expect(visitor.page.get_by_text(visitor.word("diary_unsaved"))).to_have_count(0)
    visitor.presses("diary_today_again")
    expect(visitor.page.locator("#pain-4")).to_be_checked()


@pytest.mark.hazard("H-21")
def test_an_alarm_sign_takes_the_page_and_the_day_is_kept(
    somebody: Somebody, tmp_path: Path
) -> None:
    # Given somebody who has a diary
    visitor = somebody()
    begins(visitor)

    # When they notice an alarm sign
    visitor.page.locator("#signs-some").check()
    visitor.page.locator("select[name='sign.saddle_change']").select_option("new_or_changed")
    visitor.presses("diary_write")

    # Then they read first whom to call, and the day can still be saved
    expect(visitor.title).to_be_in_viewport()
    assert visitor.page.locator("body").get_attribute("class") in ("same_day", "emergency")
    book = Diary(saves(visitor, tmp_path / "diary.jsonl")).book
    assert book.entries[0].signs["saddle_change"] == "new_or_changed"


def test_two_tabs_of_one_browser_never_overwrite_each_other_silently(somebody: Somebody) -> None:
    # Given a diary that is kept in the browser
    visitor = somebody()
    begins(visitor)
    writes(visitor.page, visitor, 4)
    visitor.page.get_by_label(visitor.word("diary_browser_tick")).check()

    # And a second tab in which it opens by itself
    first = visitor.page
    second = visitor.context.new_page()
    second.goto(f"{visitor.address}/dagboek/")
    presses(second, visitor, "diary_stored_open")
    presses(second, visitor, "diary_today_again")

    # When the same day is changed in both
    presses(first, visitor, "diary_today_again")
    writes(second, visitor, 8)
    writes(first, visitor, 2)

    # Then the tab that came last says so, and what was kept first still stands
    other = first.get_by_text(visitor.word("diary_browser_other"))
    expect(other).to_be_visible()
    presses(first, visitor, "diary_browser_merge")

    # And the person chooses which one holds
    expect(first.get_by_role("heading", level=1)).to_have_text(visitor.word("diary_merge_choose"))
    first.get_by_role("radio", name=visitor.word("diary_merge_there")).check()
    presses(first, visitor, "diary_merge_go")
    expect(first.get_by_text(visitor.word("diary_merged"))).to_be_visible()
    expect(first.get_by_text(visitor.word("diary_browser_other"))).to_be_hidden()
    presses(first, visitor, "diary_today_again")
    expect(first.locator("#pain-8")).to_be_checked()


@pytest.mark.hazard("H-43")
def test_what_is_erased_is_gone_from_the_browser(somebody: Somebody) -> None:
    # Given a diary that is kept in the browser
    visitor = somebody()
    begins(visitor)
    writes(visitor.page, visitor, 4)
    visitor.page.get_by_label(visitor.word("diary_browser_tick")).check()
    assert visitor.page.evaluate("localStorage.length") == 1

    # When they erase it
    visitor.presses("diary_way_diary_take")
    visitor.presses("diary_erase_way")
    visitor.presses("diary_erase_yes")

    # Then nothing is left, and the first page offers nothing to open
    expect(visitor.title).to_have_text(visitor.word("diary_erased"))
    assert visitor.page.evaluate("localStorage.length") == 0
    visitor.opens("/dagboek/")
    expect(visitor.page.get_by_text(visitor.word("diary_stored"))).to_be_hidden()


def test_without_the_tick_the_browser_keeps_nothing(somebody: Somebody) -> None:
    visitor = somebody()
    begins(visitor)
    writes(visitor.page, visitor, 4)

    assert visitor.page.evaluate("localStorage.length") == 0
