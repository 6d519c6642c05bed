"""Longer texts and pages: scripts are never read, sentences are judged, quality is counted."""

from __future__ import annotations

import pytest

from rugkompas.catalogue import Knowledge
from rugkompas.claims.document import Document, Reader, is_title
from rugkompas.claims.judge import judge
from rugkompas.claims.page import readable

GOOD = """<html><head><title>Low back pain</title><script>alert("cure back pain")</script></head>
<body><h1>Low back pain: what helps?</h1>
<p>Last reviewed: 3 March 2025. This leaflet follows the NICE guideline.</p>
<p>Most people recover within a few weeks without treatment.</p>
<p>There is little evidence that one kind of exercise is better. Other treatments are possible.</p>
<p>See your GP when you cannot pass water. Your insurance may not cover this.</p></body></html>"""
BAD = """Get rid of back pain for good!
This one stretch cures sciatica in 5 minutes. Doctors won't tell you this secret.
Order now: the best back brace for everyone with back pain.
"""


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge, judge())


def met(document: Document) -> set[str]:
    return {id_ for id_, at in document.criteria.items() if at is not None}


def test_a_careful_page_meets_every_criterion_and_promises_nothing(reader: Reader) -> None:
    found = reader(GOOD)

    assert met(found) == set(found.criteria)
    assert found.verdict.oversimplified == "no"
    assert found.title == "Low back pain: what helps?"
    start, end = found.criteria["no_treatment"] or (0, 0)
    assert found.text[start:end].startswith("Most people recover")


def test_a_loud_page_is_marked_sentence_by_sentence(reader: Reader) -> None:
    found = reader(BAD)

    assert found.verdict.oversimplified == "yes"
    assert len(found.sentences) >= 3
    assert "date" not in met(found)
    for span in found.verdict.spans:
        assert found.text[span.start : span.end].strip()


def test_scripts_and_styles_are_not_read() -> None:
    title, text = readable(GOOD + "<style>cure back pain</style><svg><text>heal</text></svg>")

    assert title == "Low back pain: what helps?"
    assert "alert" not in text
    assert "cure" not in text
    assert "heal" not in text


@pytest.mark.parametrize("html", ["<p", "<![CDATA[", "<!doctype", "<script>", "</p></p>", "<a <b>"])
def test_broken_markup_does_not_stop_the_reader(html: str, reader: Reader) -> None:
    assert reader(html + " back pain\n<p>text</p>").verdict.oversimplified == "no"


def test_one_loud_sentence_alone_gives_doubt(reader: Reader) -> None:
    found = reader("About our clinic.\nWe treat back pain.\nWe cure back pain for good.\nCall us.")

    assert found.verdict.oversimplified == "unsure"


def test_a_text_in_two_languages_is_read_in_both(reader: Reader) -> None:
    found = reader("How to get rid of back pain forever.\nZo kom je voorgoed van je rugpijn af.\n")

    assert found.mixed
    assert len(found.sentences) == 2


def test_a_text_on_something_else_says_so(reader: Reader) -> None:
    assert reader("The best pasta.\nCook it in 5 minutes.\n").verdict.state == "not_about_backs"


def test_what_is_a_title_and_what_is_a_text() -> None:
    assert is_title("Cure sciatica in 7 days")
    assert not is_title("One line.\nAnother line.")
    assert not is_title("<p>Cure sciatica</p>")
    assert not is_title("word " * 100)
