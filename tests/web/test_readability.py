"""Every page that a person can see, as it is served: plain, whole, and in one language.

The words alone are held by tests/house; here it is what stands together on a page. Left out are
the titles of publications, the figures for professionals and what a person wrote in a diary: they
are quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from every_page import PEOPLE, every_page, question_pages

from pages import Block, Blocks
from readability import (
    EASE,
    HARD,
    JARGON,
    LONGEST,
    MEAN,
    Sentence,
    ease,
    is_whole,
    mean_length,
    sentences,
)
from rugkompas.assess import assess
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER
from rugkompas.web.cookies import LANGUAGES
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import words

QUOTED = {"sources", "figures", "titles", "told"}
PROFESSIONAL = ("/samenvatting/", "/dagboek/blad/ twelve weeks")
"""The sheets for a GP or physiotherapist: as short and as easy to read, in words of the field."""
FEW = 3
"""Sentences below which an average says nothing."""
MEDICINE = re.compile(
    r"acenocoumarol|[fp]h?enprocoumon|apixaban|rivaroxaban|edoxaban|dabigatran|heparine?|warfarine?"
    r"|pregabaline?|gabapentine?|amitriptyline|duloxetine|citalopram|sertraline|paroxetine"
    r"|fluoxetine|paracetamol|ibuprofen|naproxen|diclofenac",
    re.I,
)
"""Names that are compared with a box, not read: each counts as one short word."""
SIGNS_OF = {
    "nl": (
        *("een", "het", "niet", "uw", "voor", "met", "bij", "wordt", "kunt", "heeft", "naar"),
        *("geen", "zijn", "ook", "als", "deze", "dat", "wij", "hoe", "wie", "welke", "vraag"),
    ),
    "en": (
        *("the", "and", "you", "your", "for", "with", "not", "that", "this", "to", "are"),
        *("which", "from", "have", "does", "be", "can", "if", "there", "they", "question"),
    ),
}
"""Common words that exist in one of the two languages only."""
ADDRESSED_AS_A_FRIEND = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.I)
RAW = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\{\w*\}|\{\{|\bUndefined\b")
OWN_WORDS = re.compile(r"<textarea|<input(?! class=)[^>]* type=\"text\"")
OTHER = {"nl": "en", "en": "nl"}

Pages = Mapping[str, list[Block]]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def served(language: str) -> dict[str, str]:
    """Every page as it is served."""
    return every_page(language)


@pytest.fixture(scope="module")
def pages(served: dict[str, str]) -> Pages:
    """Every page, block by block."""
    return {name: Blocks(html).blocks for name, html in served.items()}


def read_on(blocks: list[Block], part: str = "html") -> list[Sentence]:
    """The sentences that stand in a part of a page."""
    return [
        sentence
        for block in blocks
        if block.read and part in block.inside and not QUOTED & block.inside
        for sentence in sentences({"page": MEDICINE.sub("x", block.text)})
    ]


def texts_of(pages: Pages, *, professional: bool = True) -> Iterator[tuple[str, str]]:
    """(page, text) for everything that is seen or heard, without quotations."""
    for name, blocks in pages.items():
        if professional or not any(sheet in name for sheet in PROFESSIONAL):
            for block in blocks:
                if not QUOTED & block.inside:
                    yield name, block.text


def found(pages: Pages, patterns: tuple[str, ...], *, professional: bool = True) -> set[str]:
    """What one of the patterns finds in any text."""
    return {
        f"{pattern!r} in: {text}"
        for _, text in texts_of(pages, professional=professional)
        for pattern in patterns
        if re.search(pattern, text.lower())
    }


def test_the_pages_are_all_pages(pages: Pages) -> None:
    """Every question on its own page, every urgency, and no page without words."""
    asked = {name.split()[2] for name in pages if " question " in name}
    urgencies = {
        assess({key: it for key, it in who.items() if it is not None}, on=today()).triage.urgency
        for who in PEOPLE.values()
    }

    assert asked == set(question_pages())
    assert urgencies == set(knowledge().words["nl"].tiers)
    assert [name for name, blocks in pages.items() if len(read_on(blocks, "main")) < FEW] == []


@pytest.mark.hazard("H-10", "H-36")
def test_no_page_holds_a_long_sentence(pages: Pages) -> None:
    long = {
        f"{len(sentence.words)} words: {sentence.text}"
        for blocks in pages.values()
        for sentence in read_on(blocks)
        if len(sentence.words) > LONGEST
    }

    assert long == set()


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize("part", ["html", "main"])
def test_the_sentences_of_a_page_are_short_and_easy(part: str, language: str, pages: Pages) -> None:
    hard = []
    for name, blocks in pages.items():
        whole = [sentence for sentence in read_on(blocks, part) if is_whole(sentence)]
        mean, score = mean_length(whole), ease(whole, language)
        if mean > MEAN or score < EASE[language]:
            hard.append(f"{name}: reading ease {score:.0f}, {mean:.1f} words a sentence")

    assert hard == []


@pytest.mark.hazard("H-10")
def test_no_page_uses_jargon_or_hard_words(language: str, pages: Pages) -> None:
    aside = knowledge().words[language].report["aside"].partition(":")[0]
    jargon = found(pages, JARGON[language], professional=False)

    assert {hit for hit in jargon if f" in: {aside}" not in hit} == set()
    assert found(pages, HARD[language]) == set()


@pytest.mark.hazard("H-17", "H-18")
def test_no_page_reassures_falsely_or_speaks_of_damage(language: str, pages: Pages) -> None:
    forbidden = read(FOLDER / "words" / language / "forbidden.yaml")

    assert found(pages, tuple(forbidden)) == set()


@pytest.mark.hazard("H-09")
def test_no_page_shows_a_key_or_a_gap_where_a_sentence_should_be(pages: Pages) -> None:
    raw = {f"{name}: {text}" for name, text in texts_of(pages) if RAW.search(text)}

    assert raw == set()


@pytest.mark.hazard("H-09")
def test_every_page_says_its_language_and_speaks_it(language: str, pages: Pages) -> None:
    wrong = {
        f"{block.lang}: {block.text}"
        for blocks in pages.values()
        for block in blocks
        if not QUOTED & block.inside and _strange(block)
    }
    elsewhere = {
        block.text
        for blocks in pages.values()
        for block in blocks
        if block.lang != language and not {"button", *QUOTED} & block.inside
    }

    assert wrong == set()
    assert elsewhere == set()


def _strange(block: Block) -> bool:
    if block.lang not in OTHER:
        return True
    words = set(re.findall(r"\w+", block.text.lower()))
    return bool(words & set(SIGNS_OF[OTHER[block.lang]]))


def test_every_page_says_u(language: str, pages: Pages) -> None:
    friendly = {text for _, text in texts_of(pages) if ADDRESSED_AS_A_FRIEND.search(text)}

    assert language != "nl" or friendly == set()


@pytest.mark.hazard("H-20", "H-22")
def test_every_page_with_room_for_own_words_says_that_nobody_reads_and_whom_to_call(
    language: str, served: dict[str, str], pages: Pages
) -> None:
    room = {name for name, html in served.items() if OWN_WORDS.search(html)}
    line = words(language)("crisis")
    told = {name for name, text in texts_of(pages) if text == line}

    assert len(room) > 9
    assert room - told == set()
