"""The library in ELM says what the rules say; CQL's engine agrees where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from triaged import people

import cql_bench
import elm_triage
from rugkompas import assess, load_knowledge

KNOWLEDGE = load_knowledge()
DEFINITIONS = elm_triage.library(KNOWLEDGE)["library"]["statements"]["def"]


def nodes(expression: Any) -> Iterator[dict[str, Any]]:
    """Every expression in an expression."""
    if isinstance(expression, list):
        for part in expression:
            yield from nodes(part)
    elif isinstance(expression, dict):
        if "type" in expression:
            yield expression
        for part in expression.values():
            yield from nodes(part)


def test_every_row_is_a_definition_and_none_uses_a_later_one() -> None:
    defined: set[str] = set()
    for definition in DEFINITIONS:
        used = {
            node["name"]
            for node in nodes(definition["expression"])
            if node["type"] == "ExpressionRef"
        }
        assert used <= defined, definition["name"]
        defined.add(definition["name"])

    assert KNOWLEDGE.red_flags.keys() - {"C00"} < defined


def test_it_reads_the_answers_that_a_person_brings_and_no_others() -> None:
    read = {node["path"] for node in nodes(DEFINITIONS) if node["type"] == "Property"}

    assert read == elm_triage.prepare({}).keys()


def test_what_was_not_asked_stays_null_and_only_not_asks_whether_it_is_true() -> None:
    assert set(elm_triage.prepare({}).values()) == {None}

    one = elm_triage.translate("sex = male", KNOWLEDGE)
    assert elm_triage.translate("NOT sex = male", KNOWLEDGE) == {
        "type": "Not",
        "operand": {"type": "IsTrue", "operand": one},
    }


@pytest.mark.parametrize("text", ["sex =", "sex = male male", "(sex = male", "sex in {male"])
def test_a_condition_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read|expected"):
        elm_triage.translate(text, KNOWLEDGE)


@pytest.mark.parametrize("package", cql_bench.WAYS.values())
def test_the_engine_gives_the_same_rows_and_tier(package: str) -> None:
    if (why := cql_bench.lacking()) is not None:
        pytest.skip(f"{why}; `python bench/run.py --only cql` installs it")
    group = list(people())

    done = cql_bench.run(group, KNOWLEDGE, package=package, runs=1)

    cql_bench.check(group, done.results, KNOWLEDGE)
    assert done.people_a_second > 0


def test_a_row_that_the_engine_gives_otherwise_is_told() -> None:
    answers: dict[str, Any] = {"seriously_ill": "yes"}
    triage = assess(answers, knowledge=KNOWLEDGE).triage
    result = {row.id: True for row in triage.rules} | {elm_triage.TIER: triage.urgency}

    cql_bench.check([answers], [result], KNOWLEDGE)
    with pytest.raises(AssertionError, match="rows"):
        cql_bench.check([answers], [result | {"S19": None}], KNOWLEDGE)
    with pytest.raises(AssertionError, match="tier"):
        cql_bench.check([answers], [result | {elm_triage.TIER: "same_day"}], KNOWLEDGE)
