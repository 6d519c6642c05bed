"""Filled in beforehand: only what a record surely says, with where it came from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from renderer import items

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.names import Foreign
from rugkompas.fhir.outcome import Refused
from rugkompas.fhir.populate import populate, sorted_out

Element = dict[str, Any]
ANNA: Element = {
    "resourceType": "Patient",
    "id": "anna",
    "birthDate": "1980-11-26",
    "gender": "female",
}


def condition(code: Foreign, clinical: str = "active", sure: str = "confirmed") -> Element:
    system = "http://terminology.hl7.org/CodeSystem/condition-"
    return {
        "resourceType": "Condition",
        "id": code.code,
        "clinicalStatus": {"coding": [{"system": f"{system}clinical", "code": clinical}]},
        "verificationStatus": {"coding": [{"system": f"{system}ver-status", "code": sure}]},
        "code": {"coding": [{"system": code.system, "code": code.code}]},
    }


def observation(code: Foreign, when: str, status: str = "final", **value: Any) -> Element:
    return {
        "resourceType": "Observation",
        "id": f"o{when}",
        "status": status,
        "code": {"coding": [{"system": code.system, "code": code.code}]},
        "effectiveDateTime": when,
        **value,
    }


def filled(knowledge: Knowledge, day: dt.date, *others: Element, who: Element = ANNA) -> Any:
    conditions = [one for one in others if one["resourceType"] == "Condition"]
    observations = [one for one in others if one["resourceType"] == "Observation"]
    made = populate(who, conditions, observations, knowledge=knowledge, on=day)
    return answers_from(made, knowledge).answers


def test_age_and_sex_come_from_the_patient(knowledge: Knowledge, day: dt.date) -> None:
    # Her birthday is tomorrow.
    assert filled(knowledge, day) == {"age_years": 45, "sex": "female"}


@pytest.mark.parametrize(
    "patient",
    [
        {},
        {"birthDate": "1980"},
        {"birthDate": "1980-11"},
        {"birthDate": "2030-01-01"},
        {"birthDate": "1800-01-01"},
        {"birthDate": "1980-02-30"},
        {"birthDate": 1980},
        {"birthDate": "1980-01-01", "deceasedBoolean": True},
        {"gender": "unknown"},
        {"gender": ["female"]},
    ],
)
def test_what_is_not_sure_stays_open(knowledge: Knowledge, day: dt.date, patient: Element) -> None:
    assert filled(knowledge, day, who={"resourceType": "Patient", **patient}) == {}


def test_conditions_count_only_when_confirmed(knowledge: Knowledge, day: dt.date) -> None:
    known = filled(
        knowledge, day, condition(names.CANCER, "remission"), condition(names.ANEURYSM),
        condition(names.OSTEOPOROSIS),
    )  # fmt: skip
    doubtful = filled(
        knowledge, day, condition(names.CANCER, sure="provisional"),
        condition(names.ANEURYSM, "resolved"), condition(names.OSTEOPOROSIS, sure="refuted"),
    )  # fmt: skip

    assert known == {
        "age_years": 45,
        "sex": "female",
        "cancer": "past",
        "known_aaa": "yes",
        "bone_risk": "yes",
        "person_facts": {"osteoporosis": "yes"},
    }
    assert set(doubtful) == {"age_years", "sex"}


def test_of_two_answers_the_more_serious_counts(knowledge: Knowledge, day: dt.date) -> None:
    today = day.isoformat()
    cancers = [condition(names.CANCER), condition(names.CANCER, "remission")]
    pains = [
        observation(names.PAIN, today, valueInteger=3),
        observation(names.PAIN, f"{today}T09:00:00+01:00", valueQuantity={"value": 8}),
    ]

    for order in (1, -1):
        found = filled(knowledge, day, *cancers[::order], *pains[::order])
        assert (found["cancer"], found["pain_nrs"]) == ("current_or_metastatic", 8)


def test_pain_is_of_today_and_pregnancy_of_late(knowledge: Knowledge, day: dt.date) -> None:
    pregnant = {"valueCodeableConcept": {"coding": [{"system": names.SNOMED, "code": "77386006"}]}}
    earlier = (day - dt.timedelta(days=1)).isoformat()
    long_ago = (day - dt.timedelta(days=29)).isoformat()
    today = day.isoformat()

    good = filled(knowledge, day, observation(names.PREGNANCY, earlier, **pregnant))
    assert good["pregnancy"] == "pregnant"
    for one in (
        observation(names.PREGNANCY, long_ago, **pregnant),
        observation(names.PAIN, earlier, valueInteger=7),
        observation(names.PAIN, today, "preliminary", valueInteger=7),
        observation(names.PAIN, today, valueInteger=70),
        observation(names.PAIN, today, valueQuantity={"value": 7, "comparator": "<"}),
        observation(names.PAIN, today, valueQuantity={"value": 7, "code": "mm"}),
        observation(names.PAIN, today, valueString="7"),
    ):
        assert set(filled(knowledge, day, one)) == {"age_years", "sex"}


def test_each_answer_names_where_it_came_from(knowledge: Knowledge, day: dt.date) -> None:
    made = populate(ANNA, [condition(names.ANEURYSM)], knowledge=knowledge, on=day)
    sources = {
        item["linkId"]: item["answer"][0]["extension"][0]["valueReference"]["reference"]
        for item in items(made)
        if "answer" in item
    }

    assert made["status"] == "in-progress"
    assert sources == {
        "age_years": "Patient/anna",
        "sex": "Patient/anna",
        "known_aaa": "Condition/233985008",
    }


def test_what_must_not_be_read_past_is_refused(knowledge: Knowledge, day: dt.date) -> None:
    denied = {**condition(names.CANCER), "modifierExtension": [{"url": "http://x.org/not"}]}
    for conditions in ([denied], [ANNA], ["x"]):
        with pytest.raises(Refused):
            populate(ANNA, conditions, knowledge=knowledge, on=day)
    with pytest.raises(Refused):
        populate(condition(names.CANCER), knowledge=knowledge, on=day)


def test_a_bundle_holds_one_patient() -> None:
    entries = [{"resource": one} for one in (ANNA, condition(names.CANCER), {"resourceType": "X"})]

    patient, conditions, observations = sorted_out({"resourceType": "Bundle", "entry": entries})

    assert (patient["id"], len(conditions), observations) == ("anna", 1, [])
    for wrong in ([], [{"resource": ANNA}] * 2, "x", [{"resource": {"resourceType": [ANNA]}}]):
        with pytest.raises(Refused):
            sorted_out({"resourceType": "Bundle", "entry": wrong})


def about(who: str, one: Element) -> Element:
    return {**one, "subject": {"reference": who}}


def within(*resources: Element) -> Element:
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}


@pytest.mark.hazard("H-54")
@pytest.mark.parametrize("other", ["Patient/ben", "https://record.example/fhir/Patient/ben"])
def test_nothing_of_somebody_else_is_filled_in(
    knowledge: Knowledge, day: dt.date, other: str
) -> None:
    theirs = about(other, condition(names.CANCER))

    with pytest.raises(Refused) as refused:
        sorted_out(within(ANNA, condition(names.ANEURYSM), theirs))
    with pytest.raises(Refused):
        populate(ANNA, [theirs], knowledge=knowledge, on=day)

    (issue,) = refused.value.issues
    assert (issue.kind, issue.path) == (
        "fhir_other_patient",
        "Bundle.entry[2].resource.subject.reference",
    )


@pytest.mark.parametrize(
    "named",
    [
        "Patient/anna",
        "Patient/anna/_history/3",
        "https://record.example/fhir/Patient/anna",
        "urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "Group/ben",
        7,
    ],
)
def test_what_is_not_known_to_be_about_somebody_else_is_used(named: Any) -> None:
    mine = about(named, condition(names.CANCER))

    assert sorted_out(within(ANNA, mine))[1] == [mine]


def test_resources_stand_in_parameters_as_sdc_has_it() -> None:
    pain = about("Patient/anna", observation(names.PAIN, "2026-11-25", valueInteger=4))
    context = {
        "name": "context",
        "part": [
            {"name": "name", "valueString": "patient"},
            {"name": "content", "resource": ANNA},
            {"name": "content", "resource": within(condition(names.CANCER))},
        ],
    }
    sent = {"resourceType": "Parameters", "parameter": [context, {"name": "x", "resource": pain}]}

    patient, conditions, observations = sorted_out(sent)

    assert (patient, len(conditions), observations) == (ANNA, 1, [pain])
    context["part"].append({"name": "content", "resource": about("Patient/ben", pain)})
    with pytest.raises(Refused) as refused:
        sorted_out(sent)
    assert [it.path for it in refused.value.issues] == [
        "Parameters.parameter[0].part[3].resource.subject.reference"
    ]
