"""Verdicts: explanations checked by hand, tie rules, and what holds for every title."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rugkompas.catalogue.files import read
from rugkompas.claims import check
from rugkompas.claims.reading import REASONS

HERE = Path(__file__).parent
CASES = read(HERE / "explanations.yaml")
PIECES = (
    *("Cure", "back", "pain", "the", "best", "secret", "exercise", "for", "your", "in", "5"),
    *("rug", "pijn", "van", "af", "nooit", "meer", "hernia", "DÉ", "oplossing", "minutes"),
    *("?", "!", ":", "-", "🔥", "é", "“", "”", "<b>", "כאב", "腰痛", "\u202e"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_an_explanation_names_the_exact_words(case: dict[str, Any]) -> None:
    found = check(case["title"])

    assert found.oversimplified == case["says"]
    assert found.state == case.get("state", "judged")
    assert found.debunks is case.get("debunks", found.debunks)
    words: dict[str, list[str]] = {}
    for span in found.spans:
        words.setdefault(span.reason, []).append(case["title"][span.start : span.end])
    for reason, wanted in case.get("words", {}).items():
        assert words.get(reason) == wanted
    if "back" in case:
        assert case["back"] in {how for how, _ in found.taken_back}


def test_there_are_enough_explanations() -> None:
    assert len(CASES) >= 40
    assert {reason for case in CASES for reason in case.get("words", {})} == set(REASONS)


def test_no_title_outside_the_scope_is_ever_oversimplified() -> None:
    with (HERE / "data" / "titles_own.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    found = [check(row["title"], row["lang"]) for row in rows]

    assert {it.oversimplified for it in found if it.state == "not_about_backs"} == {"no"}
    assert any(it.state == "not_about_backs" for it in found)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_the_title_the_result_is_whole(words: list[str]) -> None:
    title = " ".join(words)

    found = check(title)

    assert 0 <= found.probability <= 1
    assert found.oversimplified in ("yes", "unsure", "no")
    assert {span.reason for span in found.spans} == set(found.reasons)
    assert all(0 <= span.start < span.end <= len(title) for span in found.spans)
    assert bool(found.reasons) <= (found.oversimplified != "no")
    assert check(title) == found


def test_shouting_the_same_words_does_not_make_a_promise_smaller() -> None:
    plain = "how to get rid of back pain"

    assert check(plain).oversimplified == check(plain.upper()).oversimplified == "yes"
