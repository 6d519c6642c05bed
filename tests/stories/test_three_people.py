"""Twelve weeks of three people on the site. The weeks lie behind them: their files are those of
``people.made_up_diaries``, and the last days are written on the pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from rugkompas.assess.patterns import patterns
from rugkompas.outputs.patterns_report import pattern_sentence
from rugkompas.people.diary import Book, Diary, Entry
from rugkompas.people.diary.exchange import as_lines
from rugkompas.people.made_up_diaries import Kind, diary
from stories.conftest import Somebody, Town
from stories.test_passkey import newest_code
from stories.visitor import Visitor

SEED = 1
PASSWORD = "zeven groene fietsen"
FACTORS = ("broken_night", "lifting", "stress")


class Writer(Visitor):
    """Somebody who keeps a diary."""

    def opens_diary(self, file: bytes) -> None:
        self.opens("/dagboek/")
        self.page.set_input_files("#file", _sent(file))
        self.presses("diary_open_button")

    def writes(self, told: Entry, **steps: str) -> None:
        """A day as it was, on the page that is open. steps: id of a field -> what is chosen."""
        self.page.locator("#day").fill(told.day.isoformat())
        self.page.locator("#signs-nothing").check()
        self.page.locator(f"#pain-{told.pain}").check()
        for place, score in enumerate(told.activities.values()):
            self.page.locator(f"#score{place}-{score}").check()
        for name in FACTORS:
            self.page.locator(f"[id='factor.{name}-{told.factors[name]}']").check()
        for field, value in steps.items():
            self.page.locator(f"[id='{field}-{value}']").check()
        self.presses("diary_write")

    def saves(self, place: Path) -> Book:
        """What they have in their file."""
        with self.page.expect_download() as download:
            self._button("diary_save").click()
        download.value.save_as(place)
        return Diary(place).book

    def takes_along(self, place: Path) -> Book:
        """What stands in their account, as a file."""
        self.goes_to("diary_way_diary_take")
        name = self.word("diary_take_button_diary_file")
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=name, exact=True).click()
        download.value.save_as(place)
        return Diary(place).book

    def goes_to(self, key: str) -> None:
        """Through the diary, whichever way the page offers: in an account those are links."""
        name = self.word(key)
        way = self._button(key).or_(self.page.get_by_role("link", name=name, exact=True))
        self._leaves_by(way)

    def diary_says(self, key: str, **values: object) -> str:
        return self.knowledge.words[self.language].diary[key].format(**values)

    def _button(self, key: str) -> Locator:
        return self.page.get_by_role("button", name=self.word(key), exact=True).first


def _sent(file: bytes) -> FilePayload:
    return {"name": "dagboek.jsonl", "mimeType": "application/x-ndjson", "buffer": file}


def kept(visitor: Visitor, kind: Kind, *, days_ago: int, until: int) -> tuple[Book, list[Entry]]:
    """(a diary that began so many days ago, as it was on day ``until``; the days after that, up
    to today)."""
    start = dt.date.today() - dt.timedelta(days=days_ago)
    whole = diary(kind, SEED, start, visitor.knowledge)
    last = start + dt.timedelta(days=until)
    after = [e for e in whole.entries if last < e.day <= dt.date.today()]
    return Book(line for line in whole.lines if line.day <= last), after


def test_somebody_who_recovers(somebody: Somebody, tmp_path: Path) -> None:
    # Given eleven weeks of a diary, in a file
    visitor = somebody(Writer)
    eleven, last_days = kept(visitor, "recovering", days_ago=84, until=77)
    visitor.opens_diary(as_lines(eleven))
    expect(visitor.page.get_by_role("status").first).to_have_text(
        visitor.word("diary_opened", count=len(eleven.entries))
    )

    # When they write down the days of the last week, on the last one with its check-in
    visitor.goes_to("diary_today")
    for day in last_days[:-1]:
        visitor.writes(day)
        visitor.goes_to("diary_today")
    week = {"week.pain_days": "2", "week.course_activity": "improving", "week.roles": "yes"}
    visitor.writes(last_days[-1], **week)

    # Then the overview says in one sentence that they can do more
    visitor.sees(visitor.diary_says("how_improving"))

    # And the course says so at each of the three moments, doing before pain
    visitor.goes_to("diary_way_diary_course")
    for weeks in (3, 4, 12):
        visitor.sees(visitor.diary_says(f"moment_{weeks}_improving"))
    visitor.sees(visitor.diary_says("pattern_improving"))
    visitor.sees(visitor.diary_says("how_doing_first"))

    # And nobody sends them on
    visitor.sees_not(visitor.diary_says("moment_4_unchanged"))
    expect(
        visitor.page.locator("main .actions", has_text=visitor.word("diary_way_diary_sheet"))
    ).to_have_count(0)

    # And their file holds every day once
    book = visitor.saves(tmp_path / "diary.jsonl")
    assert [e.day for e in book.entries] == [e.day for e in (*eleven.entries, *last_days)]
    assert [e.pain for e in book.entries] == [e.pain for e in (*eleven.entries, *last_days)]
    assert book.entries[-1].week is not None
    assert book.entries[-1].week.pain_days == 2


@pytest.mark.hazard("H-24")
def test_somebody_who_deviates_at_three_weeks_and_goes_to_a_physiotherapist(
    somebody: Somebody, tmp_path: Path
) -> None:
    # Given three weeks but for today, in which stairs and work hardly go
    visitor = somebody(Writer)
    before, today = kept(visitor, "deviating", days_ago=21, until=20)
    visitor.opens_diary(as_lines(before))

    # When they write down today, with the check-in of the week
    visitor.goes_to("diary_today")
    week = {"week.pain_days": "7", "week.course_activity": "unchanged", "week.roles": "partly"}
    visitor.writes(today[0], **week)
    visitor.goes_to("diary_way_diary_course")

    # Then the course says to look for help, and that this is no forecast
    visitor.sees(visitor.diary_says("moment_3_unchanged"))
    visitor.sees(visitor.diary_says("fine_later", count=62))

    # And from there they go on to a page for the physiotherapist, with their own figures
    visitor.goes_to("diary_way_diary_sheet")
    visitor.sees(visitor.diary_says("sheet_title"))
    visitor.sees("traplopen")
    visitor.sees(visitor.diary_says("sheet_unchanged"))
    sheet = visitor.prints()
    assert visitor.diary_says("sheet_title") in sheet
    assert visitor.word("diary_sheet_paper") not in sheet

    # When twelve weeks have passed, with a physiotherapist from the fifth on
    later, last = kept(visitor, "deviating", days_ago=84, until=83)
    visitor.opens_diary(as_lines(later))
    visitor.goes_to("diary_today")
    visitor.sees("fysiotherapeut")
    visitor.writes(last[0], done0="yes")

    # Then it clearly goes better; the moments of then still say what they said
    visitor.sees(visitor.diary_says("how_improving"))
    visitor.goes_to("diary_way_diary_course")
    for weeks, direction in ((3, "unchanged"), (4, "unchanged"), (12, "improving")):
        visitor.sees(visitor.diary_says(f"moment_{weeks}_{direction}"))

    # And what was done of the plan stands in the file
    assert visitor.saves(tmp_path / "diary.jsonl").entries[-1].plan == {"fysiotherapeut": "yes"}


@pytest.mark.hazard("H-43", "H-47", "H-48")
def test_a_carer_whose_pain_follows_broken_nights_in_an_account(
    town: Town, somebody: Somebody, tmp_path: Path
) -> None:
    # Given a carer who makes an account with a code from their mail, and agrees to a diary in it
    visitor = somebody(Writer)
    page, email = visitor.page, "mantelzorger-7731@mail.example"
    visitor.opens("/account/nieuw/")
    page.fill("#email", email)
    page.fill("#password1", PASSWORD)
    page.check("#agrees")
    page.check("#old_enough")
    visitor.presses("account_sign_up_button")
    page.fill("#code", newest_code(town.site))
    visitor.presses("next")
    visitor.follows("account_agree_link")
    page.check("#agrees")
    visitor.presses("account_agree_button")

    # When they move the file of twelve weeks into it, and add today
    before, today = kept(visitor, "carer", days_ago=84, until=83)
    visitor.opens("/account/dagboek/")
    page.set_input_files("#file", _sent(as_lines(before)))
    visitor.presses("account_move_in_button")
    visitor.sees(visitor.word("diary_merged"))
    visitor.goes_to("diary_today")
    visitor.writes(today[0])

    # Then all of it can be taken along, each day once
    book = visitor.takes_along(tmp_path / "diary.jsonl")
    assert [e.day for e in book.entries] == [e.day for e in (*before.entries, *today)]

    # And the page of what goes together calls the broken nights, and nothing else
    visitor.goes_to("diary_way_diary_patterns")
    found = patterns(book, knowledge=visitor.knowledge).found.factors
    assert [p.factor for p in found if p.call != "no_clear_pattern"] == ["broken_night"]
    for pattern in found:
        visitor.sees(pattern_sentence(pattern, "pain", visitor.knowledge, visitor.language))

    # And another device of theirs shows the same days
    other = somebody(Writer)
    other.opens("/account/inloggen/")
    other.page.fill("#login", email)
    other.page.fill("#password", PASSWORD)
    other.presses("account_sign_in_button")
    other.opens("/dagboek/dagen/")
    expect(other.main.get_by_role("heading", level=2).first).to_be_visible()

    # When they think of a night of respite care: first they read what it asks
    visitor.goes_to("diary_way_diary_experiment")
    visitor.fills(visitor.word("diary_try_what"), "een nacht logeerzorg")
    visitor.presses("diary_try_ask")
    visitor.sees("een nacht logeerzorg")

    # Then they draw, and the page tells which period it is
    visitor.presses("diary_try_start")
    expect(
        page.get_by_role("button", name=visitor.word("diary_try_stop"), exact=True)
    ).to_be_visible()

    # When they erase the account, which asks once more who they are
    visitor.opens("/account/wissen/")
    page.fill("#password", PASSWORD)
    visitor.presses("next")
    page.check("#sure")
    visitor.presses("account_erase_button")

    # Then nothing of them is left in the files of the database, and the other device is out
    expect(visitor.title).to_have_text(visitor.word("account_erased_title"))
    held = b"".join(it.read_bytes() for it in town.site.folder.glob("site.sqlite3*"))
    assert email.encode() not in held
    other.opens("/dagboek/")
    expect(other.title).to_have_text(other.word("diary_title"))
    expect(other.page.get_by_text(other.word("diary_lead"))).to_be_visible()
