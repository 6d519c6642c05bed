"""The rules as FHIRPath are the rules; each has its sources."""

from __future__ import annotations

import datetime as dt

import pytest
from renderer import holds

from rugkompas.assess import assess
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.guideline import activity_definitions, plan_definition
from rugkompas.fhir.response import response_from
from rugkompas.people import made_up

LONG = ("C00", "P03", "P10", "S12", "S19")
"""Rules that count combinations, or name nearly all questions: the interpreter needs seconds
for each person. ``bench/fhir_bench.py --rules`` runs them all, on as many people as wanted."""


@pytest.mark.hazard("H-25")
def test_a_condition_holds_exactly_for_whom_the_rule_fires(
    knowledge: Knowledge, day: dt.date
) -> None:
    actions = plan_definition(knowledge, on=day)["action"]
    conditions = {
        action["id"]: action["condition"][0]["expression"]["expression"] for action in actions
    }
    for answers in made_up.people(5, 9, knowledge):
        fired = {row.id for row in assess(answers, on=day, knowledge=knowledge).triage.rules}
        response = response_from(answers, knowledge)
        found = {
            id_
            for id_, expression in conditions.items()
            if id_ not in LONG and holds(expression, response)
        }
        assert found == fired - set(LONG)


def test_actions_stand_from_most_urgent_and_carry_their_sources(knowledge: Knowledge) -> None:
    made = plan_definition(knowledge, "en")
    flags = [knowledge.red_flags[action["id"]] for action in made["action"]]

    assert {flag.id for flag in flags} == set(knowledge.red_flags)
    ranks = [RANK[flag.tier] for flag in flags]
    assert ranks == sorted(ranks, reverse=True)
    for action, flag in zip(made["action"], flags, strict=True):
        titles = {part["display"] for part in action.get("documentation", ())}
        assert titles == {knowledge.sources[c.source].title for c in flag.citations}
        assert action["condition"][0]["expression"]["description"] == flag.condition
        assert (action["priority"] == "stat") is (flag.tier == "emergency")


def test_unsigned_rules_are_a_draft(knowledge: Knowledge) -> None:
    made = plan_definition(knowledge)

    signed = bool(knowledge.release.signed_by)
    assert (made["status"], made["experimental"]) == (
        ("active", False) if signed else ("draft", True)
    )


def test_every_action_leads_to_an_activity_that_is_described(knowledge: Knowledge) -> None:
    described = {
        names.versioned(activity["url"], knowledge) for activity in activity_definitions(knowledge)
    }

    assert len(described) == len(knowledge.contacts) + len(knowledge.options)
    for action in plan_definition(knowledge)["action"]:
        assert action["definitionCanonical"] in described
