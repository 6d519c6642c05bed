"""A group: worked by hand, and what holds for every group."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from running import run

from rugkompas.catalogue import load
from rugkompas.people.groups import ALL, BOTH, MOST, Cell, Group, cell_of, group_of
from rugkompas.people.problems import BadAnswers, Problem
from rugkompas.rules.burden import Published, expected, published

K = load()
KNOWN = published(K)
CELLS = sorted(KNOWN.rates)
GROUPS = st.dictionaries(st.sampled_from(CELLS), st.integers(0, MOST), min_size=1, max_size=12)


def test_hand_worked_one_band() -> None:
    """1,000 women of 40-44: 145.43 expected. Chance: 1.96 x sqrt(145.43 x (1 - 0.14543)) = 21.85.
    The source: 1 - 122.3 / 137.6 = 0.11119. So 129.26 - 21.85 = 107.41 to 161.60 + 21.85 = 183.45,
    rounded outwards."""
    found = expected({("40-44", "female"): 1000}, KNOWN)

    assert found.expected == pytest.approx(145.43)
    assert (found.low, found.high) == (107, 184)


def test_hand_worked_office() -> None:
    """12 women of 25-29 (1.27404) and 30 men of 50-54 (4.0908): 5.36484. Chance: 1.96 x
    sqrt(1.27404 x 0.89383 + 4.0908 x 0.86364) = 4.2372. 4.76832 - 4.2372 = 0.53 to 5.96136 +
    4.2372 = 10.20."""
    found = expected({("25-29", "female"): 12, ("50-54", "male"): 30}, KNOWN)

    assert found.expected == pytest.approx(5.36484)
    assert (found.low, found.high) == (0, 11)


def test_hand_worked_dutch_mix() -> None:
    """2,064,900 people, of 871,200 / 0.1018 men and 1,193,800 / 0.1376 women: 119.8 per 1,000."""
    living = 871_200 / 0.1018 + 1_193_800 / 0.1376

    assert KNOWN.rates[ALL, BOTH] == pytest.approx(2_064_900 / living * 1000)
    assert KNOWN.rates[ALL, BOTH] == pytest.approx(119.8, abs=0.05)
    assert expected({(ALL, BOTH): 10_000}, KNOWN).expected == pytest.approx(1198.2, abs=0.1)


def test_the_drift_is_that_of_the_published_totals() -> None:
    assert pytest.approx(1 - 122.3 / 137.6) == KNOWN.drift
    assert 1 - 91.6 / 101.8 < KNOWN.drift


def test_nobody_is_nobody() -> None:
    found = expected({(ALL, BOTH): 0}, KNOWN)

    assert (found.people, found.expected, found.low, found.high) == (0, 0, 0, 0)


@given(GROUPS)
def test_the_expectation_lies_in_its_range_and_the_range_in_the_group(
    group: dict[Cell, int],
) -> None:
    found = expected(group, KNOWN)

    assert 0 <= found.low <= found.expected <= found.high <= found.people == sum(group.values())


@given(GROUPS, GROUPS)
def test_expectations_add_up(one: dict[Cell, int], other: dict[Cell, int]) -> None:
    both = {cell: one.get(cell, 0) + other.get(cell, 0) for cell in {*one, *other}}

    whole = expected(both, KNOWN)
    assert whole.expected == pytest.approx(
        expected(one, KNOWN).expected + expected(other, KNOWN).expected
    )
    assert whole.expected == pytest.approx(math.fsum(part.expected for part in whole.parts))


@given(GROUPS, st.sampled_from(CELLS), st.integers(1, 100_000))
def test_more_people_never_make_it_less(group: dict[Cell, int], cell: Cell, more: int) -> None:
    before = expected(group, KNOWN)
    after = expected({**group, cell: group.get(cell, 0) + more}, KNOWN)

    assert after.expected > before.expected
    assert after.low >= before.low
    assert after.high >= before.high


@pytest.mark.parametrize("cell", [("0-4", "male"), ("40-44", "female"), ("85+", "female")])
@pytest.mark.parametrize("people", [1, 2, 5, 10, 30, 100, 400])
def test_chance_alone_stays_inside_at_least_95_in_100_times(cell: Cell, people: int) -> None:
    """Against the exact binomial distribution, with the rate taken to be right."""
    found = expected({cell: people}, Published(KNOWN.rates, drift=0))
    p = KNOWN.rates[cell] / 1000
    inside = math.fsum(
        math.comb(people, n) * p**n * (1 - p) ** (people - n)
        for n in range(found.low, found.high + 1)
    )

    assert inside >= 0.95


WRONG = {
    "-1": "group_negative",
    "\N{MINUS SIGN}3": "group_negative",
    "1,5": "group_decimal",
    "1.000": "group_decimal",
    "-2.5": "group_decimal",
    "1e3": "group_number",
    "twelve": "group_number",
    "٣": "group_number",
    "½": "group_number",
    "0x10": "group_number",
    "<b>1</b>": "group_number",
    "NaN": "group_number",
    "20000001": "group_huge",
    "9" * 5000: "group_huge",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_number_of_people_is_told(text: str) -> None:
    with pytest.raises(BadAnswers) as error:
        group_of({("40-44", "female"): text, (ALL, BOTH): "10"}, KNOWN.rates)

    assert [(p.kind, p.where) for p in error.value.problems] == [(WRONG[text], "40-44:female")]
    assert text not in str(error.value)


@settings(max_examples=300)
@given(st.text())
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    group, problems = _read(text)

    assert (group is None) == (len(problems) == 1)
    if group is not None:
        assert 0 <= group[ALL, BOTH] <= MOST
    assert all(it.said(K, language) for it in problems for language in ("nl", "en"))


def _read(text: str) -> tuple[Group | None, list[Problem]]:
    try:
        return group_of({(ALL, BOTH): text}, KNOWN.rates), []
    except BadAnswers as error:
        return None, error.problems


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_an_error_too() -> None:
    with pytest.raises(BadAnswers) as error:
        group_of({("40-44", "male"): "x", ("41", "male"): "1", (ALL, BOTH): "1,5"}, KNOWN.rates)
    assert [p.kind for p in error.value.problems] == ["group_number", "group_age", "group_decimal"]

    for empty in ({}, {(ALL, BOTH): "  "}):
        with pytest.raises(BadAnswers) as error:
            group_of(empty, KNOWN.rates)
        assert [p.kind for p in error.value.problems] == ["group_empty"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("40-44:female=30", (("40-44", "female"), "30")),
        ("85+:male=2", (("85+", "male"), "2")),
        ("female=60", ((ALL, "female"), "60")),
        ("120", ((ALL, BOTH), "120")),
        ("40-44=30", (("40-44", BOTH), "30")),
        ("", ((ALL, BOTH), "")),
    ],
)
def test_parts_on_the_command_line(text: str, cell: tuple[Cell, str]) -> None:
    assert cell_of(text) == cell


def test_the_command_gives_what_the_rule_says() -> None:
    parts = ("--group", "25-29:female=12", "--group", "50-54:male=30")
    found = expected({("25-29", "female"): 12, ("50-54", "male"): 30}, KNOWN)

    data = json.loads(run("burden", *parts, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(run("burden", *parts, "--format", "csv").text)))
    text = " ".join(run("burden", *parts, "--lang", "en").text.split())

    assert (data["people"], data["lower"], data["upper"]) == (42, found.low, found.high)
    assert data["expected"] == pytest.approx(found.expected)
    assert data["sources"] == ["nivel_2018", "vzinfo_2020"]
    assert [row["expected"] for row in rows] == ["1.27404", "4.0908", "5.36484"]
    assert "About 5 of these 42 people" in text
    assert "0 to 11 people" in text


@pytest.mark.parametrize(
    "parts",
    [
        ("--group", "-3"),
        ("--group", "41:female=2"),
        ("--group", "40-44=2"),
        ("--group", "40-44:x=2"),
        ("--group", ""),
        ("--group", "1,5"),
        ("--group", "12", "--group", "13"),
        ("risk_world", "--group", "12"),
    ],
)
def test_the_command_refuses_with_a_sentence(parts: tuple[str, ...]) -> None:
    for language in ("nl", "en"):
        assert run("burden", *parts, "--lang", language).refused()
