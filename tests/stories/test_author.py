"""The author of the article, from the first question to the plan that he takes along.

A father of a disabled boy of seven lifts him day and night. His back hurts since five months.
He wants no hoist: with one he would feel a nurse.
"""

from __future__ import annotations

import re

from icalendar import Calendar
from playwright.sync_api import expect

from rugkompas.outputs.sentences import Voice
from stories.people import AUTHOR, OWN_WORDS, steps
from stories.visitor import Visitor, words_of_pdf
from stories.walking import walks

HOIST = "mechanical_lifting_aid"
WHEN = "Als ik om 3 uur wakker word, dan bel ik dinsdag het steunpunt"


def test_the_author_goes_from_the_first_question_to_his_printed_plan(visitor: Visitor) -> None:
    # Given a father who answers every question with his own hands
    told = steps(AUTHOR)
    visitor.starts()
    asked = walks(visitor, told)
    assert set(AUTHOR["factors"]) <= {step.partition(".")[2] for step in asked}
    expect(visitor.title).to_have_text(visitor.word("check_title"))

    # When he asks what they mean, he may make an ordinary appointment
    visitor.follows("check_button")
    assert visitor.path == "/uitslag/"
    visitor.sees(visitor.knowledge.words["nl"].tiers["planned"].name)
    # And he sees all that plays a role, each with its own name
    roles = visitor.page.get_by_role("region", name=visitor.said("roles_title"), exact=True)
    for factor in AUTHOR["factors"]:
        name = visitor.knowledge.words["nl"].factors[factor].label
        expect(roles).to_contain_text(re.compile(re.escape(name)))

    # When he strikes the hoist and says why in his own words
    visitor.follows("result_options")
    visitor.strikes(HOIST)
    visitor.says_why(OWN_WORDS)
    # Then something else stands in its place, and the hoist only where it can be put back
    why = visitor.page.get_by_role("textbox", name=visitor.word("option_why"), exact=True)
    expect(why).to_have_value(OWN_WORDS)
    struck = visitor.page.get_by_role("region").filter(has=why)
    expect(struck).to_contain_text(visitor.label(HOIST))
    expect(struck.get_by_role("button", name=visitor.word("option_pick")).first).to_be_visible()
    offered = f"{visitor.word('option_pick')}: {visitor.label(HOIST)}"
    expect(visitor.page.get_by_role("button", name=offered, exact=True)).to_have_count(0)

    # When he puts two things in his plan, with where and when
    for option in ("carer_support", "night_rota_naps"):
        visitor.picks(option)
    visitor.follows("chosen_plan")
    visitor.plans("carer_support", WHEN)
    # Then his plan holds these two and his words, on the screen, on paper and as PDF
    expect(visitor.main.get_by_role("textbox").first).to_have_value(WHEN)
    for paper in (visitor.prints(), words_of_pdf(visitor.downloads("take_pdf"))):
        assert WHEN in paper
        assert visitor.label("carer_support") in paper
        assert visitor.label(HOIST) not in paper
    # And each day to look back goes in his calendar
    days = Calendar.from_ical(visitor.downloads("take_calendar")).walk("VEVENT")
    assert len(days) >= 2
    for day in days:
        visitor.sees(Voice(visitor.knowledge, "nl").date(day["dtstart"].dt))
