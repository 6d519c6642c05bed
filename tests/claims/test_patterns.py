"""Every pattern finds its examples, means the same everywhere, and is never skipped wrongly."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.claim_schema import ClaimPattern
from rugkompas.claims.patterns import Patterns, Ready, ready
from rugkompas.claims.reading import REASONS
from rugkompas.claims.syntax import PatternError, body, needed
from rugkompas.claims.text import normalise

DATA = Path(__file__).parent / "data"
WRITTEN = {
    f"{mark.id}.{pattern.id}": pattern
    for mark in load().claims.values()
    for pattern in mark.patterns
}


@pytest.fixture(scope="module")
def patterns(knowledge: Knowledge) -> list[Ready]:
    return ready(knowledge)


def titles() -> Iterator[str]:
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            yield from (row["title"] for row in csv.DictReader(stream))


def finds(pattern: Ready, title: str) -> bool:
    normal = normalise(title)
    return bool(pattern.search.search(normal.cased if pattern.cased else normal.text))


@pytest.mark.parametrize("name", WRITTEN)
def test_a_pattern_finds_its_examples_and_not_the_others(name: str, patterns: list[Ready]) -> None:
    written: ClaimPattern = WRITTEN[name]
    mine = [pattern for pattern in patterns if pattern.name == name]

    missed = [title for title in written.match if not any(finds(it, title) for it in mine)]
    wrong = [title for title in written.not_match if any(finds(it, title) for it in mine)]

    assert written.match, "give at least one example"
    assert (missed, wrong) == ([], [])


def test_what_is_skipped_because_its_words_do_not_occur_could_not_have_matched(
    patterns: list[Ready],
) -> None:
    for title in titles():
        normal = normalise(title)
        look = Patterns(patterns).look(normal) if title == "" else EVERY.look(normal)
        found = {
            (hit.pattern.name, hit.pattern.language, hit.start, hit.end)
            for part in {pattern.part for pattern in patterns}
            for hit in look.find(part)
        }
        real = {
            (it.name, it.language, *match.span())
            for it in patterns
            for match in it.search.finditer(normal.cased if it.cased else normal.text)
        }

        assert found == real, title


EVERY = Patterns(ready(load()))


def test_every_reason_of_the_codebook_has_patterns_in_both_languages(knowledge: Knowledge) -> None:
    reasons = {mark.id: mark for mark in knowledge.claims.values() if mark.kind == "reason"}

    assert set(reasons) == set(REASONS)
    for mark in reasons.values():
        assert {"nl", "en"} <= {pattern.language for pattern in mark.patterns}, mark.id


@pytest.mark.parametrize(
    "regex",
    [r"\bback", "back.pain", "(back)", "(?P<x>back)", "^back", "back++", "(?i)back", "[\\w]", "a)"],
)
def test_what_means_something_else_in_another_language_is_refused(regex: str) -> None:
    with pytest.raises(PatternError):
        needed(regex)


def test_words_that_are_not_there_are_named() -> None:
    with pytest.raises(PatternError, match="nowhere"):
        body("cure {nowhere}", {})


@pytest.mark.parametrize(
    ("regex", "sets"),
    [
        ("cure", [[["cure"]]]),
        ("cure|heal", [[["cure"]], [["heal"]]]),
        ("(?:cure|heal) it", [[["cure ", "heal "]]]),
        ("(?:cure )?[a-z]+", [[]]),
        ("curing|cure", [[["curing"]], [["cure"]]]),
        ("(?:cure|curing)x?", [[["cur"]]]),
    ],
)
def test_the_words_that_a_pattern_needs(regex: str, sets: list[list[list[str]]]) -> None:
    found = [[sorted(words) for words in branch] for branch in needed(regex)]

    assert len(found) == len(sets)
    for mine, wanted in zip(found, sets, strict=True):
        assert bool(mine) == bool(wanted)
