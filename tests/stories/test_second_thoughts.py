"""People go back, change their mind, use two tabs, stay away for hours. The outcome only
depends on the answers that stand in the end."""

from __future__ import annotations

import time

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import expect

from rugkompas.assess.pages import OFFER
from rugkompas.web.visit import COOKIE, HOURS, _derived
from stories.conftest import Somebody
from stories.people import CALM, COURSE, SAME_DAY, TRIAGE, steps
from stories.running import Site
from stories.visitor import Visitor
from stories.walking import walks

ASKED_LAST = ("can_walk_stand", "pain_unmanageable", "night_pain", "ibp_items", "spa_features")
HALFWAY = {name: it for name, it in COURSE.items() if name not in ASKED_LAST}


def test_a_switch_of_language_halfway_keeps_the_answers_and_the_place(visitor: Visitor) -> None:
    # Given somebody at the fourth question
    visitor.starts()
    visitor.answers("age_years", 44)
    visitor.answers("sex", "male")
    visitor.answers("seriously_ill", "no")
    visitor.sees_question("collapse_or_pulsating_belly")

    # When they switch to English, the same question stands there
    visitor.switches_language()
    visitor.sees_question("collapse_or_pulsating_belly")

    # And what they chose is still chosen
    visitor.goes_back()
    visitor.sees_answer("seriously_ill", "no")
    visitor.goes_back()
    visitor.sees_answer("sex", "male")
    visitor.switches_language()
    visitor.sees_answer("sex", "male")


@pytest.mark.hazard("H-09", "H-16")
def test_a_switch_on_the_result_changes_the_words_and_not_the_advice(visitor: Visitor) -> None:
    visitor.tells(SAME_DAY)
    for _ in range(2):
        visitor.opens("/uitslag/")
        visitor.sees(visitor.knowledge.words[visitor.language].tiers["same_day"].name)
        expect(visitor.main.locator("a[href^='tel:']").first).to_have_attribute("href", "tel:112")
        visitor.switches_language()
        assert visitor.path == "/uitslag/"


@pytest.mark.hazard("H-07")
def test_back_forward_and_reload_do_not_change_the_outcome(somebody: Somebody) -> None:
    # Given somebody who answers wrong, goes back, answers right, and reloads on the way
    told = {**steps(COURSE), OFFER: "no"}
    winding = somebody(answers=HALFWAY)
    winding.opens("/vragen/")
    walks(winding, told, until="can_walk_stand")
    winding.answers("can_walk_stand", "no")
    winding.page.go_back()
    winding.answers("can_walk_stand", "yes")
    winding.page.reload()
    winding.page.go_back()
    winding.page.go_forward()
    winding.opens("/vragen/")
    walks(winding, told)

    # Then the outcome is that of somebody who gave the same answers without a detour
    straight = somebody(answers=HALFWAY)
    straight.opens("/vragen/")
    asked = walks(straight, told)
    assert {"can_walk_stand", "pain_unmanageable", OFFER} <= set(asked)
    assert winding.outcome() == straight.outcome()


@pytest.mark.hazard("H-07")
def test_two_tabs_hold_one_visit_and_the_last_answer_counts(visitor: Visitor) -> None:
    # Given the same question in two tabs
    visitor.starts()
    visitor.answers("age_years", 44)
    visitor.answers("sex", "male")
    first = visitor.page
    second = visitor.opens_a_tab()
    second.goto(first.url)

    # When both answer it, and the first one goes on from a page that is old by now
    visitor.answers("seriously_ill", "no")
    visitor.answers("collapse_or_pulsating_belly", "no")
    visitor.page = second
    visitor.answers("seriously_ill", "unknown")
    visitor.page = first
    visitor.answers("chest_pain_or_breathless", "no")

    # Then every answer stands once, and of two the last
    for number, step, answer in (
        (3, "seriously_ill", "unknown"),
        (4, "collapse_or_pulsating_belly", "no"),
        (5, "chest_pain_or_breathless", "no"),
    ):
        visitor.opens(f"/vragen/{number}/")
        visitor.sees_answer(step, answer)


@pytest.mark.hazard("H-06", "H-07")
def test_an_answer_changed_from_the_check_page_changes_the_result(somebody: Somebody) -> None:
    # Given somebody who may make an ordinary appointment
    visitor = somebody(answers=CALM)
    tiers = visitor.knowledge.words["nl"].tiers
    visitor.opens("/uitslag/")
    visitor.sees(tiers["planned"].title)

    # When they change one answer
    visitor.follows("result_check")
    visitor.changes("fever_or_chills")
    visitor.sees_answer("fever_or_chills", "no")
    visitor.answers("fever_or_chills", "yes")

    # Then they are back at all answers or at what is asked because of it, and the result is new
    told = {**CALM, "fever_or_chills": "yes", "offer": "no"}
    walks(visitor, told)
    visitor.opens("/uitslag/")
    visitor.sees(tiers["same_day"].title)
    visitor.sees_not(tiers["planned"].title)


def test_a_group_may_stay_partly_open_and_open_is_not_no(somebody: Somebody) -> None:
    # Given somebody at the first group of questions
    visitor = somebody(answers=TRIAGE)
    visitor.opens("/vragen/")
    walks(visitor, {"offer": "yes"}, until="factors.care_load")

    # When they answer one of the group and leave the others
    visitor.answers("factors.heavy_lifting", "yes")

    # Then nobody complains, and the check page shows the others as not answered
    expect(visitor.page.get_by_role("alert")).to_have_count(0)
    visitor.opens("/controle/")
    row = visitor.main.get_by_text(visitor.field("factors.care_load").label, exact=True)
    expect(row.locator("xpath=..")).to_contain_text(visitor.word("not_answered"))


@pytest.mark.parametrize("kind", ["foreign", "expired"])
def test_a_visit_that_does_not_open_leads_to_a_clear_start(
    kind: str, visitor: Visitor, site: Site
) -> None:
    # Given somebody whose cookie is not ours, or too old
    visitor.tells(CALM)
    cookie = next(it for it in visitor.context.cookies() if it["name"] == COOKIE)
    if kind == "foreign":
        value = Fernet(Fernet.generate_key()).encrypt(b"[]")
    else:
        ours = Fernet(_derived(site.secret))
        long_ago = int(time.time()) - HOURS * 3600 - 60
        value = ours.encrypt_at_time(ours.decrypt(cookie["value"].encode()), long_ago)
    visitor.context.add_cookies([{**cookie, "value": value.decode()}])

    # When they come back
    visitor.opens()

    # Then the page says so, and they can begin anew
    visitor.sees(visitor.word("start_lost"))
    visitor.follows("start_button")
    visitor.sees_question("age_years")
    visitor.answers("age_years", 44)
    visitor.sees_question("sex")
