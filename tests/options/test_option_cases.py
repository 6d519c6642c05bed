"""The cases about options that a clinician can check without reading Python."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from option_cases import CASES, KEYS, PEOPLE, WRONG, Case, assessed

from rugkompas.catalogue import Knowledge

WORKED = (
    "father", "office_worker", "paver", "new_mother", "night_nurse", "woman_72", "gymnast",
    "truck_driver", "unemployed", "pregnant_31_weeks",
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: Case) -> None:
    assessment = assessed(case)

    wrong = {
        key: found
        for key, expected in case["expect"].items()
        if (found := WRONG[key](assessment, expected))
    }

    if wrong:
        lines = [f"  {key}: {found}" for key, found in wrong.items()]
        pytest.fail("\n".join([case["name"], *lines]), pytrace=False)


def test_every_case_is_well_formed_and_has_a_name_of_its_own(knowledge: Knowledge) -> None:
    names = Counter(case["name"] for case in CASES)

    assert [name for name, times in names.items() if times > 1] == []
    for case in CASES:
        assert set(case) <= KEYS, case["name"]
        assert case["expect"], case["name"]
        assert set(case["expect"]) <= set(WRONG), case["name"]
        assert case["person"] in PEOPLE, case["name"]
        assert _options_named(case) <= set(knowledge.options), case["name"]


def _options_named(case: Case) -> set[str]:
    expect: dict[str, Any] = case["expect"]
    named = {id_ for group in expect.get("must_offer_one_of", ()) for id_ in group}
    for key in ("must_offer", "must_not_offer", "not_offered", "facts", "because", "only"):
        named |= set(expect.get(key, ()))
    return named


def test_every_person_of_the_cases_is_used_and_the_ten_of_the_dossier_have_a_whole_case() -> None:
    used = {case["person"] for case in CASES}
    parents = {who["like"] for who in PEOPLE.values() if "like" in who}
    whole = {case["person"] for case in CASES if "must_offer_one_of" in case["expect"]}

    assert used | parents == set(PEOPLE)
    assert set(WORKED) <= whole


def test_every_reason_for_not_offering_stands_in_a_case() -> None:
    stand = {reason for case in CASES for reason in case["expect"].get("not_offered", {}).values()}

    assert stand == {
        "rejected", "not_possible", "kind_rejected", "advised_against", "contraindicated",
        "ask_first", "special", "adults_only", "made_worse", "phase", "too_long",
        "too_much_time", "costs", "cannot_leave_home", "not_now",
    }  # fmt: skip


def test_every_option_of_the_catalogue_is_offered_to_somebody_or_never_may_be(
    knowledge: Knowledge,
) -> None:
    to_somebody = {offer.id for case in CASES for offer in assessed(case).options.offered}

    for option in knowledge.options.values():
        uses = set(option.phases.values())
        never = uses == {"no"} or (option.asks.cost == "high" and "use" not in uses)
        assert (option.id in to_somebody) is not never, option.id
