"""The shapes: text, page and PDF hold the same facts, and stay inert and the same."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET

import pypdf
import pytest
from readers import DAY, EVERYONE, PEOPLE, made, page_text, pdf_text

from pages import Page, squeezed
from rugkompas import load_knowledge
from rugkompas.outputs.page import html
from rugkompas.outputs.parts import sentences
from rugkompas.outputs.pdf import pdf
from rugkompas.outputs.text import render


@pytest.mark.parametrize(("name", "language"), EVERYONE)
@pytest.mark.hazard("H-08")
def test_text_page_and_pdf_hold_every_sentence_of_the_report(name: str, language: str) -> None:
    it = made(name, language)
    outputs = {
        "text": squeezed(render(it, 120)),
        "page": squeezed(page_text(html(it))),
        "pdf": squeezed(pdf_text(it)),
    }
    told = [sentence for sentence in sentences(it) if sentence != it.status_short]

    missing = {
        kind: [sentence for sentence in told if squeezed(sentence) not in text]
        for kind, text in outputs.items()
    }

    assert missing == {"text": [], "page": [], "pdf": []}


@pytest.mark.parametrize("width", [40, 57, 80, 120, 300])
def test_text_never_grows_wider_than_asked_and_loses_nothing(width: int) -> None:
    it = made("planned")

    text = render(it, width)

    assert max(map(len, text.splitlines())) <= min(width, 120)
    assert [s for s in sentences(it.about) if squeezed(s) not in squeezed(text)] == []


def test_text_without_colour_has_no_escape_code_and_with_colour_the_same_words() -> None:
    it = made("emergency")

    plain, coloured = render(it, 80), render(it, 80, colour=True)

    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).split() == plain.split()


@pytest.mark.hazard("H-16")
def test_the_emergency_number_is_a_link_to_call() -> None:
    links = [attrs.get("href") for tag, attrs in Page(html(made("ambulance"))).tags if tag == "a"]

    assert "tel:112" in links
    assert b"tel:112" in pdf(made("ambulance"))


HOSTILE = '<img src=x onerror="alert(1)">]}}{{7*7}} #panic("x") \x1b[31m\u202e'
SHOWN = '<img src=x onerror="alert(1)">]}}{{7*7}} #panic("x") [31m'


@pytest.mark.hazard("H-51")
def test_what_a_person_typed_is_shown_and_never_interpreted() -> None:
    it = made("self_care", activities=[{"name": HOSTILE, "start_0_10": 8}], id=HOSTILE)
    page, text, paper = html(it), render(it, 120), pdf_text(it)

    assert "<img" not in page
    assert squeezed(SHOWN) in squeezed(page_text(page))
    assert "\x1b" not in text
    assert "\u202e" not in page + text + paper
    assert squeezed(SHOWN) in squeezed(text)
    assert squeezed(SHOWN) in squeezed(paper)


@pytest.mark.parametrize(("name", "language"), EVERYONE)
@pytest.mark.hazard("H-45")
def test_the_page_asks_nothing_from_anywhere_and_runs_nothing(name: str, language: str) -> None:
    page = html(made(name, language))
    reader = Page(page)
    links = [a["href"] or "" for tag, a in reader.tags if tag == "a"]
    allowed = {source.url for source in load_knowledge().sources.values()} | {"tel:112"}

    assert {"script", "link", "iframe", "object", "form"}.isdisjoint({t for t, _ in reader.tags})
    assert [a for _, a in reader.tags if {"src", "srcset"} & set(a)] == []
    assert [a for _, a in reader.tags if any(key.startswith("on") for key in a)] == []
    assert "url(" not in page
    assert "@import" not in page
    assert [link for link in links if not link.startswith("#") and link not in allowed] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_no_part_has_a_style_of_its_own_so_a_strict_policy_can_serve_it(name: str) -> None:
    page = html(made(name))

    assert [a for _, a in Page(page).tags if "style" in a] == []
    assert page.count("<style") == 1


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_the_page_has_a_language_one_main_heading_and_no_skipped_level(
    name: str, language: str
) -> None:
    reader = Page(html(made(name, language)))
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch("h[1-6]", tag)]
    ids = [a["id"] for _, a in reader.tags if "id" in a]
    targets = [a["href"] for tag, a in reader.tags if tag == "a" and (a["href"] or "")[0] == "#"]

    assert next(a["lang"] for tag, a in reader.tags if tag == "html") == language
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert len(ids) == len(set(ids))
    assert [target for target in targets if str(target)[1:] not in ids] == []


def test_the_band_is_drawn_as_an_area_with_a_title_and_repeated_in_a_table() -> None:
    page = html(made("self_care"))
    figure = re.search(r'<div class="band">.*?(<svg.*?</svg>)', page, re.S)
    drawing = ET.fromstring(figure[1])  # type: ignore[index]
    space = "{http://www.w3.org/2000/svg}"
    corners = drawing.find(f"{space}polygon").get("points", "").split()  # type: ignore[union-attr]

    assert drawing.find(f"{space}title") is not None
    assert drawing.find(f"{space}desc") is not None
    assert len(corners) == 8
    assert drawing.findall(f"{space}polyline") == []
    assert "49 tot 62" in page


@pytest.mark.parametrize(("name", "language"), EVERYONE)
@pytest.mark.hazard("H-07")
def test_the_same_answers_give_the_same_bytes(name: str, language: str) -> None:
    first, second = made(name, language), made(name, language)

    assert render(first) == render(second)
    assert html(first) == html(second)
    assert pdf(first) == pdf(second)


def test_the_pdf_is_tagged_titled_and_in_its_language() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(made("planned", "en"))))
    root = reader.trailer["/Root"]

    assert root["/Lang"] == "en"  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"] == True  # type: ignore[index]  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Your Rugkompas result · Make an appointment"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == DAY


@pytest.mark.parametrize(("name", "pages"), [("self_care", 3), ("emergency", 2), ("same_day", 3)])
def test_a_typical_report_stays_short_on_paper(name: str, pages: int) -> None:
    assert len(pypdf.PdfReader(io.BytesIO(pdf(made(name)))).pages) <= pages


def test_without_typst_a_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)

    with pytest.raises(ImportError, match=r"pip install 'rugkompas\[pdf\]'"):
        pdf(made("self_care"))
