"""Other ways to use a page: without scripts, with only a keyboard, without its look."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from rugkompas.assess.pages import OFFER
from stories.conftest import Somebody
from stories.keyboard import KeyboardVisitor
from stories.people import AUTHOR, CALM, EMERGENCY, steps
from stories.visitor import Visitor
from stories.walking import walks


@pytest.mark.hazard("H-34")
def test_somebody_without_javascript_goes_the_whole_road_to_the_plan(somebody: Somebody) -> None:
    # Given a browser that runs no script
    visitor = somebody(java_script_enabled=False)
    visitor.starts()

    # When they answer up to what they want to do again, and stop there
    walks(visitor, steps(AUTHOR), until="activities")
    visitor.presses("skip_to_result")
    # And strike an option and choose another
    visitor.follows("result_options")
    visitor.strikes("massage")
    visitor.picks("carer_support")
    visitor.follows("chosen_plan")

    # Then their plan holds what they chose
    expect(visitor.about("carer_support")).to_be_visible()
    expect(visitor.about("massage")).to_have_count(0)


@pytest.mark.hazard("H-36")
def test_somebody_with_only_a_keyboard_goes_from_the_start_to_the_result(
    somebody: Somebody,
) -> None:
    # Given somebody who never touches a mouse
    visitor = somebody(KeyboardVisitor, viewport={"width": 1280, "height": 800})
    visitor.starts()

    # When they answer with arrows and space, and go on with Enter
    walks(visitor, {**steps(CALM), OFFER: "no"})
    visitor.follows("check_button")

    # Then they read their result
    visitor.sees(visitor.knowledge.words["nl"].tiers["planned"].name)


def test_the_first_tab_leads_past_the_head_of_the_page(somebody: Somebody) -> None:
    visitor = somebody(viewport={"width": 1280, "height": 800})
    visitor.starts()

    visitor.page.keyboard.press("Tab")
    skip = visitor.page.get_by_role("link", name=visitor.word("skip"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.main).to_be_focused()


@pytest.mark.hazard("H-36")
def test_what_is_wrong_is_said_first_and_leads_to_its_field(visitor: Visitor) -> None:
    # Given somebody who goes on without an answer
    visitor.starts()
    visitor.goes_on()

    # Then the summary has the focus, so that a screen reader begins there
    summary = visitor.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(visitor.page).to_have_title(re.compile(visitor.word("error_in_title", title="")))
    # And its link leads to the field, which names its own mistake
    visitor.page.keyboard.press("Tab")
    expect(summary.get_by_role("link")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    field = visitor.page.get_by_role("textbox", name=visitor.field("age_years").label)
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile(visitor.word("fill_in")))


def test_a_mistake_in_a_choice_leads_to_its_first_answer(visitor: Visitor) -> None:
    visitor.starts()
    visitor.answers("age_years", 44)
    visitor.goes_on()

    # A browser gives the focus a moment after the page is there
    expect(visitor.page.get_by_role("alert")).to_be_focused()
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_role("radio").first).to_be_focused()


@pytest.mark.hazard("H-36")
@pytest.mark.parametrize("answers", [CALM, EMERGENCY], ids=["calm", "emergency"])
def test_without_its_look_the_page_still_says_everything_in_order(
    answers: dict[str, Any], somebody: Somebody
) -> None:
    # Given a browser that gets no style sheet
    visitor = somebody()
    visitor.page.route("**/*.css*", _empty)
    visitor.tells(answers)
    visitor.opens("/uitslag/")

    # Then what to do comes before why, and the number to call is there
    text = visitor.page.locator("body").inner_text()
    title, why = visitor.title.inner_text(), visitor.said("why_title")
    assert text.index(title) < text.index(why)
    assert "112" in text[: text.index(why)]


def test_without_its_look_the_signs_to_call_for_can_be_read(visitor: Visitor) -> None:
    visitor.page.route("**/*.css*", _empty)
    visitor.opens()

    expect(visitor.page.get_by_text(visitor.word("signs_title")).first).to_be_visible()
    expect(visitor.page.get_by_role("link", name="112").first).to_be_visible()


def _empty(route: Route) -> None:
    route.fulfill(body="", content_type="text/css")
