"""Normalised text keeps the way back to every character of the original."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rugkompas.claims.language import detect
from rugkompas.claims.text import LONGEST, normalise


@pytest.mark.parametrize(
    ("original", "cased"),
    [
        ("Back  pain\t now", "Back pain now"),
        ("De\u0301 oplossing", "D\u00e9 oplossing"),
        ("\u201cBest\u201d\u2014don\u2019t\u2026", '"Best"-don\'t...'),
        ("\U0001d401\U0001d41e\U0001d42c\U0001d42d", "Best"),
        ("a\u200bb\u00adc\u202ed", "abcd"),
        ("\U0001f525 x", "\u25a1 x"),
        ("  edges  ", "edges"),
    ],
)
def test_looks_do_not_count(original: str, cased: str) -> None:
    assert normalise(original).cased == cased


@settings(derandomize=True, max_examples=300)
@given(st.text(max_size=60))
def test_every_character_leads_back_into_the_original(original: str) -> None:
    normal = normalise(original)

    assert len(normal.cased) == len(normal.text)
    for at in range(len(normal.cased)):
        start, end = normal.span(at, at + 1)
        assert 0 <= start < end <= len(original)
    assert all(ord(char) <= 0xFFFF for char in normal.cased)


@settings(derandomize=True, max_examples=300)
@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=40))
def test_normalising_twice_changes_nothing(original: str) -> None:
    once = normalise(original).text

    assert normalise(once).text == once


def test_a_very_long_line_is_cut() -> None:
    assert len(normalise("a" * (LONGEST + 5)).text) == LONGEST


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wat helpt tegen rugpijn?", "nl"),
        ("How to ease back pain", "en"),
        ("Cure sciatica in 7 days", "en"),
        ("Lage rugpijn", "nl"),
        ("!!!", None),
    ],
)
def test_the_language_is_detected(text: str, language: str | None) -> None:
    assert detect(normalise(text)) == language
