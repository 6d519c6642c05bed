"""Twelve weeks of three people on the site. The weeks lie behind them: their files are those of
``people.made_up_diaries``, and the last days are written on the pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from rugkompas.assess.patterns import patterns
from rugkompas.outputs.patterns_report import pattern_sentence
from rugkompas.people.diary.exchange import as_lines
from stories.conftest import Somebody, Town
from stories.visitor import words_of_pdf
from stories.writer import PASSWORD, WEEK_UNCHANGED, Writer


def test_somebody_who_recovers(somebody: Somebody, tmp_path: Path) -> None:
    # Given eleven weeks of a diary, in a file
    visitor = somebody(Writer)
    eleven, last_days = visitor.had("recovering", days_ago=84, until=77)
    visitor.opens_diary(as_lines(eleven))
    visitor.sees(visitor.word("diary_opened", count=len(eleven.entries)))

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
    way = visitor.word("diary_way_diary_sheet")
    expect(visitor.main.locator(".actions").get_by_text(way)).to_have_count(0)

    # And their file holds every day once
    book = visitor.saves(tmp_path / "diary.jsonl")
    written = [*eleven.entries, *last_days]
    assert [(e.day, e.pain) for e in book.entries] == [(e.day, e.pain) for e in written]
    assert book.entries[-1].week is not None
    assert book.entries[-1].week.pain_days == 2


@pytest.mark.hazard("H-24")
def test_somebody_who_deviates_at_three_weeks_and_goes_to_a_physiotherapist(
    somebody: Somebody, tmp_path: Path
) -> None:
    # Given three weeks but for today, in which stairs and work hardly go
    visitor = somebody(Writer)
    before, today = visitor.had("deviating", days_ago=21, until=20)
    visitor.opens_diary(as_lines(before))

    # When they write down today, with the check-in of the week
    visitor.goes_to("diary_today")
    visitor.writes(today[0], **WEEK_UNCHANGED, **{"week.pain_days": "7"})
    visitor.goes_to("diary_way_diary_course")

    # Then the course says to look for help, and that this is no forecast
    visitor.sees(visitor.diary_says("moment_3_unchanged"))
    visitor.sees(visitor.diary_says("fine_later", count=62))

    # And from there they go on to one page for the physiotherapist, with their own figures
    visitor.goes_to("diary_way_diary_sheet")
    visitor.sees(visitor.diary_says("sheet_title"))
    visitor.sees(visitor.diary_says("sheet_unchanged"))
    visitor.sees("traplopen")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=visitor.word("take_pdf"), exact=True).click()
    download.value.save_as(tmp_path / "sheet.pdf")
    paper = (tmp_path / "sheet.pdf").read_bytes()
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1
    assert visitor.diary_says("sheet_title") in words_of_pdf(paper)

    # When twelve weeks have passed, with a physiotherapist from the fifth on
    later, last = visitor.had("deviating", days_ago=84, until=83)
    visitor.opens_diary(as_lines(later))
    visitor.goes_to("diary_today")
    visitor.writes(last[0], done0="yes")

    # Then it clearly goes better; the moments of then still say what they said
    visitor.sees(visitor.diary_says("how_improving"))
    visitor.goes_to("diary_way_diary_course")
    for weeks, direction in ((3, "unchanged"), (4, "unchanged"), (12, "improving")):
        visitor.sees(visitor.diary_says(f"moment_{weeks}_{direction}"))

    # And what they did of their plan stands in the file
    book = visitor.saves(tmp_path / "diary.jsonl")
    assert book.entries[-1].plan == {"fysiotherapeut": "yes"}


@pytest.mark.hazard("H-43", "H-47", "H-48")
def test_a_carer_whose_pain_follows_broken_nights_in_an_account(
    town: Town, somebody: Somebody, tmp_path: Path
) -> None:
    # Given a carer who makes an account with a code from their mail, and agrees to a diary in it
    visitor, email = somebody(Writer), "mantelzorger-7731@mail.example"
    visitor.makes_account(town.site, email)

    # When they move the file of twelve weeks into it, and write down today
    before, today = visitor.had("carer", days_ago=84, until=83)
    visitor.moves_in(as_lines(before))
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

    # When they think of a night of respite care, they read first what trying asks
    visitor.goes_to("diary_way_diary_experiment")
    visitor.fills(visitor.word("diary_try_what"), "een nacht logeerzorg")
    visitor.presses("diary_try_ask")
    visitor.sees("een nacht logeerzorg")

    # And after the draw the page can always be stopped
    visitor.presses("diary_try_start")
    stop = visitor.page.get_by_role("button", name=visitor.word("diary_try_stop"), exact=True)
    expect(stop).to_be_visible()

    # When they erase the account, which asks once more who they are
    other = somebody(Writer)
    other.signs_in(email)
    visitor.opens("/account/wissen/")
    visitor.page.fill("#password", PASSWORD)
    visitor.presses("next")
    visitor.page.check("#sure")
    visitor.presses("account_erase_button")

    # Then nothing of them is left in the files of the database, and another device is out
    expect(visitor.title).to_have_text(visitor.word("account_erased_title"))
    held = b"".join(it.read_bytes() for it in town.site.folder.glob("site.sqlite3*"))
    assert email.encode() not in held
    other.opens("/dagboek/")
    other.sees(other.word("diary_lead"))
