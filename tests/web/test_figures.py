"""Figures on the site: the same numbers as everywhere, and nothing of a group stays."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import Client
from test_hostile import STRINGS

from rugkompas.outputs.burden_data import as_csv, figures_rows
from rugkompas.outputs.burden_frame import Told
from rugkompas.outputs.burden_report import in_order
from rugkompas.rules.burden import expected, published
from rugkompas.web.cookies import LANGUAGE_COOKIE, LANGUAGES
from rugkompas.web.rules import knowledge

GROUP = "/cijfers/groep/"
FIGURES = in_order(knowledge())


def page(client: Client, url: str, language: str = "nl") -> str:
    client.cookies[LANGUAGE_COOKIE] = language
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda it: it.id)
def test_a_page_shows_every_number_of_its_figure_with_its_definition(
    client: Client, figure: object, language: str
) -> None:
    html = page(client, f"/cijfers/{figure.number}/", language)
    cells = set(re.findall(r"<td[^>]*>([^<]*)</td>", html))
    said = Told(knowledge(), language)

    for row in figure.rows:
        assert {said.value_of(row, figure), said.range_of(row, figure)} & cells, row.id
        if row.low is not None:
            assert said.range_of(row, figure) in cells
    words = knowledge().words[language].burden_figures[figure.id]
    assert f'<p class="meaning">{words.definition}</p>' in html
    assert 'id="source-1"' in html
    if re.search(r"\d%", html):
        assert html.index('class="meaning"') < html.index("<table")


def test_every_figure_can_be_reached_from_the_first_page_of_figures(client: Client) -> None:
    html = page(client, "/cijfers/")

    assert [it.number for it in FIGURES if f'href="/cijfers/{it.number}/"' not in html] == []
    assert 'href="/cijfers/groep/"' in html
    assert 'href="/cijfers/artikel/"' in html
    assert 'href="/cijfers/"' in page(client, "/")


@pytest.mark.hazard("H-43")
def test_no_address_and_no_title_of_a_figure_tells_about_health(client: Client) -> None:
    urls = ["/cijfers/", "/cijfers/artikel/", GROUP]
    for url in (*urls, *(f"/cijfers/{it.number}/" for it in FIGURES)):
        html = page(client, url)
        title = re.search(r"<title>(.*?)</title>", html, re.S)
        assert title
        assert not re.search(r"rug(?!kompas)|pijn|klacht|arts", title[1].lower())


def test_a_choice_of_a_line_is_a_plain_link(client: Client) -> None:
    both, women = page(client, "/cijfers/11/"), page(client, "/cijfers/11/?wie=female")

    assert 'href="/cijfers/11/?wie=female"' in both
    assert "204,06" in both
    assert "204,06" not in women
    assert "285,57" in women
    for other in ("x", "", "<script>", "both"):
        assert "204,06" in page(client, f"/cijfers/11/?wie={other}")


def test_files_are_exact(client: Client) -> None:
    response = client.get("/cijfers.csv")

    assert response.headers["Content-Type"] == "text/csv"
    assert response.headers["Content-Disposition"] == 'attachment; filename="cijfers.csv"'
    assert response.content == as_csv(figures_rows(knowledge(), "nl", FIGURES))
    one = client.get("/cijfers/9.csv").content
    assert one == as_csv(figures_rows(knowledge(), "nl", [FIGURES[8]]))


@pytest.mark.parametrize("url", ["/cijfers/0/", "/cijfers/99/", "/cijfers/99.csv", "/cijfers/x/"])
def test_a_figure_that_is_not_there(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_a_group_gets_the_answer_of_the_rule(client: Client) -> None:
    found = expected({("40-44", "female"): 30, ("all", "both"): 120}, published(knowledge()))
    sent = {"n-40-44-female": "30", "n-all-both": " 120 "}

    html = client.post(GROUP, sent).content.decode()
    data = json.loads(client.post(GROUP, {**sent, "as": "json"}).content)
    file = client.post(GROUP, {**sent, "as": "csv"})
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))

    assert "Ongeveer 19 van deze 150 mensen" in html
    assert round(found.expected) == 19
    assert f"{found.low} tot {found.high} mensen" in html
    assert (data["lower"], data["upper"]) == (found.low, found.high)
    assert float(rows[-1]["expected"]) == pytest.approx(found.expected, abs=1e-6)
    assert 'value="30"' in html


@pytest.mark.parametrize("wrong", ["-1", "1,5", "1.000", "x", "9" * 300, "٣", "20000001"])
def test_what_was_typed_stays_beside_what_is_wrong_with_it(client: Client, wrong: str) -> None:
    response = client.post(GROUP, {"n-85-male": wrong, "n-all-both": "12"})
    html = response.content.decode()

    assert response.status_code == 422
    assert 'href="#n-85-male"' in html
    assert 'id="wrong-n-85-male"' in html
    assert (
        f'id="n-85-male" name="n-85-male" maxlength="20" autocomplete="off" value="{wrong[:20]}"'
        in html
    )
    assert 'value="12"' in html
    assert "<details open>" in html


def test_an_empty_form_says_what_to_do(client: Client) -> None:
    response = client.post(GROUP, {"n-all-both": " "})

    assert response.status_code == 422
    assert 'href="#n-all-both"' in response.content.decode()


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS.keys())
def test_hostile_text_is_text(client: Client, text: str) -> None:
    for sent in ({"n-40-44-male": text}, {"n-all-both": "3", "as": text}, {text[:50]: "3"}):
        response = client.post(GROUP, sent)
        assert response.status_code in (200, 422)
        assert "<script" not in response.content.decode()
        assert "<img" not in response.content.decode()


@pytest.mark.hazard("H-43")
def test_nothing_of_a_group_is_kept(client: Client) -> None:
    response = client.post(GROUP, {"n-40-44-female": "7351"})

    assert "7351" in response.content.decode() or "7.351" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert "7351" not in str(response.cookies)
    assert "7351" not in client.get(GROUP).content.decode()
    assert "7351" not in client.get(f"{GROUP}?n-40-44-female=7351").content.decode()


def test_the_form_needs_its_token(strict: Client) -> None:
    assert strict.post(GROUP, {"n-all-both": "12"}).status_code == 403
