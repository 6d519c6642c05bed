"""Without a practice it is a demonstration, and every page, print and file says so (H-40)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from people import ADDRESSES, AUTHOR, CALM
from pypdf import PdfReader
from walks import load_answers

from pages import Page, squeezed
from rugkompas.outputs.sentences import Voice
from rugkompas.web import rules, shown
from rugkompas.web.practice import Practice

PRACTICE = Practice(
    operator="Praktijk De Linde, Dorpsstraat 1, Ons Dorp",
    contact="info@linde.example",
    clinician="A. de Vries, fysiotherapeut",
    country="NL",
)
EMERGENCY = {**CALM, "bladder_change": "new_or_changed"}
PAPERS = ("/uitslag.pdf", "/plan.pdf", "/samenvatting.pdf")


def forget_frames() -> None:
    """What is made once for all pages is made anew under other settings."""
    for made_once in (rules.knowledge, shown._shared, shown._templates):
        made_once.cache_clear()


@pytest.fixture
def practice() -> Iterator[Practice]:
    """The site as a practice runs it, with all names set."""
    with override_settings(PRACTICE=PRACTICE):
        forget_frames()
        yield PRACTICE
    forget_frames()


def banner(language: str) -> str:
    return squeezed(Voice(rules.knowledge(), language)("status"))


def pages_of(client: Client, language: str) -> Iterator[tuple[str, str]]:
    """(address, HTML) of every page that a person can see. The page after wiping tells nothing
    about health on purpose (H-43), so it says nothing about a demonstration either."""
    client.cookies["language"] = language
    for answers in (AUTHOR, EMERGENCY):
        load_answers(client, answers)
        for address in (*ADDRESSES, "/vragen/5/", "/nergens/"):
            response = client.get(address)
            if response.content.startswith(b"<!doctype html>"):
                yield address, response.content.decode()
    yield "/verder/", client.post("/verder/").content.decode()


def paper_of(client: Client, address: str) -> str:
    reader = PdfReader(io.BytesIO(client.get(address).content))
    return squeezed("".join(page.extract_text() for page in reader.pages))


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_a_practice_every_page_says_that_it_is_a_demonstration(
    client: Client, language: str
) -> None:
    expected, count = banner(language), 0
    for address, html in pages_of(client, language):
        assert expected in squeezed(Page(html).text), address
        count += 1

    assert count > 25


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("address", PAPERS)
def test_without_a_practice_every_paper_says_that_it_is_a_demonstration(
    client: Client, address: str, language: str
) -> None:
    client.cookies["language"] = language
    load_answers(client, AUTHOR)

    assert banner(language) in paper_of(client, address)


@pytest.mark.hazard("H-40")
def test_the_banner_is_printed_with_the_page(client: Client) -> None:
    css = client.get("/static/site.css").getvalue().decode()
    css += client.get("/static/report.css").getvalue().decode()
    html = client.get("/over/").content.decode()

    assert '<aside class="status">' in html
    for block in css.split("@media print")[1:]:
        hidden = [rule for rule in block.split("}") if "display:none" in rule.replace(" ", "")]
        assert not any(".status" in rule for rule in hidden)


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_with_a_practice_no_page_says_that_it_is_a_demonstration(
    client: Client, practice: Practice, language: str
) -> None:
    unwanted = banner(language)

    for address, html in pages_of(client, language):
        assert unwanted not in squeezed(Page(html).text), address
        assert 'class="status"' not in html, address


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_with_a_practice_its_names_stand_where_people_look_for_them(
    client: Client, practice: Practice, language: str
) -> None:
    client.cookies["language"] = language
    about, privacy = (
        Page(client.get(path).content.decode()).text for path in ("/over/", "/privacy/")
    )

    assert practice.clinician in about
    assert practice.operator in privacy
    assert practice.contact in privacy


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("address", PAPERS)
def test_with_a_practice_no_paper_says_that_it_is_a_demonstration(
    client: Client, practice: Practice, address: str
) -> None:
    load_answers(client, AUTHOR)

    assert banner("nl") not in paper_of(client, address)


def test_the_names_of_a_practice_are_text_and_never_markup(client: Client) -> None:
    hostile = Practice("<b>De Linde</b>", "<script>x</script>", "<img src=x>", "NL")
    with override_settings(PRACTICE=hostile):
        forget_frames()
        load_answers(client, AUTHOR)
        paths = ("/over/", "/privacy/", "/uitslag/")
        found = [client.get(path).content.decode() for path in paths]
    forget_frames()

    for html in found:
        assert "<b>De Linde" not in html
        assert "<script" not in html
        assert "<img" not in html
