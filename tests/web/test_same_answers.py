"""The site, by file or by its pages, gives exactly what the library gives for the same answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from people import AUTHOR, CALM
from walks import fill_in, flat, form_of, idle, load_answers, page_at, sent_for, tier_of, visit_of

from rugkompas.assess import assess
from rugkompas.assess.triage import Triage
from rugkompas.people import made_up
from rugkompas.people.person import grouped, person
from rugkompas.web.loading import visit_of as visit_with
from rugkompas.web.rules import assessed, knowledge, today

SEED = 20261125


def by_library(answers: Mapping[str, Any]) -> Triage:
    return assess(answers, on=today(), knowledge=knowledge()).triage


def plain(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: list(it) if isinstance(it, tuple) else dict(it) if isinstance(it, Mapping) else it
        for name, it in given.items()
    }


@pytest.mark.hazard("H-08")
def test_a_file_opens_with_every_answer_in_it() -> None:
    for answers in made_up.people(10_000, SEED, knowledge()):
        opened = person(visit_with(answers, knowledge()).given, knowledge())

        assert plain(opened.given) == plain(person(answers, knowledge()).given)


@pytest.mark.hazard("H-08")
def test_facts_and_factors_that_no_page_asks_still_count() -> None:
    everything = {
        "person_facts": dict.fromkeys(knowledge().person_facts, "yes"),
        "factors": dict.fromkeys(knowledge().factors, "yes"),
        "changeable": dict.fromkeys(knowledge().factors, "unknown"),
    }

    visit = visit_with(everything, knowledge())

    assert plain(person(visit.given, knowledge()).given) == everything


@pytest.mark.hazard("H-08")
def test_made_up_people_get_the_triage_of_the_library_from_their_file() -> None:
    for answers in made_up.people(500, SEED, knowledge()):
        assert assessed(visit_with(answers, knowledge())).triage == by_library(answers)


@pytest.mark.hazard("H-08")
def test_made_up_people_are_shown_the_urgency_of_the_library(client: Client) -> None:
    for answers in made_up.people(100, SEED + 1, knowledge()):
        if not answers:
            continue
        expected = by_library(answers)
        client.cookies.clear()
        assert load_answers(client, answers).status_code == 302

        response = client.get("/uitslag/")
        if expected.urgency == "emergency":
            assert response.headers["Location"] == "/nu/"
            response = client.get("/nu/")

        assert tier_of(response.content.decode()) == expected.urgency


@pytest.mark.hazard("H-05", "H-08")
def test_made_up_people_who_walk_get_the_urgency_of_all_their_answers(client: Client) -> None:
    """Only what can still matter is asked, and leaving out the rest changes nothing."""
    for made in made_up.people(60, SEED + 2, knowledge()):
        answers = coherent(person(made, knowledge()).given)
        client.cookies.clear()

        end = fill_in(client, answers)

        visit = visit_of(client)
        whole, walked = by_library(grouped(answers, knowledge())), assessed(visit).triage
        assert (end == "/nu/") == (walked.urgency == "emergency")
        assert walked.urgency == whole.urgency, answers
        if walked.urgency != "emergency":
            assert walked.category == whole.category, answers
        assert plain(flat(visit.given)).items() <= plain(flat(answers)).items()


def coherent(given: Mapping[str, Any]) -> dict[str, Any]:
    """Without answers to questions that do not apply: nobody can give those on the pages."""
    answers = plain(given)
    while left := idle(answers) & answers.keys():
        answers = {step: it for step, it in answers.items() if step not in left}
    return answers


@pytest.mark.hazard("H-08")
def test_the_author_gets_the_same_by_pages_and_by_file(client: Client) -> None:
    fill_in(client, AUTHOR, life=True)
    walked = visit_of(client)
    whole = assess(AUTHOR, on=today(), knowledge=knowledge())

    assert assessed(walked).triage.urgency == whole.triage.urgency
    assert assessed(walked).triage.category == whole.triage.category
    assert assessed(walked).course == whole.course


@pytest.mark.hazard("H-08")
def test_what_is_saved_opens_as_it_was(client: Client) -> None:
    fill_in(client, AUTHOR, life=True)
    saved = client.get("/antwoorden.json").content
    other = Client(HTTP_HOST="127.0.0.1")

    load_answers(other, saved)

    assert visit_of(other).given == visit_of(client).given
    assert other.get("/antwoorden.json").json() == json.loads(saved)


# At once


@pytest.mark.hazard("H-05")
def test_an_emergency_on_question_three_stops_the_interview_at_once(client: Client) -> None:
    url, order = "/vragen/1/", []
    told = {**CALM, "sex": "male", "seriously_ill": "yes"}
    while url.startswith("/vragen/"):
        form = form_of(url, client.get(url).content.decode())
        order.append(form.page)
        asked = page_at(visit_of(client), len(order))
        assert asked is not None
        url = client.post(url, sent_for(form, asked, told)).headers["Location"]

    assert order == ["age_years", "sex", "seriously_ill"]
    assert url == "/nu/"
    for address in ("/vragen/", "/uitslag/", "/vragen/4/", "/vragen/9/"):
        assert client.get(address).headers["Location"] == "/nu/"
    for address in ("/keuzes/", "/plan/", "/plan.pdf", "/plan.ics", "/keuzes/alles/"):
        assert client.get(address).headers["Location"] == "/uitslag/"


@pytest.mark.hazard("H-05")
def test_an_answer_that_was_a_mistake_can_be_changed_and_the_interview_goes_on(
    client: Client,
) -> None:
    told = {**CALM, "sex": "male"}
    assert fill_in(client, {**told, "seriously_ill": "yes"}) == "/nu/"

    back = client.post("/controle/3/", {"page": "seriously_ill", "answer": "no"})

    assert back.headers["Location"] == "/vragen/4/"
    assert client.get("/nu/").headers["Location"] == "/vragen/"
    assert fill_in(client, told).startswith("/vragen/")
    assert assessed(visit_of(client)).triage == by_library(visit_of(client).given)


@pytest.mark.hazard("H-05")
def test_each_emergency_answer_leads_to_the_page_that_says_to_call(client: Client) -> None:
    stopped = []
    for question in knowledge().questions.values():
        if not question.emergency:
            continue
        worst = "yes" if question.kind == "tri" else question.worse[0][-1]
        answers = {**CALM, question.id: worst}
        if by_library(answers).urgency != "emergency" or question.id in idle(answers):
            continue
        client.cookies.clear()
        assert fill_in(client, answers) == "/nu/", question.id
        stopped.append(question.id)

    assert {"bladder_change", "bowel_change", "saddle_change", "seriously_ill"} <= set(stopped)


@pytest.mark.hazard("H-05")
def test_a_result_for_today_goes_on_with_questions_and_offers_no_exercise(client: Client) -> None:
    answers = {**CALM, "fever_or_chills": "unknown"}
    expected = by_library(answers)
    assert expected.urgency == "same_day"

    end = fill_in(client, answers)

    assert end == "/controle/"
    page = client.get("/uitslag/")
    assert tier_of(page.content.decode()) == "same_day"
    for address in ("/keuzes/", "/plan/", "/plan.pdf", "/plan.ics"):
        assert client.get(address).headers["Location"] == "/uitslag/"


@pytest.mark.hazard("H-05")
def test_changing_back_gives_what_never_having_answered_so_gives(client: Client) -> None:
    fill_in(client, CALM)
    calm = assessed(visit_of(client)).triage
    number = [it.page for it in visit_of(client).asked].index("bladder_change") + 1

    there = client.post(
        f"/controle/{number}/", {"page": "bladder_change", "answer": "new_or_changed"}
    )
    back = client.post(f"/controle/{number}/", {"page": "bladder_change", "answer": "no"})

    assert there.headers["Location"] == "/nu/"
    assert back.headers["Location"] == "/controle/"
    assert assessed(visit_of(client)).triage == calm


@pytest.mark.hazard("H-07")
def test_what_no_longer_applies_after_a_change_is_gone(client: Client) -> None:
    expecting = {**CALM, "pregnancy": "pregnant", "pregnancy_alarm": "unknown"}
    fill_in(client, expecting, at_most=6)
    assert {"pregnancy", "pregnancy_alarm"} <= visit_of(client).given.keys()

    client.post("/controle/2/", {"page": "sex", "answer": "male"})

    assert not {"pregnancy", "pregnancy_alarm"} & visit_of(client).given.keys()
    assert not idle(visit_of(client).given) & visit_of(client).given.keys()
