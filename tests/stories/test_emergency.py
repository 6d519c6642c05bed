"""When every minute counts: the questions stop, and the phone comes first."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from stories.visitor import Visitor


@pytest.fixture
def in_danger(visitor: Visitor) -> Visitor:
    """Somebody whose third answer is a sign of an emergency."""
    visitor.starts()
    visitor.answers("age_years", 44)
    visitor.answers("sex", "male")
    visitor.answers("seriously_ill", "yes")
    return visitor


@pytest.mark.hazard("H-18", "H-36")
def test_an_emergency_on_question_three_stops_the_questions_and_says_to_call(
    in_danger: Visitor,
) -> None:
    # Then the next page is the emergency page, whatever they open
    for path in ("/nu/", "/vragen/", "/uitslag/", "/vragen/4/"):
        assert in_danger.path == "/nu/"
        in_danger.opens(path)
    for path in ("/keuzes/", "/plan/", "/plan.pdf", "/plan.ics"):
        in_danger.opens(path)
        assert in_danger.path == "/nu/"
    # And no question, option or plan stands on it
    expect(in_danger.main.get_by_role("radio")).to_have_count(0)
    for key in ("result_options", "result_plan"):
        expect(in_danger.page.get_by_role("link", name=in_danger.word(key))).to_have_count(0)


@pytest.mark.hazard("H-36")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_phone_stands_before_what_to_say_and_what_to_say_before_why(
    in_danger: Visitor, language: str
) -> None:
    if language == "en":
        in_danger.switches_language()

    # Then the number is a button that is seen without scrolling, in words and without colour
    call = in_danger.main.get_by_role("link", name=in_danger.word("emergency_call"), exact=True)
    expect(in_danger.title).to_contain_text("112")
    expect(call).to_be_in_viewport(ratio=1)
    expect(call).to_have_attribute("href", "tel:112")
    # And what to say comes next, then why
    say, why = in_danger.said("say_title"), in_danger.said("why_title")
    order = in_danger.main.inner_text()
    call_words = in_danger.word("emergency_call")
    assert order.index(call_words) < order.index(say) < order.index(why)


@pytest.mark.hazard("H-36")
def test_on_paper_the_number_and_the_words_to_say_are_still_there(in_danger: Visitor) -> None:
    paper = in_danger.prints()

    assert "112" in paper
    assert in_danger.said("say_title") in paper
    assert in_danger.word("wipe") not in paper


def test_the_pdf_of_an_emergency_has_the_number_in_its_first_half(in_danger: Visitor) -> None:
    answer = in_danger.page.request.get(f"{in_danger.address}/uitslag.pdf")

    first = PdfReader(io.BytesIO(answer.body())).pages[0].extract_text()
    assert "112" in first[: len(first) // 2]


def test_a_slip_of_the_thumb_can_be_mended(in_danger: Visitor) -> None:
    # When they look at their answers and mend the one that was wrong
    in_danger.follows("result_check")
    in_danger.changes("seriously_ill")
    in_danger.answers("seriously_ill", "no")

    # Then the questions go on where they stopped
    in_danger.sees_question("collapse_or_pulsating_belly")
