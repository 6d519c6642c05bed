"""The pages that explain, on the site: nothing of a visitor, nothing told by an address."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from people import AUTHOR
from walks import load_answers

from rugkompas.catalogue import load
from rugkompas.outputs.topic_report import in_order
from rugkompas.web.cookies import LANGUAGE_COOKIE, LANGUAGES

NUMBERS = [topic.number for topic in in_order(load())]
HEALTH = re.compile(r"rug(?!kompas)|back|pijn|pain|oefen|exercis|zwanger|pregnan|medic|zorg", re.I)


def page(client: Client, url: str, language: str = "nl") -> str:
    client.cookies[LANGUAGE_COOKIE] = language
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_leads_to_every_page(client: Client, language: str) -> None:
    listed = page(client, "/uitleg/", language)

    for topic in load().topics.values():
        assert f'href="/uitleg/{topic.number}/"' in listed
        assert load().words[language].topics[topic.id].short.split("’")[0] in listed


@pytest.mark.hazard("H-43")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_no_address_and_no_title_tells_what_somebody_reads(
    client: Client, number: int, language: str
) -> None:
    html = page(client, f"/uitleg/{number}/", language)
    title = re.search(r"<title>(.*?)</title>", html)

    assert title
    assert not HEALTH.search(title[1].replace("Rugkompas", ""))
    for address in re.findall(r'href="(/uitleg/[^"#]*)', html):
        assert re.fullmatch(r"/uitleg/(\d+/)?", address)


@pytest.mark.hazard("H-43")
@pytest.mark.parametrize("number", NUMBERS)
def test_a_page_is_the_same_whatever_a_visitor_answered(client: Client, number: int) -> None:
    def main(html: str) -> str:
        return html.partition("<main")[2].partition("</main>")[0]

    before = page(client, f"/uitleg/{number}/")
    load_answers(client, AUTHOR)

    assert main(page(client, f"/uitleg/{number}/")) == main(before)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_note_leads_to_a_source_on_the_page(client: Client, number: int) -> None:
    html = page(client, f"/uitleg/{number}/")
    notes = set(re.findall(r'href="#(source-\d+)"', html))

    assert notes
    assert notes == set(re.findall(r'id="(source-\d+)"', html))


@pytest.mark.parametrize("number", ["0", "15", "99999999", "-1", "x"])
def test_another_number_is_no_page(client: Client, number: str) -> None:
    assert client.get(f"/uitleg/{number}/").status_code == 404


def rules(html: str) -> set[str]:
    return set(re.findall(r"regel ([A-Z]\d\d)", html))


def test_the_rules_are_sifted_by_word_urgency_and_ground(client: Client) -> None:
    everything = rules(page(client, "/uitleg/14/"))

    assert everything == set(load().red_flags)
    assert "E11" in rules(page(client, "/uitleg/14/?w=zwanger"))
    assert rules(page(client, "/uitleg/14/?s=4")) == {
        id_ for id_, flag in load().red_flags.items() if flag.tier == "emergency"
    }
    grounds = [rules(page(client, f"/uitleg/14/?g={number}")) for number in range(4)]
    assert set().union(*grounds) == everything


@pytest.mark.hazard("H-46")
def test_what_was_looked_for_stands_in_the_form_alone(client: Client) -> None:
    html = page(client, "/uitleg/14/?w=kanarievogel")

    assert html.count("kanarievogel") == 1
    assert "Geen regel past hierbij" in html


HOSTILE = (
    *("<script>alert(1)</script>", '"><img src=x>', "%00", "a" * 5000, "{{ 7*7 }}", "'; DROP"),
    *("\u202e", "%ff", "🙂" * 90),
)


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("name", ["w", "s", "g", "x"])
def test_anything_may_be_typed(client: Client, typed: str, name: str) -> None:
    response = client.get("/uitleg/14/", {name: typed})

    assert response.status_code == 200
    assert b"<script" not in response.content
    assert b"<img" not in response.content


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("number", NUMBERS)
def test_every_page_says_that_nobody_signed_it(client: Client, number: int) -> None:
    assert "Nog geen arts of fysiotherapeut heeft deze tekst getekend" in page(
        client, f"/uitleg/{number}/"
    )
