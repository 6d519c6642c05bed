"""A claim of a profile is true; the definitions of R4 are a check that is awake."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from definitions import UNREAD, definition, faults
from official import clinical
from profiles import OFFICIAL, RULES, unmet
from valid import problems

from rugkompas.assess import assess
from rugkompas.assess.plan import plan
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.bundle import bundle
from rugkompas.fhir.capability import WRITES, capability
from rugkompas.fhir.guideline import plan_definition
from rugkompas.fhir.operations import OPERATIONS
from rugkompas.fhir.populate import populate
from rugkompas.fhir.questionnaire import questionnaire
from rugkompas.fhir.response import response_from
from rugkompas.fhir.server import definitions, server_capability
from rugkompas.fhir.terminology import code_systems

DAY = dt.date(2026, 11, 25)
AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DESK = json.loads((Path(__file__).parents[2] / "docs/examples/desk.json").read_text("utf-8"))
Change = Callable[[dict[str, Any]], object]


def test_the_official_examples_pass_the_definitions() -> None:
    small = {name: one for name, one in clinical().items() if len(json.dumps(one)) < 12_000}

    found = {name: faults(one) for name, one in small.items()}

    assert len(found) > 600
    assert {name: told for name, told in found.items() if told} == {}


def test_every_rule_of_a_type_that_we_send_is_run() -> None:
    """All but those of every element, of narratives (we send none) and of contained resources."""
    rules = {
        rule["key"]
        for type_ in WRITES
        for element in definition(type_)["snapshot"]["element"]
        for rule in element.get("constraint", ())
        if rule["severity"] == "error"
    }

    assert rules & UNREAD == {"ele-1", "dom-3"}


def test_all_that_is_made_and_done_is_claimed(knowledge: Knowledge) -> None:
    made = {type_ for type_, _ in definitions(knowledge, on=DAY)}
    done = {
        (resource["type"], operation["name"])
        for resource in capability(knowledge)["rest"][0]["resource"]
        for operation in resource.get("operation", ())
    }

    assert made <= set(WRITES)
    assert done == set(OPERATIONS)


def test_every_claim_is_one_whose_rules_are_known(knowledge: Knowledge) -> None:
    claims = {claim for listed in names.PROFILES.values() for claim in listed}
    held = definitions(knowledge, on=DAY)
    statements = (capability(knowledge), server_capability(knowledge, "nl", held, "http://a"))

    assert claims == {*RULES, *OFFICIAL}
    for statement in statements:
        for resource in statement["rest"][0]["resource"]:
            told = tuple(resource.get("supportedProfile", ()))
            assert told == names.PROFILES.get(resource["type"], ())
    assert list(unmet({"resourceType": "Flag", "meta": {"profile": ["http://other"]}}))


def response(knowledge: Knowledge) -> dict[str, Any]:
    return response_from(DESK, knowledge, authored="2026-11-25T12:00:00Z")


def pain(knowledge: Knowledge) -> dict[str, Any]:
    found = assess(DESK, on=DAY, knowledge=knowledge)
    made = bundle(found, plan(found), at=AT, subject="Patient/1")
    return next(
        part["resource"]
        for part in made["entry"]
        if names.PAIN_PROFILE in part["resource"].get("meta", {}).get("profile", ())
    )


MADE: dict[str, Callable[[Knowledge], dict[str, Any]]] = {
    "form": lambda knowledge: questionnaire(knowledge, on=DAY),
    "response": response,
    "pain": pain,
    "rules": lambda knowledge: plan_definition(knowledge, on=DAY),
    "codes": lambda knowledge: code_systems(knowledge)[0],
}


def _item(form: dict[str, Any], link: str) -> dict[str, Any]:
    return next(one for one in form["item"][0]["item"] if one["linkId"] == link)


BREAKS: list[tuple[str, Change]] = [
    ("form", lambda it: it.pop("url")),
    ("form", lambda it: it["contained"][0].pop("immutable")),
    ("form", lambda it: _item(it, "pain_nrs").pop("code")),
    (
        "form",
        lambda it: _item(it, "pregnancy").update(
            enableWhen=[{"question": "sex", "operator": "exists", "answerBoolean": True}]
        ),
    ),
    ("form", lambda it: _item(it, "pain_nrs")["extension"].extend(
        _item(it, "pain_nrs")["extension"]
    )),
    ("response", lambda it: it.pop("authored")),
    ("response", lambda it: it.update(questionnaire=names.INTAKE)),
    ("response", lambda it: it["item"][0]["item"].append(it["item"][0]["item"][0])),
    ("pain", lambda it: it.update(valueInteger=11)),
    ("pain", lambda it: it.update(valueInteger=-1)),
    ("pain", lambda it: it["code"]["coding"].pop()),
    ("pain", lambda it: it["method"]["coding"][0].update(code="VAS")),
    ("pain", lambda it: it.update(note=[{"text": "a"}, {"text": "b"}])),
    ("rules", lambda it: it.pop("publisher")),
    ("rules", lambda it: it.pop("experimental")),
    ("codes", lambda it: it.pop("description")),
]  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_a_claim_holds(knowledge: Knowledge, name: str) -> None:
    made = MADE[name](knowledge)

    assert made["meta"]["profile"]
    assert problems(made) == []


@pytest.mark.parametrize(("name", "change"), BREAKS)
def test_a_broken_claim_is_seen(knowledge: Knowledge, name: str, change: Change) -> None:
    made = copy.deepcopy(MADE[name](knowledge))

    change(made)

    assert list(unmet(made))


def test_no_moment_no_claim(knowledge: Knowledge) -> None:
    assert "meta" not in response_from(DESK, knowledge)
    assert "meta" not in populate({"resourceType": "Patient"}, knowledge=knowledge, on=DAY)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda it: it.update(status="done"), "Observation.status has a code"),
        (lambda it: it["code"]["coding"][0].pop("system"), ""),
        (lambda it: it.pop("status"), "Observation.status is there 0 times"),
        (lambda it: it.update(dataAbsentReason={"text": "x"}), "obs-6"),
        (lambda it: it.update(component=[{"code": it["code"], "valueInteger": 1}]), "obs-7"),
        (lambda it: it["derivedFrom"][0].update(reference="#none"), "ref-1"),
        (lambda it: it.update(referenceRange=[{"age": {}}]), "obs-3"),
    ],
)
def test_the_definitions_are_awake(knowledge: Knowledge, change: Change, rule: str) -> None:
    made = copy.deepcopy(pain(knowledge))

    change(made)

    assert bool(rule) == any(rule in fault for fault in faults(made))
