"""The page of a diary: chart, table and sentence, and what stands on every page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from pages_of_a_diary import DAY, KNOWLEDGE, book, day, page, scored

from rugkompas.assess.follow_up import FollowUp, follow_up
from rugkompas.outputs.diary_calendar import days as reminded
from rugkompas.outputs.diary_calendar import reminders
from rugkompas.outputs.diary_report import diary_data, diary_report
from rugkompas.outputs.page import html
from rugkompas.outputs.parts import Report
from rugkompas.outputs.text import render
from rugkompas.people.made_up_diaries import KINDS, Kind, diary

LANGUAGES = ("nl", "en")
HEALTH = r"pijn|pain|rug\b|back\b|klacht|arts|doctor|gezond|health|ziek|dagboek|diary|streak|reeks"


def after(kind: Kind, weeks: int = 12) -> FollowUp:
    return follow_up(diary(kind, 1, DAY, KNOWLEDGE), on=day(7 * weeks), knowledge=KNOWLEDGE)


def svg_in(page_: str) -> ElementTree.Element:
    found = re.search(r'<svg[^>]*role="img".*?</svg>', page_, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_chart_is_an_image_with_a_name_a_description_a_table_and_a_sentence(
    kind: Kind, language: str
) -> None:
    found = after(kind)

    svg = svg_in(html(diary_report(found, language)))

    title, description, *_ = (child.text for child in svg)
    assert title == KNOWLEDGE.words[language].diary["chart_title"]
    for week in found.weeks:
        assert f"week {week.number + 1}: " in (description or "")
    squares = [c for c in svg if c.tag.endswith("rect")]
    assert len(squares) == len(found.weeks) == 13
    section = next(s for s in diary_report(found, language).sections if s.id == "chart")
    assert section.grid is not None
    assert len(section.grid.rows) == 13
    assert section.paragraphs[0].count(".") >= 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_moments_that_count_are_dashed_lines_at_their_week(kind: Kind) -> None:
    found = after(kind)

    svg = svg_in(html(diary_report(found, "nl")))

    dashed = [c.get("x1") for c in svg if c.get("stroke-dasharray") == "5 4"]
    start = found.weeks[0].start
    drawn = [m for m in found.moments if 0 <= (m.on - start).days <= 7 * len(found.weeks)]
    assert len(dashed) == len(drawn)
    numbers = [c.text for c in svg if c.tag.endswith("text") and c.get("x") in dashed]
    for moment in drawn:
        assert str(moment.weeks) in numbers
    assert kind == "carer" or [m.weeks for m in drawn] == [3, 4, 12]


def test_the_line_breaks_where_a_week_has_no_score() -> None:
    made = book(*scored([5] * 7 + [None] * 14 + [4] * 7 + [3] * 7), activities=("tillen",))

    svg = svg_in(html(diary_report(follow_up(made, on=day(34)), "nl")))

    own = [c for c in svg if c.tag.endswith("line") and c.get("stroke-width") == "2.2"]
    assert len(own) == 1
    assert len([c for c in svg if c.tag.endswith("rect")]) == 3


def test_without_a_known_start_there_is_no_band_to_compare_with() -> None:
    found = follow_up(book(*scored([5] * 20)), on=day(19))

    shown = diary_report(found, "en")
    band = next(s.band for s in shown.sections if s.id == "chart")

    assert band is not None
    assert band.points == ()
    assert "<polygon" not in html(shown).split('role="img"')[1].split("</svg>")[0]
    assert "Only your own line" in render(shown) or "only your own line" in render(shown)


@pytest.mark.parametrize(("weeks", "last"), [(3, 12), (12, 13), (30, 31)])
def test_the_band_goes_as_far_as_the_diary_and_at_least_twelve_weeks(weeks: int, last: int) -> None:
    made = book(*scored([5] * (7 * weeks + 1)), began=DAY, activities=("tillen",))
    shown = diary_report(follow_up(made, on=day(7 * weeks)), "nl")

    band = next(s.band for s in shown.sections if s.id == "chart")

    assert band is not None
    assert band.points[-1].week == last
    assert [point.mean for point in band.points[:2]] == [56, 26]


@pytest.mark.hazard("H-14", "H-20", "H-22")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_the_signs_to_call_for_who_reads_it_and_whom_to_talk_to(
    kind: Kind, language: str
) -> None:
    shown = " ".join(render(diary_report(after(kind), language)).split())
    words = KNOWLEDGE.words[language]

    assert words.questions["saddle_change"].clause["new_or_changed"] in shown
    assert words.diary["call_text"].split(".")[0] in shown
    assert "0800-0113" in shown
    assert "112" in shown


@pytest.mark.hazard("H-21")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alarm_sign_takes_the_whole_page(language: str) -> None:
    made = diary("recovering", 1, DAY, KNOWLEDGE)
    made.take(page(85, signs={"bladder_change": "new_or_changed"}))

    shown = diary_report(follow_up(made, on=day(85), knowledge=KNOWLEDGE), language)

    assert isinstance(shown, Report)
    assert shown.answer.tier == "emergency"
    assert {s.id for s in shown.sections} == {"why", "diary_waits", "net"}


@pytest.mark.hazard("H-51")
def test_what_a_person_typed_never_runs_on_the_page() -> None:
    nasty = '<script>alert(1)</script>"><img src=x>'[:60]
    made = book(page(0, pain=3, activities={nasty: 5}, note=nasty), activities=(nasty,))

    shown = html(diary_report(follow_up(made, on=DAY), "nl"))

    assert "<script" not in shown
    assert "<img" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_can_come_out_has_a_sentence(language: str) -> None:
    from rugkompas.assess.follow_up_table import LEVELS, TRAJECTORIES
    from rugkompas.rules.follow_up import DIRECTIONS

    words = KNOWLEDGE.words[language].diary
    needed = [f"{kind}_{word}" for word in TRAJECTORIES for kind in ("pattern", "word")]
    needed += [f"level_{word}" for word in LEVELS]
    for word in DIRECTIONS:
        needed += [f"how_{word}", f"pain_{word}", f"moment_was_{word}"]
        needed += [f"moment_{weeks}_{word}" for weeks in (3, 4, 12)]

    assert [key for key in needed if key not in words] == []


def test_an_empty_diary_has_a_page_too() -> None:
    for language in LANGUAGES:
        assert html(diary_report(follow_up(book(), on=DAY), language))
        assert render(diary_report(follow_up(book(page(0)), on=DAY), language))


def test_the_data_for_programs_hold_what_the_page_says() -> None:
    data = diary_data(after("deviating"), "nl")

    assert data["direction"] == "improving"
    assert [m["direction"] for m in data["moments"]] == ["unchanged", "unchanged", "improving"]
    assert len(data["weeks"]) == 13
    assert data["demonstration"] is True


@pytest.mark.hazard("H-43")
@pytest.mark.parametrize("language", LANGUAGES)
def test_reminders_are_few_and_say_nothing_about_health(language: str) -> None:
    made = diary("recovering", 1, DAY, KNOWLEDGE)
    file = reminders(made, DAY, language, KNOWLEDGE).decode()

    said = re.findall(r"^(?:SUMMARY|DESCRIPTION):(.*)$", file, re.MULTILINE)

    assert len(said) == 2 * len(reminded(made, DAY, KNOWLEDGE))
    assert len(said) // 2 <= 9
    assert [text for text in said if re.search(HEALTH, text, re.IGNORECASE)] == []
    assert file == reminders(made, DAY, language, KNOWLEDGE).decode()


def test_the_moments_that_are_to_come_are_among_the_reminders() -> None:
    made = diary("recovering", 1, DAY, KNOWLEDGE)
    began = day(-1)

    found = reminded(made, DAY, KNOWLEDGE)

    assert {(on - began).days for on in found} >= {21, 28, 84}
    assert all(on > DAY for on in found)
