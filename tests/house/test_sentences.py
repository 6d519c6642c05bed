"""How every sentence for people reads: short, plain, without jargon, the same in all languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readability import (
    EASE,
    JARGON,
    LONGEST,
    MEAN,
    Sentence,
    ease,
    is_whole,
    mean_length,
    sentences,
    texts,
)
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER, LANGUAGES

NOT_FOR_PEOPLE = ("forbidden",)
"""Patterns to search for, with their reason."""
FOR_PROFESSIONALS = {"proof", "summary", "terminal"}
"""May use the words of the field: the proof, the sheet for a GP, the help of the commands."""
PROFESSIONAL_PLACE = {
    "conditions": re.compile(r"^\w+\.name$"),
    "topics": re.compile(r"^\w+\.terms$"),
}
"""Where a kind of words gives the professional's term; the rest is for people."""
FOR_INTEGRATORS = re.compile(r"terminal/fhir\.yaml$")
"""Read by who connects systems, with the names of the standard: not measured for ease."""


def kind_of(path: Path) -> str:
    """The kind of words; those of one kind may be spread over a folder."""
    return path.stem if path.parent.name in LANGUAGES else path.parent.name


FILES = [
    pytest.param(language, path, id=f"{language}/{kind_of(path)}/{path.name}")
    for language in LANGUAGES
    for path in sorted((FOLDER / "words" / language).rglob("*.yaml"))
    if path.stem not in NOT_FOR_PEOPLE
]
FOR_PEOPLE = [param for param in FILES if kind_of(param.values[1]) not in FOR_PROFESSIONALS]


def spoken(path: Path) -> list[Sentence]:
    """The sentences of a file that people without training in care read."""
    professional = PROFESSIONAL_PLACE.get(kind_of(path))
    return [
        sentence
        for sentence in sentences(read(path))
        if professional is None or not professional.match(sentence.place)
    ]


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize(("language", "path"), FILES)
def test_no_sentence_is_long(language: str, path: Path) -> None:
    long = [
        f"{language}/{path.stem} {sentence.place}: {len(sentence.words)} words: {sentence.text}"
        for sentence in spoken(path)
        if len(sentence.words) > LONGEST
    ]

    assert not long, f"cut into sentences of at most {LONGEST} words:\n" + "\n".join(long)


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize(("language", "path"), FILES)
def test_sentences_are_short_on_average(language: str, path: Path) -> None:
    whole = [sentence for sentence in spoken(path) if is_whole(sentence)]
    mean = mean_length(whole) if whole else 0
    longest = sorted(whole, key=lambda s: -len(s.words))[:5]

    assert round(mean, 1) <= MEAN, f"{language}/{path.stem}: {mean:.1f} words a sentence; " + (
        f"begin with {', '.join(sentence.place for sentence in longest)}"
    )


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize(("language", "path"), FILES)
def test_sentences_read_easily(language: str, path: Path) -> None:
    whole = [
        sentence
        for sentence in spoken(path)
        if is_whole(sentence) and not FOR_INTEGRATORS.search(path.as_posix())
    ]
    score = ease(whole, language) if whole else EASE[language]
    hardest = sorted(whole, key=lambda s: ease([s], language))[:5]

    assert score >= EASE[language], (
        f"{language}/{path.stem}: reading ease {score:.0f}, wanted {EASE[language]}; "
        f"begin with {', '.join(sentence.place for sentence in hardest)}"
    )


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize(("language", "path"), FOR_PEOPLE)
def test_no_sentence_uses_jargon(language: str, path: Path) -> None:
    hits = [
        f"{language}/{path.stem} {sentence.place}: '{hit[0]}' in: {sentence.text}"
        for sentence in spoken(path)
        for pattern in JARGON[language]
        if (hit := re.search(pattern, sentence.text.lower()))
    ]

    assert not hits, "say it in everyday words:\n" + "\n".join(hits)


@pytest.mark.hazard("H-09")
def test_all_languages_have_the_same_files_and_places() -> None:
    places = {
        language: {
            f"{path.stem}: {place}"
            for path in (FOLDER / "words" / language).rglob("*.yaml")
            if path.stem not in NOT_FOR_PEOPLE
            for place, _ in texts(read(path))
        }
        for language in LANGUAGES
    }
    first, *others = LANGUAGES

    for other in others:
        lacking = places[first] ^ places[other]
        assert not lacking, f"in one of {first}/{other} only: {sorted(lacking)[:10]}"


@pytest.mark.hazard("H-16")
@pytest.mark.parametrize(("language", "path"), FOR_PEOPLE)
def test_no_sentence_names_an_emergency_number(language: str, path: Path) -> None:
    """The number follows the country, so it comes from the contact's file."""
    hits = [
        f"{language}/{path.stem} {place}"
        for place, text in texts(read(path))
        if re.search(r"\b(bel|call|phone|ring|or|of)\b[^.]{0,40}\b(112|999|911|000)\b", text, re.I)
    ]

    assert not hits, f"use the placeholder of the contact's number: {hits}"
