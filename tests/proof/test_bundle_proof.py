"""The bundled file means the same as the rules, for every combination of answers."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import z3

from rugkompas.catalogue import Knowledge
from rugkompas.logic.solver import Everybody
from rugkompas.logic.steps import read
from rugkompas.proof.prover import Broken, Prover
from rugkompas.rules import clarify
from rugkompas.rules.applies import APPLIES, EMERGENCY_ITEMS, where_it_applies
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS

BUNDLE = json.loads(
    (Path(__file__).parents[2] / "intake" / "bundle.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def prover(knowledge: Knowledge) -> Prover:
    """With the numbers of the day on which the file was made."""
    return Prover(knowledge, knowledge.release.date)


def differences(bundle: Any, prover: Prover) -> list[Broken]:
    """A person for each part of the file that says something else than the rules say."""
    q, p = prover.everybody.q, prover.everybody.p
    lines = read(bundle["lines"], Everybody(), prover.knowledge.codebook)
    rules: dict[str, tuple[int, z3.BoolRef]] = {}
    for row in bundle["rows"]:
        if row["line"] is not None:
            rules[row["id"]] = row["line"], ROWS[row["id"]](q, p)
    for id_, line in bundle["applies"].items():
        rules[f"{id_} applies"] = line, APPLIES[id_](q, p)
    for id_, line in bundle["missing"].items():
        rules[f"{id_} missing"] = line, where_it_applies(q, p, id_, q[id_].missing)
    for id_, line in bundle["clarify"].items():
        rules[id_] = line, clarify.contradictions(q, p)[id_]
    found = (prover.refute(what, lines[line] == truth) for what, (line, truth) in rules.items())
    return [broken for broken in found if broken]


@pytest.mark.hazard("H-55")
def test_the_file_says_what_the_rules_say_for_every_combination_of_answers(prover: Prover) -> None:
    assert differences(BUNDLE, prover) == []
    assert [row["id"] for row in BUNDLE["rows"]] == [*ROWS, NO_OTHER_ROW]
    assert set(BUNDLE["applies"]) == {id_ for id_ in APPLIES if id_ != "ibp_items"}
    assert list(BUNDLE["missing"]) == ["age_years", *EMERGENCY_ITEMS]
    assert list(BUNDLE["clarify"]) == list(clarify.PAIRS)


@pytest.mark.parametrize(
    ("before", "after", "about"),
    [
        (["at_least", "age_years", 60], ["at_least", "age_years", 61], "E07"),
        (["one_of", "seriously_ill", [2]], ["one_of", "seriously_ill", [3]], "E06"),
        (["below", "age_years", 18], ["at_least", "age_years", 18], "P11"),
    ],
)
def test_one_number_that_differs_is_found(
    before: list[Any], after: list[Any], about: str, prover: Prover
) -> None:
    bundle = copy.deepcopy(BUNDLE)
    bundle["lines"][bundle["lines"].index(before)] = after

    assert about in {broken.what for broken in differences(bundle, prover)}
