"""How the pages that explain read: as short, plain and free of promises as everything else, and
without a single number of their own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

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
from rugkompas.catalogue import load
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER, LANGUAGES

PROFESSIONAL = re.compile(r"\.terms$")
"""The line for health workers, which says so itself."""
MEDICINE = re.compile(r"paracetamol|\(?SNRI\)?|McKenzie|Owen|Shi\b|Hayden", re.I)
"""Names that are compared with a box or a reference, not read."""

FILES = [
    pytest.param(language, path, id=f"{language}/{path.parent.name}/{path.name}")
    for language in LANGUAGES
    for kind in ("topics", "report", "web", "errors")
    for path in sorted((FOLDER / "words" / language / kind).glob("*.yaml"))
    if kind == "topics" or path.stem == "topics"
]


def spoken(path: Path) -> list[Sentence]:
    """What people without training in care read."""
    return [
        Sentence(it.place, it.text, it.words)
        for it in sentences(_without_names(read(path)))
        if not PROFESSIONAL.search(it.place) and it.place != "topics_terms"
    ]


def _without_names(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _without_names(value) for key, value in content.items()}
    return MEDICINE.sub("x", content)


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize(("language", "path"), FILES)
def test_a_page_that_explains_is_short_and_easy(language: str, path: Path) -> None:
    found = spoken(path)
    whole = [it for it in found if is_whole(it)]

    assert [it.text for it in found if len(it.words) > LONGEST] == []
    assert mean_length(whole) <= MEAN
    assert ease(whole, language) >= EASE[language], sorted(
        (round(ease([it], language)), it.place, it.text) for it in whole
    )[:6]


@pytest.mark.hazard("H-10", "H-17", "H-18")
@pytest.mark.parametrize(("language", "path"), FILES)
def test_it_uses_no_jargon_no_hard_word_and_no_false_promise(language: str, path: Path) -> None:
    forbidden = tuple(read(FOLDER / "words" / language / "forbidden.yaml"))
    hits = [
        f"{it.place}: {pattern!r} in: {it.text}"
        for it in spoken(path)
        for pattern in (*JARGON[language], *HARD[language], *forbidden)
        if re.search(pattern, it.text.lower())
    ]

    assert hits == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_in_a_statement_comes_from_the_facts(language: str) -> None:
    """A figure is a placeholder, so that it can be wrong in one place only."""
    loose = {
        f"{topic}.{statement}: {number}"
        for topic, words in load().words[language].topics.items()
        for statement, text in words.said.items()
        for number in NUMBER.findall(HOW_COUNTED.sub("", re.sub(r"\{\w+\}", "", text)))
        if number not in NOT_MEASURED.get(f"{topic}.{statement}", ())
    }

    assert loose == set()


NUMBER = re.compile(r"\d+")
HOW_COUNTED = re.compile(r"\b(van de|van elke|schaal van|of|of each) 100\b|\b1\b", re.I)
"""How a figure is counted, and "one" of something."""
NOT_MEASURED = {
    "what_it_is.worldwide": ("2020",),
    "what_to_expect.not_gone": ("6",),
    "medicines.first_course": ("6",),
    "imaging_and_operations.without_pain": ("20", "80"),
    "imaging_and_operations.bulge": ("20", "80"),
    "imaging_and_operations.fair": ("50",),
    "imaging_and_operations.fusion": ("2",),
    "medicines.nsaid_harm": ("70",),
    "medicines.ask_first": ("65",),
    "work.back": ("3",),
    "caring.nights_help": ("2",),
    "children.young": ("5",),
    "children.weeks": ("4",),
    "children.danish": ("9", "13", "15"),
    "children.half": ("18", "20"),
    "children.other_one": ("12",),
}
"""Ages, years and times that say whom or when the figure is about."""
