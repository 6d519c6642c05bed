"""Questions and answers on the site: the alarm sign first, and nothing of a question kept."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from server import Browser, served
from test_hostile import LONG, STRINGS, only_text

from rugkompas.search import finder
from rugkompas.web.rules import knowledge
from rugkompas.web.searching import search

CANARY = "kanarievogel7391"


def ask(client: Client, question: str) -> str:
    return str(client.post("/antwoord/", {"question": question}).content.decode())


def asked(page: str) -> list[str]:
    """The questions that were found, in order."""
    part = page.split('<ol class="found">')[1].split("</ol>")[0] if "found" in page else ""
    return [html.unescape(it) for it in re.findall(r"<h[23]><a[^>]*>([^<]+)", part)]


def test_the_site_finds_what_the_library_finds(client: Client) -> None:
    words = knowledge().words["nl"].answers
    for question in ("spit in rug wat doen", "welk matras moet ik kopen", "mag ik tillen"):
        hits = finder().find(question, "nl").hits
        assert [words[hit.id].question for hit in hits] == asked(ask(client, question))
        assert search(question, "nl") == finder().find(question, "nl")


@pytest.mark.hazard("H-20")
@pytest.mark.parametrize(
    ("question", "rule", "tone"),
    [
        ("ik kan niet plassen en heb rugpijn", "E01", "emergency"),
        ("koorts en rugpijn", "S01", "same_day"),
        ("ik heb kanker gehad", "W01", "within_days"),
    ],
)
def test_an_alarm_sign_stands_first_with_its_urgency_and_whom_to_call(
    client: Client, question: str, rule: str, tone: str
) -> None:
    words = knowledge().words["nl"]
    do = words.contacts[knowledge().red_flags[rule].contact].do

    page = ask(client, question)
    main = page.split("<main")[1]

    assert f'<body class="{tone}">' in page
    assert words.report["faq_sign_title"] in main.split("</h1>")[0]
    assert html.unescape(main).index(do) < len(main) / 4
    assert words.red_flags[rule].reason in html.unescape(main)
    assert main.count("<h1") == 1


@pytest.mark.hazard("H-22")
def test_thoughts_of_death_bring_the_crisis_line_first(client: Client) -> None:
    main = ask(client, "ik wil niet meer leven").split("<main")[1]

    assert knowledge().words["nl"].report["faq_crisis_do"] in main[:800]


@pytest.mark.hazard("H-20")
def test_a_sign_in_a_question_that_is_too_long_is_shown_all_the_same(client: Client) -> None:
    response = client.post("/antwoord/", {"question": "rug " * 200 + "kan niet plassen"})

    assert response.status_code == 422
    assert knowledge().words["nl"].report["faq_sign_title"] in response.content.decode()


def test_an_answer_has_an_address_with_a_number_alone(client: Client) -> None:
    for it in knowledge().answers.values():
        page = client.get(f"/antwoord/{it.number}/").content.decode()
        assert knowledge().words["nl"].answers[it.id].question in html.unescape(page)
    assert client.get("/antwoord/0/").status_code == 404
    assert client.get("/antwoord/100000/").status_code == 404


@pytest.mark.hazard("H-43")
def test_no_address_and_no_title_tells_a_question(client: Client) -> None:
    titles = {
        re.search(r"<title>([^<]+)", page)[1]  # type: ignore[index]
        for page in (
            ask(client, "spit in rug"),
            ask(client, "ik wil dood"),
            client.get("/antwoord/").content.decode(),
            client.get("/antwoord/1/").content.decode(),
        )
    }
    response = client.post("/antwoord/", {"question": CANARY})
    page = client.get("/antwoord/", {"question": "spit"}).content.decode()

    assert len(titles) == 2
    assert "Location" not in response.headers
    assert not response.cookies.get("visit")
    assert not re.search(rf'(?:href|action)="[^"]*{CANARY}', response.content.decode())
    assert '<ol class="found">' not in page


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", {**STRINGS, **LONG})
def test_hostile_text_is_only_text(client: Client, kind: str) -> None:
    text = {**STRINGS, **LONG}[kind]

    response = client.post("/antwoord/", {"question": text})

    assert response.status_code in (200, 413, 422)
    only_text(response.content.decode(), text)


@pytest.mark.hazard("H-43", "H-46")
def test_nothing_of_a_question_is_left_anywhere(tmp_path: Path) -> None:
    with served(tmp_path) as site:
        browser = Browser(site)
        browser.get("/antwoord/")
        browser.post("/antwoord/", question=f"spit {CANARY}")
        assert CANARY in browser.html
        browser.post("/antwoord/", question=f"kan niet plassen {CANARY}")
        browser.post("/antwoord/", question=CANARY * 200)
        browser.get("/antwoord/1/")
    written = site.everything_written()

    assert b'"answers_list"' in written["err"]
    assert [name for name, data in written.items() if CANARY.encode() in data] == []


def test_what_can_be_chosen_and_where_to_go_on_stand_with_an_answer(client: Client) -> None:
    spit = knowledge().answers["spit"]
    page = html.unescape(client.get(f"/antwoord/{spit.number}/").content.decode())

    assert knowledge().words["nl"].options["stay_active"].label in page
    assert f'href="/antwoord/{knowledge().answers["how_long"].number}/"' in page
    assert 'href="/vragen/"' in page
