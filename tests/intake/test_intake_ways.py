"""Ways through the component: to a result, to the phone, back, by keyboard, in English."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from intake.conftest import Somebody
from intake.running import FOCUSED, Guest, is_told_to_call, walks
from rugkompas.assess import assess
from rugkompas.assess.pages import OFFER
from rugkompas.outputs.data import as_data
from rugkompas.outputs.sentences import Voice, contact_words
from stories.people import CALM, PLANTED, steps

TOLD = {name: it for name, it in steps(PLANTED).items() if name != OFFER}


@pytest.mark.hazard("H-37", "H-40")
def test_the_author_gets_the_result_of_the_library_and_goes_on(somebody: Somebody) -> None:
    guest = somebody()
    said = guest.knowledge.words["nl"]

    # Given all that comes before the result
    asked = walks(guest, TOLD)
    assert asked[0] == "age_years"
    # Then what the practice hears is what the library says
    expected = json.loads(json.dumps(as_data(assess(guest.answers_sent()), "nl")))
    expect(guest.title).to_have_text(said.tiers["planned"].title)
    assert guest.heard() == [("rugkompas-result", expected)]
    # And contact and what to watch stand there, and that this is a demonstration
    voice, contact = Voice(guest.knowledge, "nl"), expected["triage"]["contact"]
    more = contact["more"].split(". ")
    for text in (contact["do"], more[0], more[-1], voice("net_title"), voice("status")):
        expect(guest.element).to_contain_text(text)

    # When he goes on with what plays a part, he may stop, and go on again where he was
    more_asked = walks(guest, TOLD, by="offer_yes", to="factors_work")
    guest.presses("skip_to_result")
    more_asked += walks(guest, TOLD, by="offer_yes")
    # Then he is asked all of it once, and offered no more
    assert len(more_asked) == len(set(more_asked))
    assert not set(asked) & set(more_asked)
    assert {f"factors.{id_}" for id_ in PLANTED["factors"]} <= set(more_asked)
    expect(guest.title).to_have_text(said.tiers["planned"].title)
    offer = guest.page.get_by_role("button", name=guest.word("offer_yes"))
    expect(offer).to_have_count(0)
    # And the answers are his own
    sent = guest.answers_sent()
    for name in ("factors", "changeable", "activities", "care_duty"):
        assert sent[name] == PLANTED[name], name


@pytest.mark.hazard("H-18", "H-36")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_emergency_on_question_three_shows_the_phone_first_and_alone(
    somebody: Somebody, language: str
) -> None:
    guest = somebody(language)

    result = is_told_to_call(guest, language)

    assert result["safety_net"]


@pytest.mark.hazard("H-36")
def test_call_today_stands_first_with_what_to_do_when_nobody_answers(somebody: Somebody) -> None:
    guest = somebody()
    walks(guest, {**steps(CALM), "fever_or_chills": "yes", "seriously_ill": "no"})

    expect(guest.title).to_have_text(guest.knowledge.words["nl"].tiers["same_day"].title)
    call = guest.page.get_by_role("link", name=guest.word("emergency_call"), exact=True)
    expect(call).to_have_attribute("href", "tel:112")
    assert guest.page.get_by_role("button", name=guest.word("offer_yes")).count() == 0
    assert [name for name, _ in guest.heard()] == ["rugkompas-emergency", "rugkompas-result"]


def test_a_slip_can_be_mended_after_an_emergency(somebody: Somebody) -> None:
    guest = somebody()
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.goes_on()
    guest.presses("component_back_answers")
    guest.sees("seriously_ill")
    expect(guest.page.get_by_role("radio", name=guest.yes(), exact=True)).to_be_checked()
    guest.chooses(guest.no())
    guest.goes_on()

    guest.sees("collapse_or_pulsating_belly")
    assert guest.answers_sent()["seriously_ill"] == "no"


def test_back_keeps_answers_and_what_was_not_sent_yet(somebody: Somebody) -> None:
    guest = somebody()
    guest.reaches_question_three()
    guest.chooses(guest.no())
    guest.presses("back")
    guest.sees("sex")
    sex = guest.knowledge.words["nl"].questions["sex"].values["male"]
    expect(guest.page.get_by_role("radio", name=sex, exact=True)).to_be_checked()
    guest.presses("back")
    expect(guest.page.get_by_role("textbox")).to_have_value("44")
    guest.presses("back")
    expect(guest.title).to_have_text(guest.word("component_start_title"))

    guest.starts()
    expect(guest.page.get_by_role("textbox")).to_have_value("44")
    guest.goes_on()
    guest.sees("sex")
    guest.goes_on()
    guest.sees("seriously_ill")
    expect(guest.page.get_by_role("radio", name=guest.no(), exact=True)).to_be_checked()


@pytest.mark.hazard("H-36")
def test_everything_works_with_a_keyboard_and_the_focus_goes_along(somebody: Somebody) -> None:
    guest = somebody()
    keys = guest.page.keyboard
    assert guest.page.evaluate(FOCUSED)[0] == "body"

    _to(guest, "button", guest.word("start_button"))
    keys.press("Enter")
    guest.sees("age_years")
    assert guest.page.evaluate(FOCUSED) == ["h2", guest.label("age_years")]
    # An error takes the focus, and leads to its field
    keys.press("Tab")
    keys.press("Tab")
    keys.type("abc")
    keys.press("Enter")
    hint = guest.word("number_hint", low=0, high=120)
    expect(guest.page.get_by_role("alert")).to_contain_text(hint)
    assert guest.page.evaluate(FOCUSED)[0] == "div"
    keys.press("Tab")
    assert guest.page.evaluate(FOCUSED) == ["button", hint]
    keys.press("Enter")
    box = guest.page.get_by_role("textbox", name=guest.label("age_years"))
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(_has(hint))
    keys.press("Control+a")
    keys.type("44")
    keys.press("Enter")
    guest.sees("sex")
    # An arrow chooses, Enter sends
    keys.press("Tab")
    while guest.page.evaluate(FOCUSED)[0] != "input":
        keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Enter")
    guest.sees("seriously_ill")
    assert guest.page.evaluate(FOCUSED) == ["h2", guest.label("seriously_ill")]
    expect(guest.page.get_by_role("status")).not_to_be_empty()


def _to(guest: Guest, tag: str, text: str) -> None:
    for _ in range(20):
        guest.page.keyboard.press("Tab")
        if guest.page.evaluate(FOCUSED) == [tag, text]:
            return
    raise AssertionError(f"no {tag} with these words by Tab: {text}")


def _has(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))


def test_a_question_can_be_passed_over_and_is_not_asked_again(somebody: Somebody) -> None:
    guest = somebody()
    guest.starts()
    guest.presses("component_pass")
    guest.sees("sex")
    guest.presses("back")
    guest.sees("age_years")

    expect(guest.page.get_by_role("textbox")).to_have_value("")
    assert json.loads(guest.sent[-1].post_data or "")["passed"] == ["age_years"]


def test_another_language_and_another_place_on_the_page_keep_the_answers(
    somebody: Somebody,
) -> None:
    guest = somebody()
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.element.evaluate("(it) => it.setAttribute('lang', 'en')")
    guest.language = "en"
    guest.sees("seriously_ill")
    expect(guest.page.get_by_role("radio", name=guest.yes(), exact=True)).to_be_checked()
    guest.element.evaluate("(it) => document.body.append(it)")
    expect(guest.page.get_by_role("radio", name=guest.yes(), exact=True)).to_be_checked()
    guest.goes_on()

    expect(guest.title).to_contain_text("112")
    guest.element.evaluate("(it) => it.setAttribute('lang', 'nl')")
    expect(guest.title).to_have_text(contact_words(guest.knowledge, "nl", "call_112")[0])


def test_answers_that_contradict_each_other_are_said_at_the_question(somebody: Somebody) -> None:
    guest = somebody()
    walks(guest, {**steps(CALM), "age_years": 19}, to="pain_duration_days")
    guest.types("pain_duration_days", "300")
    guest.page.get_by_role("combobox").select_option("months")
    guest.goes_on()

    alert = guest.page.get_by_role("alert")
    expect(alert.get_by_role("button")).to_have_count(1)
    expect(alert).not_to_contain_text("pain_duration_days")
    expect(guest.page.get_by_role("textbox")).to_have_value("300")
