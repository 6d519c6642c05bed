"""The pages of questions: unknown is never no, and what is urgent comes first and once."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from people import AUTHOR, CALM
from walks import Form, fill_in, flat, form_of, load_answers, page_at, sent_for, visit_of

from rugkompas.assess import assess
from rugkompas.people import made_up
from rugkompas.web.rules import assessed, knowledge, today

SEED = 20261126
PERSONAL = ("name", "naam", "email", "e-mail", "bsn", "address", "adres", "phone", "telefoon")


def forms_of(client: Client, answers: dict[str, object]) -> list[Form]:
    """Each page that a person with these answers is asked, in order."""
    told, url, found = flat(answers), client.get("/vragen/").headers["Location"], []
    while url.startswith("/vragen/"):
        if url == "/vragen/":
            url = client.get(url).headers["Location"]
            continue
        form = form_of(url, client.get(url).content.decode())
        asked = page_at(visit_of(client), int(url.split("/")[2]))
        assert asked is not None
        found.append(form)
        url = client.post(url, sent_for(form, asked, told)).headers["Location"]
    return found


@pytest.mark.hazard("H-05", "H-11")
@pytest.mark.parametrize("who", ["author", "calm", "woman"])
def test_each_question_offers_not_knowing_or_passing(client: Client, who: str) -> None:
    answers = {"author": AUTHOR, "calm": CALM, "woman": {**CALM, "pregnancy": "unknown"}}[who]

    for form in forms_of(client, answers):
        if form.page == "offer":
            continue
        single = len(form.choices) + len(form.typed) <= 1
        known = [it for it in form.choices.values() if "unknown" not in it]
        assert form.passes or not known or not single, form.page
        if single and not form.passes:
            assert known == [], form.page


@pytest.mark.hazard("H-05")
def test_emergency_questions_come_first_and_are_asked_once(client: Client) -> None:
    asked = [form.page for form in forms_of(client, AUTHOR)]
    emergency = [id_ for id_ in asked if getattr(knowledge().questions.get(id_), "emergency", 0)]
    gates = {"age_years", "sex", "pregnancy", "leg_pain", "flank_colic"}
    last = max(asked.index(id_) for id_ in emergency)

    assert len(asked) == len(set(asked))
    assert len(emergency) > 10
    assert set(asked[: last + 1]) <= {*emergency, *gates}


@pytest.mark.hazard("H-05")
def test_all_emergency_questions_that_apply_are_asked_of_everyone(client: Client) -> None:
    for answers in made_up.people(25, SEED, knowledge()):
        client.cookies.clear()

        end = fill_in(client, answers)

        visit = visit_of(client)
        found = assessed(visit).triage
        if end != "/nu/":
            held = {step for page in visit.asked for step in page.answers}
            assert set(found.missing) <= held, set(found.missing) - held


@pytest.mark.hazard("H-05", "H-11")
def test_an_emergency_question_that_is_passed_is_never_a_no(client: Client) -> None:
    fill_in(client, CALM)
    assert assessed(visit_of(client)).triage.urgency == "self_care"
    passed = 0
    for number, page in enumerate(visit_of(client).asked, start=1):
        if not knowledge().questions[page.page].emergency:
            continue
        before = dict(page.answers)
        client.post(f"/controle/{number}/", {"page": page.page, "pass": "1"})
        found = assessed(visit_of(client)).triage
        passed += 1

        assert not found.complete, page.page
        assert page.page in found.missing
        assert found.urgency in ("same_day", "emergency")
        assert "S19" in {row.id for row in found.rules}
        client.post(f"/controle/{number}/", {"page": page.page, "answer": str(before[page.page])})
    assert passed > 12
    assert assessed(visit_of(client)).triage.urgency == "self_care"


@pytest.mark.hazard("H-05", "H-11")
def test_not_knowing_on_an_emergency_question_is_never_a_no(client: Client) -> None:
    fill_in(client, CALM)
    for number, page in enumerate(visit_of(client).asked, start=1):
        question = knowledge().questions[page.page]
        if not question.emergency:
            continue
        before = str(page.answers[page.page])
        client.post(f"/controle/{number}/", {"page": page.page, "answer": "unknown"})
        held = visit_of(client)

        assert held.given[page.page] == "unknown"
        assert assessed(held).triage.urgency in ("same_day", "emergency"), page.page
        client.post(f"/controle/{number}/", {"page": page.page, "answer": before})


@pytest.mark.hazard("H-11")
def test_the_question_about_sex_comes_last_and_passing_it_changes_nothing(client: Client) -> None:
    forms = forms_of(client, AUTHOR)
    triage = [form.page for form in forms if form.page in knowledge().questions]
    with_it = {**CALM, "sexual_change": "no"}
    without = {name: it for name, it in with_it.items() if name != "sexual_change"}
    said = {**CALM, "sexual_change": "prefer_not_to_say"}

    found = [
        assess(it, on=today(), knowledge=knowledge()).triage for it in (with_it, without, said)
    ]

    if "sexual_change" in triage:
        after = triage[triage.index("sexual_change") + 1 :]
        assert not [id_ for id_ in after if knowledge().questions[id_].triage]
    assert len({it.urgency for it in found}) == 1


@pytest.mark.hazard("H-05")
def test_a_question_on_its_own_that_is_left_open_asks_again(client: Client) -> None:
    for number in range(1, 12):
        url = f"/vragen/{number}/"
        form = form_of(url, client.get(url).content.decode())
        asked = page_at(visit_of(client), number)
        assert asked is not None
        empty = client.post(url, {"page": form.page})

        assert empty.status_code == 422
        assert len(visit_of(client).asked) == number - 1
        client.post(url, sent_for(form, asked, flat(CALM)))


@pytest.mark.hazard("H-05")
def test_a_field_of_a_group_that_is_left_open_was_not_asked(client: Client) -> None:
    load_answers(client, {**CALM, "factors": {"stress": "yes", "low_mood": "yes"}})
    pages = [it.page for it in visit_of(client).asked]
    number = pages.index("factors_mood") + 1

    client.post(f"/controle/{number}/", {"page": "factors_mood", "answer": "yes"})

    factors = visit_of(client).given["factors"]
    assert len(factors) == 1
    assert "no" not in factors.values()


@pytest.mark.hazard("H-05")
@pytest.mark.parametrize("step", ["factors.stress", "person_facts.kidney_disease"])
def test_passing_a_factor_or_a_fact_leaves_it_out(client: Client, step: str) -> None:
    fill_in(client, {**CALM}, life=True)

    name, _, id_ = step.partition(".")
    assert id_ not in visit_of(client).given.get(name, {})


@pytest.mark.hazard("H-05")
def test_stopping_before_the_emergency_questions_are_done_says_that_it_is_not_complete(
    client: Client,
) -> None:
    fill_in(client, {**CALM, "sex": "male"}, at_most=6)

    found = assessed(visit_of(client)).triage
    html = client.get("/uitslag/").content.decode()

    assert not found.complete
    assert found.urgency == "same_day"
    assert 'href="/vragen/"' in html


def test_a_page_says_how_many_questions_about_signs_can_still_come_and_it_only_gets_less(
    client: Client,
) -> None:
    left, number = [], 1
    while (page := client.get(f"/vragen/{number}/")).status_code == 200:
        html = page.content.decode()
        told = re.search(r'class="progress">[^<0-9]*(\d+)[^<]*<', html)
        form = form_of(f"/vragen/{number}/", html)
        if not told or form.page == "offer":
            break
        left.append(int(told[1]))
        asked = page_at(visit_of(client), number)
        assert asked is not None
        client.post(form.url, sent_for(form, asked, flat({**CALM, "sex": "male"})))
        number += 1

    assert len(left) > 10
    assert left == sorted(left, reverse=True)


@pytest.mark.hazard("H-11")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_that_tells_who_someone_is_is_asked_before_the_result(
    client: Client, language: str
) -> None:
    client.cookies["language"] = language
    for form in forms_of(client, AUTHOR):
        html = client.get(form.url).content.decode()
        assert 'type="email"' not in html
        assert 'type="tel"' not in html
        assert not any(f'name="{name}"' in html for name in PERSONAL)


@pytest.mark.hazard("H-07")
def test_the_order_in_which_answers_were_given_changes_nothing(client: Client) -> None:
    fill_in(client, CALM)
    straight = assessed(visit_of(client)).triage
    asked = visit_of(client).asked
    client.cookies.clear()
    fill_in(client, {**CALM, "leg_pain": "one_below_knee", "age_years": 71, "pain_nrs": 8})
    for number, page in enumerate(visit_of(client).asked, start=1):
        if page.page in ("leg_pain", "age_years", "pain_nrs"):
            answer = str(CALM[page.page])
            client.post(f"/controle/{number}/", {"page": page.page, "answer": answer})
    fill_in(client, CALM)

    given = visit_of(client).given
    assert {name: given.get(name) for page in asked for name in page.answers} == {
        name: it for page in asked for name, it in page.answers.items()
    }
    assert assessed(visit_of(client)).triage.urgency == straight.urgency
