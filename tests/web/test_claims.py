"""A title or text on the site: judged as the library judges it, kept nowhere, never run."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from people import AUTHOR
from walks import load_answers

from rugkompas.claims.judge import judge
from rugkompas.web.rules import knowledge

LOUD = "De beste oefening voor rugklachten!"
CALM_TITLE = "Lage rugpijn: wanneer naar de huisarts?"


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(?:<label[^>]*>)?([^<]+)", page)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("title", [LOUD, CALM_TITLE, "5 tips voor een schone keuken"])
def test_the_site_says_what_the_library_says(client: Client, title: str) -> None:
    verdict = judge()(title)
    key = verdict.oversimplified if verdict.state == "judged" else verdict.state

    page = client.post("/titel/", {"text": title}).content.decode()

    assert knowledge().words["nl"].claims[key] == heading(page)


def test_the_words_that_count_are_marked(client: Client) -> None:
    page = client.post("/titel/", {"text": LOUD}).content.decode()

    assert "<mark>beste oefening voor rugklachten</mark>" in page


def test_the_link_to_a_result_gives_the_same_result(client: Client) -> None:
    first = client.post("/titel/", {"text": LOUD}).content.decode()
    link = re.search(r'href="(/titel/\?t=[^"]+)"', first)
    assert link

    again = Client(HTTP_HOST="127.0.0.1").get(html.unescape(link[1])).content.decode()

    assert heading(first) == heading(again)


def test_a_whole_text_has_no_link_because_a_link_would_hold_it(client: Client) -> None:
    text = "Rugpijn gaat vaak vanzelf over. " * 60

    page = client.post("/titel/", {"text": text}).content.decode()

    assert 'href="/titel/?t=' not in page


def test_somebody_with_answers_reads_what_it_means_for_them(client: Client) -> None:
    without = client.post("/titel/", {"text": "Wandelen geneest rugpijn"}).content.decode()
    load_answers(client, AUTHOR)

    with_ = client.post("/titel/", {"text": "Wandelen geneest rugpijn"}).content.decode()

    assert heading(without) == heading(with_)
    assert len(with_) > len(without)


def test_a_checked_title_starts_no_visit_and_leaves_no_cookie_of_it(client: Client) -> None:
    client.post("/titel/", {"text": LOUD})

    assert "visit" not in client.cookies or not client.cookies["visit"].value


@pytest.mark.parametrize(
    ("text", "status"),
    [("", 422), ("   ", 422), ("x" * 20_001, 422), ("x", 200), ("👩‍⚕️", 200), ("\u202eגב", 200)],
)
def test_what_cannot_be_judged_is_said(client: Client, text: str, status: int) -> None:
    response = client.post("/titel/", {"text": text})

    assert status == response.status_code
    assert "<h1" in response.content.decode()


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> rugpijn weg in 5 minuten",
        '"><img src=x onerror=alert(1)> De beste oefening voor uw rug',
        "{{ 7 * 7 }} rugpijn voorgoed weg",
        "javascript:alert(1) rug",
    ],
)
def test_a_text_is_shown_and_never_run(client: Client, text: str) -> None:
    posted = client.post("/titel/", {"text": text}).content.decode()
    linked = client.get("/titel/", {"t": text}).content.decode()

    for page in (posted, linked):
        assert "<script" not in page
        assert "<img" not in page
        assert "49" not in heading(page)
        assert 'href="javascript:alert' not in page


def test_a_very_long_link_is_answered_with_a_clear_page(client: Client) -> None:
    response = client.get("/titel/", {"t": "rug " * 6000})

    assert 422 == response.status_code
