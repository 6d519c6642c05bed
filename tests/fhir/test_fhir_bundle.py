"""What an assessment says in FHIR: never too much, never less than it found."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rugkompas.assess import Assessment, assess
from rugkompas.assess.plan import plan
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.bundle import bundle, handover_text
from rugkompas.fhir.guideline import apply
from rugkompas.people import made_up

Element = dict[str, Any]
AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DESK = json.loads((Path(__file__).parents[2] / "docs/examples/desk.json").read_text("utf-8"))


def made(found: Assessment, **more: Any) -> Element:
    return bundle(found, plan(found), at=AT, **more)


def resources(made: Element, kind: str) -> list[Element]:
    return [part["resource"] for part in made["entry"] if part["resource"]["resourceType"] == kind]


def coded(concept: Element) -> Iterator[tuple[str, str]]:
    yield from ((one["system"], one["code"]) for one in concept.get("coding", ()))


@pytest.fixture
def desk(knowledge: Knowledge, day: dt.date) -> Assessment:
    return assess(DESK, on=day, knowledge=knowledge)


def test_the_same_assessment_gives_the_same_bundle(desk: Assessment) -> None:
    assert made(desk) == made(desk)
    assert (
        made(desk)["entry"][0]["fullUrl"]
        != made(assess({**DESK, "pain_nrs": 2}, on=desk.day, knowledge=desk.knowledge))["entry"][0][
            "fullUrl"
        ]
    )


def test_a_moment_without_an_offset_is_no_moment(desk: Assessment) -> None:
    with pytest.raises(ValueError, match="offset"):
        bundle(desk, at=dt.datetime(2026, 11, 25, 12))


def test_the_answers_and_the_triage_are_in_it(desk: Assessment) -> None:
    found = made(desk)
    response = resources(found, "QuestionnaireResponse")[0]
    triage = resources(found, "Observation")[0]

    back = assess(answers_from(response, desk.knowledge).answers, on=desk.day)
    assert back.triage == desk.triage
    assert (names.RESULTS, f"urgency.{desk.triage.urgency}") in coded(
        triage["valueCodeableConcept"]
    )
    rules = [
        code.removeprefix("rule.")
        for part in triage["component"]
        for _, code in coded(part.get("valueCodeableConcept", {}))
        if code.startswith("rule.")
    ]
    assert rules == [row.id for row in desk.triage.rules]


def test_pain_has_the_code_of_loinc_and_of_the_dutch_building_block(desk: Assessment) -> None:
    pain = resources(made(desk), "Observation")[1]

    assert set(coded(pain["code"])) == {(names.LOINC, "72514-3"), (names.SNOMED, "225908003")}
    assert pain["valueInteger"] == DESK["pain_nrs"]
    assert pain["meta"]["profile"] == [names.PAIN_PROFILE]
    assert list(coded(pain["method"])) == [(names.NUMERIC_RATING.system, "NRS")]


@pytest.mark.hazard("H-26")
def test_an_open_triage_is_preliminary_and_flagged(knowledge: Knowledge, day: dt.date) -> None:
    found = made(assess({"age_years": 40}, on=day, knowledge=knowledge))
    triage = resources(found, "Observation")[0]
    complete = next(part for part in triage["component"] if "valueBoolean" in part)

    assert triage["status"] == "preliminary"
    assert complete["valueBoolean"] is False
    assert resources(found, "RiskAssessment")[0]["status"] == "preliminary"
    assert resources(found, "DocumentReference")[0]["docStatus"] == "preliminary"
    assert resources(found, "Flag")
    assert not [c for c in resources(found, "Condition") if "provisional" in json.dumps(c)]


@pytest.mark.hazard("H-26")
def test_a_flag_stands_exactly_for_what_cannot_wait(knowledge: Knowledge, day: dt.date) -> None:
    for answers in made_up.people(30, 5, knowledge):
        found = assess(answers, on=day, knowledge=knowledge)
        urgent = found.triage.urgency in ("emergency", "same_day", "within_days")

        assert bool(resources(made(found), "Flag")) is urgent


def test_no_condition_is_ever_confirmed_and_no_code_lacks_a_source(
    knowledge: Knowledge, day: dt.date
) -> None:
    sure = {
        (names.SYSTEMS[system], condition.codes[system])
        for condition in knowledge.conditions.values()
        for system in condition.codes_from
    }
    states: set[str] = set()
    for answers in [DESK, *made_up.people(40, 6, knowledge)]:
        found = made(assess(answers, on=day, knowledge=knowledge))
        for condition in resources(found, "Condition"):
            states |= {code for _, code in coded(condition["verificationStatus"])}
            assert set(coded(condition["code"])) <= sure
            assert "clinicalStatus" not in condition
        for risk in resources(found, "RiskAssessment"):
            assert "probability" not in json.dumps(risk)

    assert states == {"provisional", "differential"}


def test_what_was_struck_out_is_nowhere(knowledge: Knowledge, day: dt.date) -> None:
    found = assess(DESK, on=day, knowledge=knowledge)
    struck = plan(found).steps[0].offer.id
    without = {**DESK, "rejects": {struck: "geheime reden"}, "cannot": {"yoga": "andere reden"}}
    again = assess(without, on=day, knowledge=knowledge)

    for language in ("nl", "en"):
        bundle_ = made(again, language=language)
        document = resources(bundle_, "DocumentReference")[0]["content"][0]["attachment"]
        text = base64.b64decode(document["data"]).decode()
        whole = json.dumps(bundle_, ensure_ascii=False) + text
        for id_ in (struck, "yoga"):
            assert knowledge.words[language].options[id_].label not in whole
        assert "reden" not in whole
        assert text == handover_text(again, language)
        assert knowledge.words[language].summary["wishes_plan"] in text


def test_an_urgent_result_has_a_contact_and_no_steps(knowledge: Knowledge, day: dt.date) -> None:
    found = assess({**DESK, "bladder_change": "new_or_changed"}, on=day, knowledge=knowledge)
    care = resources(made(found), "CarePlan")[0]
    applied = apply(found, plan(found), at=AT, subject="Patient/1")

    assert found.triage.urgency == "emergency"
    for one in (care, applied):
        codes = [code for part in one["activity"] for _, code in coded(part["detail"]["code"])]
        assert codes == [f"contact.{found.triage.contacts[0]}"]
        assert (one["status"], one["intent"]) == ("draft", "proposal")


def test_a_chosen_plan_is_active_with_when_and_where(desk: Assessment) -> None:
    picks = [step.offer.id for step in plan(desk).steps]
    answers = {**DESK, "picks": picks, "plan_when": {picks[0]: "na het eten"}, "look_again": 3}
    found = assess(answers, on=desk.day, knowledge=desk.knowledge)
    care = resources(made(found), "CarePlan")[0]
    steps = [
        part["detail"]
        for part in care["activity"]
        if (names.OPTIONS, picks[0]) in coded(part["detail"]["code"])
    ]

    assert (care["status"], care["intent"]) == ("active", "plan")
    assert [step["scheduledString"] for step in steps] == ["na het eten"]
    assert care["period"]["end"] == (desk.day + dt.timedelta(weeks=3)).isoformat()


def test_own_activities_are_goals_and_observations(desk: Assessment) -> None:
    found = made(desk)
    own = [activity["name"] for activity in DESK["activities"]]

    assert [goal["description"]["text"] for goal in resources(found, "Goal")] == own
    assert {goal["lifecycleStatus"] for goal in resources(found, "Goal")} == {"proposed"}
    scores = [
        one["valueQuantity"]["value"]
        for one in resources(found, "Observation")
        if (names.RESULTS, "activity") in coded(one["code"])
    ]
    assert scores == [activity["now_0_10"] for activity in DESK["activities"]]


def test_everything_names_the_knowledge_that_made_it(desk: Assessment) -> None:
    found = made(desk)
    provenance = resources(found, "Provenance")[0]

    assert [target["reference"] for target in provenance["target"]] == [
        part["fullUrl"] for part in found["entry"][:-1]
    ]
    who = provenance["agent"][0]["who"]
    assert who["identifier"]["value"] == desk.knowledge.version
