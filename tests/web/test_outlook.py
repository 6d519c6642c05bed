"""How it may go on, on the site: the same numbers as the command, and never before a call."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from people import AUTHOR, CALM
from walks import load_answers, visit_of

from pages import Page
from rugkompas import prognosis
from rugkompas.assess.pages import OUTLOOK
from rugkompas.outputs.prognosis_report import prognosis_report
from rugkompas.web.rules import knowledge


def of(answers: Any) -> Client:
    """Somebody with these answers, at the result."""
    client = Client(HTTP_HOST="127.0.0.1")
    told = {name: answer for name, answer in answers.items() if answer is not None}
    assert load_answers(client, told).status_code == 302
    return client


@pytest.mark.parametrize("who", [AUTHOR, CALM])
def test_the_page_says_what_the_command_says(who: dict[str, Any]) -> None:
    report = prognosis_report(prognosis(who), "nl")

    text = " ".join(Page(of(who).get("/vooruit/").content.decode()).text.split())

    for section in report.sections:
        assert section.title in text
        for share in section.shares:
            assert share.text in text


def test_the_result_leads_to_it() -> None:
    assert 'href="/vooruit/"' in of(CALM).get("/uitslag/").content.decode()


def test_a_few_more_answers_make_the_range_smaller_and_stay() -> None:
    client = of(AUTHOR)
    told = {"previous_episodes_class": "none", "leg_pain_nrs": 0, "general_health_0_100": 80}
    sent = {f"answer{OUTLOOK.index(step) or ''}": str(it) for step, it in told.items()}

    assert client.post("/vooruit/vragen/", sent).headers["Location"] == "/vooruit/"

    before, after = (prognosis(who).chances[3] for who in (AUTHOR, AUTHOR | told))
    assert after.upper - after.lower < before.upper - before.lower
    page = " ".join(Page(client.get("/vooruit/").content.decode()).text.split())
    assert prognosis_report(prognosis(AUTHOR | told), "nl").sections[0].shares[0].text in page
    assert 'value="80"' in client.get("/vooruit/vragen/").content.decode()


def test_what_is_typed_wrong_stays_on_the_page_with_the_rest() -> None:
    client = of(CALM)
    places = {step: f"answer{OUTLOOK.index(step) or ''}" for step in OUTLOOK}

    response = client.post(
        "/vooruit/vragen/",
        {places["general_health_0_100"]: "101", places["pain_elsewhere_2w"]: "no"},
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="101"' in text
    assert text.count(" checked") == 1
    assert not set(OUTLOOK) & visit_of(client).given.keys()


def test_every_question_has_its_words_and_moves_the_chance() -> None:
    held = knowledge()
    reads = {read.answer for part in held.prognosis.predictors for read in part.reads}
    for step in OUTLOOK:
        assert step in reads
        for language in held.words.values():
            assert set(language.questions[step].values) == set(held.questions[step].values)


@pytest.mark.hazard("H-19")
@pytest.mark.parametrize(
    "alarm", [{"bladder_change": "new_or_changed"}, {"fever_or_chills": "yes"}]
)
def test_who_has_to_call_is_told_that_instead(alarm: dict[str, Any]) -> None:
    client = of(CALM | alarm)

    assert client.get("/vooruit/").headers["Location"] == "/uitslag/"
    assert "/vooruit/" not in client.get("/uitslag/", follow=True).content.decode()


def test_without_answers_the_questions_come_first() -> None:
    assert Client(HTTP_HOST="127.0.0.1").get("/vooruit/").headers["Location"] == "/vragen/"
