"""Somebody who wants to know something: an answer, the page behind it, and where it comes from."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from stories.visitor import Visitor


def test_an_answer_to_what_to_do_with_a_locked_back_leads_on(visitor: Visitor) -> None:
    # Given the first page, somebody asks it in their own words, with a slip
    visitor.opens("/")
    visitor.page.get_by_role("main").get_by_role("link", name=visitor.word("foot_answers")).click()
    visitor.fills(visitor.word("answers_label"), "spit in rugg wat doen")
    visitor.presses("answers_button")
    # Then the answer stands first, with its source, and the address holds nothing of it
    spit = visitor.knowledge.words["nl"].answers["spit"].question
    first = visitor.page.locator("ol.found > li").first
    expect(first.get_by_role("link", name=spit)).to_be_visible()
    expect(first.get_by_role("link", name="1", exact=True).first).to_be_visible()
    assert visitor.page.url.endswith("/antwoord/")


@pytest.mark.hazard("H-18")
def test_a_question_that_sounds_like_an_alarm_sign_says_whom_to_call_first(
    visitor: Visitor,
) -> None:
    visitor.opens("/antwoord/")
    visitor.fills(visitor.word("answers_label"), "ik kan niet plassen en heb pijn in mijn rug")
    visitor.presses("answers_button")

    # Then what to do is seen without scrolling, and the box to ask in comes after it
    do = visitor.main.locator(".action").first
    expect(do).to_be_in_viewport()
    expect(do).to_contain_text("Bel")
    text = visitor.main.inner_text()
    assert text.index(do.inner_text()) < text.index(visitor.word("answers_label"))
    assert "112" in text


def test_from_best_exercise_to_the_studies_and_their_figures(visitor: Visitor) -> None:
    # Somebody who asks for the best exercise reads on
    topic = visitor.knowledge.topics["best_exercise"]
    title = visitor.knowledge.words["nl"].topics["best_exercise"].title
    visitor.opens("/antwoord/")
    visitor.fills(visitor.word("answers_label"), "wat is de beste oefening")
    visitor.presses("answers_button")
    visitor.page.locator("ol.found").get_by_role("link", name=title).first.click()
    # And sees the overviews as pictures, each with a table of the same rows
    assert visitor.path == f"/uitleg/{topic.number}/"
    plots = visitor.main.locator(".plot figure svg")
    assert plots.count() >= 3
    for plot in plots.all():
        expect(plot).to_have_attribute("role", "img")
    assert visitor.main.locator(".plot table tbody tr").count() >= 10
    # And every source that a statement names stands at the foot
    named = visitor.main.locator("a[href^='#source-']")
    targets = {link.get_attribute("href") for link in named.all()}
    assert targets
    for target in targets:
        assert visitor.page.locator(str(target)).count() == 1
