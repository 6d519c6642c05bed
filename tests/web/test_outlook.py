"""How it may go on, on the site: the same numbers as the command, and never before a call."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from people import AUTHOR, CALM
from walks import load_answers

from pages import Page
from rugkompas import prognosis
from rugkompas.outputs.prognosis_report import prognosis_report


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
