"""When a card is shown, when nothing is said, and what a card says."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from records import (
    APPOINTMENT,
    BACK_PAIN,
    CANCER,
    DAY,
    DESK,
    ICD,
    INSTANCE,
    PATIENT,
    SCAN,
    SCIATICA,
    SNOMED,
    TRAMADOL,
    bundle,
    call,
    concept,
    condition,
    response,
    with_,
)

from rugkompas.assess import assess
from rugkompas.catalogue import Knowledge, load
from rugkompas.fhir.cds.answering import answer, feedback
from rugkompas.fhir.cds.record import FRESH_DAYS, NoPatient, call_of, told
from rugkompas.fhir.cds.services import SERVICES
from rugkompas.fhir.cds.view import INDICATOR
from rugkompas.fhir.outcome import Refused
from rugkompas.fhir.terminology import code_systems
from rugkompas.people import made_up

BY_HOOK = {service.hook: service for service in SERVICES.values()}
EMERGENCY = {**DESK, "bladder_change": "new_or_changed"}
ORDER_HOOKS = ("order-select", "order-sign")


def cards(sent: dict[str, Any], language: str = "en") -> list[dict[str, Any]]:
    service = BY_HOOK[sent["hook"]]
    made = answer(service, sent, load(), on=DAY, language=language, site="https://rug.example/")
    found: list[dict[str, Any]] = made["cards"]
    return found


def test_nothing_is_said_about_somebody_without_back_pain() -> None:
    assert cards(call("patient-view")) == []
    assert cards(call("patient-view", conditions=[CANCER])) == []


@pytest.mark.parametrize("answers", [DESK, EMERGENCY, {"age_years": 40}])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_own_answers_give_their_assessment(
    knowledge: Knowledge, answers: dict[str, Any], language: str
) -> None:
    sent = call("patient-view", responses=[response(answers)])

    (card,) = cards(sent, language)

    known = told(call_of(sent, BY_HOOK["patient-view"]), knowledge, DAY)
    triage = assess(known.answers, on=DAY, knowledge=knowledge).triage
    words = knowledge.words[language]
    assert card["indicator"] == INDICATOR[triage.urgency]
    assert words.tiers[triage.urgency].name in card["summary"]
    for row in triage.rules:
        assert words.red_flags[row.id].reason in card["detail"]
    for id_ in triage.missing:
        assert words.questions[id_].short in card["detail"]
    assert (words.cds["open"] in card["detail"]) == (not triage.complete)


@pytest.mark.hazard("H-01")
def test_an_emergency_is_critical_and_says_whom_to_call() -> None:
    (card,) = cards(call("patient-view", responses=[response(EMERGENCY)]))

    assert card["indicator"] == "critical"
    assert "Call" in card["detail"]


def test_what_can_fit_is_never_a_fact(knowledge: Knowledge) -> None:
    for one in made_up.people(60, 8, knowledge):
        for card in cards(call("patient-view", responses=[response(one)])):
            for words in knowledge.words["en"].conditions.values():
                if words.name in card["detail"]:
                    before = card["detail"].split(words.name)[0]
                    assert "Can fit the answers. Not established." in before
                assert words.name not in card["summary"]


def test_old_answers_are_told_and_not_assessed() -> None:
    last = DAY - dt.timedelta(days=FRESH_DAYS)
    old = last - dt.timedelta(days=1)

    (fresh,) = cards(call("patient-view", responses=[response(EMERGENCY, last)]))
    (card,) = cards(call("patient-view", responses=[response(EMERGENCY, old)]))

    assert fresh["indicator"] == "critical"
    assert card["indicator"] == "info"
    assert "too old to assess" in card["detail"]


def test_the_latest_answers_count_in_whatever_order_they_come() -> None:
    before = response(EMERGENCY, DAY - dt.timedelta(days=3))
    now = response(DESK, DAY)
    to_come = response(EMERGENCY, DAY + dt.timedelta(days=2))

    (card,) = cards(call("patient-view", responses=[now, to_come, before]))
    (other,) = cards(call("patient-view", responses=[before, now]))

    assert card == other
    assert card["indicator"] == "info"


def test_back_pain_in_the_record_and_nobody_asked_is_said() -> None:
    (card,) = cards(call("patient-view", conditions=[BACK_PAIN]))

    assert card["indicator"] == "info"
    assert "were not answered" in card["summary"]
    over = condition(ICD, "M54.5", clinical="resolved")
    refuted = condition(ICD, "M54.5", verified="refuted")
    assert cards(call("patient-view", conditions=[over, refuted])) == []


@pytest.mark.hazard("H-06")
def test_the_record_makes_things_more_urgent_and_never_less(knowledge: Knowledge) -> None:
    without = {**DESK, "cancer": "none"}
    sent = call("patient-view", responses=[response(without)], conditions=[CANCER])

    known = told(call_of(sent, BY_HOOK["patient-view"]), knowledge, DAY)

    assert known.answers["cancer"] == "current_or_metastatic"
    past = condition(SNOMED, "363346000", clinical="remission")
    worse = {**DESK, "cancer": "current_or_metastatic"}
    sent = call("patient-view", responses=[response(worse)], conditions=[past])
    known = told(call_of(sent, BY_HOOK["patient-view"]), knowledge, DAY)
    assert known.answers["cancer"] == "current_or_metastatic"


@pytest.mark.parametrize("hook", ORDER_HOOKS)
@pytest.mark.parametrize("answers", [None, DESK])
def test_a_scan_of_the_low_back_gets_what_guidelines_say(hook: str, answers: Any) -> None:
    responses = [] if answers is None else [response(answers)]

    (card,) = cards(call(hook, orders=[SCAN], conditions=[BACK_PAIN], responses=responses))

    assert "advise against" in card["summary"]
    assert card["source"]["url"].startswith("https://")
    assert "NICE" in card["detail"]
    assert card["selectionBehavior"] == "at-most-one"
    (suggestion,) = card["suggestions"]
    assert suggestion["actions"][0]["type"] == "delete"
    assert suggestion["actions"][0]["resourceId"] == "ServiceRequest/scan-1"
    assert "No alarm sign is known" in card["detail"]


def test_an_opioid_for_back_pain_gets_what_is_known() -> None:
    (card,) = cards(call("order-sign", orders=[TRAMADOL], conditions=[BACK_PAIN]))

    assert "WHO" in card["summary"]
    assert "from memory" in card["detail"]


def test_an_opioid_that_the_order_refers_to_is_read_too() -> None:
    coded = {
        "resourceType": "Medication",
        "id": "m1",
        "code": concept("http://www.whocc.no/atc", "N02AA05"),
    }
    inside = with_(
        TRAMADOL,
        medicationCodeableConcept=None,
        medicationReference={"reference": "#m1"},
        contained=[coded],
    )
    beside = with_(inside, contained=None, medicationReference={"reference": "Medication/m1"})

    assert len(cards(call("order-sign", orders=[inside], conditions=[BACK_PAIN]))) == 1
    assert len(cards(call("order-sign", orders=[beside, coded], conditions=[BACK_PAIN]))) == 1
    assert cards(call("order-sign", orders=[beside], conditions=[BACK_PAIN])) == []


FRACTURE = [concept(ICD, "S32.0")]
SILENT = {
    "another body region": ({"orders": [with_(SCAN, bodySite=[concept(SNOMED, "122494005")])]}),
    "no body region": ({"orders": [with_(SCAN, bodySite=None)]}),
    "no imaging": ({"orders": [with_(SCAN, category=None)]}),
    "another medicine": (
        {
            "orders": [
                with_(
                    TRAMADOL,
                    medicationCodeableConcept=concept("http://www.whocc.no/atc", "N02BE01"),
                )
            ]
        }
    ),
    "a code that only looks like one": (
        {
            "orders": [
                with_(TRAMADOL, medicationCodeableConcept=concept("http://local.example", "N02A"))
            ]
        }
    ),
    "an opioid for another pain": ({"orders": [TRAMADOL], "conditions": []}),
    "an opioid with another reason": ({"orders": [with_(TRAMADOL, reasonCode=FRACTURE)]}),
    "a scan with another reason": ({"orders": [with_(SCAN, reasonCode=FRACTURE)]}),
    "pain that goes down the leg": ({"orders": [SCAN, TRAMADOL], "conditions": [SCIATICA]}),
    "cancer in the record": ({"orders": [SCAN, TRAMADOL], "conditions": [BACK_PAIN, CANCER]}),
    "an alarm sign in own answers": (
        {"orders": [SCAN, TRAMADOL], "responses": [response(EMERGENCY)]}
    ),
    "doubt about cancer": (
        {"orders": [SCAN, TRAMADOL], "responses": [response({**DESK, "cancer": "unknown"})]}
    ),
    "doubt about brittle bones": (
        {"orders": [SCAN, TRAMADOL], "responses": [response({**DESK, "bone_risk": "unknown"})]}
    ),
    "brittle bones": ({"orders": [SCAN], "conditions": [BACK_PAIN, condition(SNOMED, "64859006")]}),
    "a child": ({"orders": [SCAN], "patient": with_(PATIENT, birthDate="2012-01-01")}),
    "an unknown age": ({"orders": [SCAN], "patient": with_(PATIENT, birthDate="1988")}),
    "no order": ({"orders": []}),
}


@pytest.mark.hazard("H-01")
@pytest.mark.parametrize("hook", ORDER_HOOKS)
@pytest.mark.parametrize("case", SILENT)
def test_nothing_is_said_about_other_orders_and_with_alarm_signs(hook: str, case: str) -> None:
    given = {"conditions": [BACK_PAIN], **SILENT[case]}

    assert cards(call(hook, **given)) == []


def test_only_what_was_just_selected_is_told_about() -> None:
    both = {"orders": [SCAN, TRAMADOL], "conditions": [BACK_PAIN]}

    chosen = cards(call("order-select", selections=["MedicationRequest/tramadol-1"], **both))
    everything = cards(call("order-sign", **both))

    assert len(chosen) == 1
    assert "Opioid" in chosen[0]["summary"]
    assert len(everything) == 2
    assert len({card["uuid"] for card in everything}) == 2


def test_an_order_without_an_id_gets_no_suggestion() -> None:
    (card,) = cards(call("order-sign", orders=[with_(SCAN, id=None)], conditions=[BACK_PAIN]))

    assert "suggestions" not in card
    assert "selectionBehavior" not in card


def test_every_reason_to_go_on_can_be_looked_up(knowledge: Knowledge) -> None:
    both = call("order-sign", orders=[SCAN, TRAMADOL], conditions=[BACK_PAIN])
    known = {
        (system["url"], concept["code"]): concept.get("display")
        for system in code_systems(knowledge, ("en", "nl"))
        for concept in system["concept"]
    }

    for card in cards(both):
        assert len(card["overrideReasons"]) > 3
        for reason in card["overrideReasons"]:
            assert known[reason["system"], reason["code"]] == reason["display"]


def test_an_appointment_for_back_pain_gets_a_link() -> None:
    (card,) = cards(call("appointment-book", orders=[APPOINTMENT]))

    assert card["links"] == [
        {"label": "Open the questions of Rugkompas", "url": "https://rug.example/",
         "type": "absolute"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {"orders": [with_(APPOINTMENT, reasonCode=[concept(ICD, "J06.9")])]},
        {"orders": [with_(APPOINTMENT, reasonCode=None)]},
        {"orders": [with_(APPOINTMENT, specialty=[concept(SNOMED, "394585009")])]},
        {"orders": [with_(APPOINTMENT, status="cancelled")]},
        {"orders": [APPOINTMENT], "responses": [response(DESK)]},
        {"orders": [SCAN]},
    ],
    ids=[
        "a cold",
        "no reason",
        "a gynaecologist",
        "called off",
        "answered already",
        "no appointment",
    ],
)
def test_nothing_is_said_about_other_appointments(given: dict[str, Any]) -> None:
    assert cards(call("appointment-book", **given)) == []


def test_every_card_has_the_form_of_cds_hooks(knowledge: Knowledge) -> None:
    sent = [
        call("patient-view", conditions=[BACK_PAIN]),
        call("order-sign", orders=[SCAN, TRAMADOL], conditions=[BACK_PAIN]),
        call("appointment-book", orders=[APPOINTMENT]),
        *(
            call("patient-view", responses=[response(one)], conditions=[BACK_PAIN])
            for one in made_up.people(80, 3, knowledge)
        ),
    ]

    found = [card for one in sent for lang in ("nl", "en") for card in cards(one, lang)]

    assert len(found) > 160
    for card in found:
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning", "critical")
        assert card["source"]["label"]
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", card["uuid"])
        assert "{" not in json.dumps([card["summary"], card["detail"]])


@pytest.mark.hazard("H-46")
def test_own_words_of_a_person_are_on_no_card() -> None:
    planted = "plantedwordofaperson"
    answers = {
        **DESK,
        "activities": [{"name": planted, "now_0_10": 7}],
        "cannot": {"yoga": planted},
    }

    found = cards(call("patient-view", responses=[response(answers)]))

    assert found
    assert planted not in json.dumps(found)


def test_what_cannot_be_read_in_a_record_is_counted_and_told() -> None:
    changed = {**BACK_PAIN, "modifierExtension": [{"url": "http://x", "valueBoolean": True}]}

    (card,) = cards(call("patient-view", conditions=[BACK_PAIN, changed]))

    assert "could not be read: 1." in card["detail"]


NOT_FOUND = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "timeout"}],
}
"""What a record sends in place of what it could not look up."""


@pytest.mark.parametrize("prefetch", [None, {}, {"patient": None}, {"patient": NOT_FOUND}])
def test_without_a_patient_nothing_can_be_said(prefetch: Any) -> None:
    with pytest.raises(NoPatient):
        cards(call("patient-view") | {"prefetch": prefetch})


@pytest.mark.parametrize("died", [{"deceasedBoolean": True}, {"deceasedDateTime": "2026-11-24"}])
def test_nothing_is_said_about_somebody_who_died(died: dict[str, Any]) -> None:
    sent = call("patient-view", responses=[response(EMERGENCY)], patient=PATIENT | died)

    assert cards(sent) == []
    alive = PATIENT | {"deceasedBoolean": False}
    assert cards(call("patient-view", responses=[response(EMERGENCY)], patient=alive))


@pytest.mark.hazard("H-54")
def test_nothing_of_somebody_else_is_on_a_card() -> None:
    other = {"subject": {"reference": "Patient/9"}}
    theirs = response(EMERGENCY) | other

    assert cards(call("patient-view", responses=[theirs], conditions=[BACK_PAIN | other])) == []
    (mine,) = cards(call("patient-view", responses=[theirs, response(DESK)]))
    (alone,) = cards(call("patient-view", responses=[response(DESK)]))

    assert mine["summary"] == alone["summary"]
    assert "about somebody else: 1." in mine["detail"]
    assert cards(call("order-sign", orders=[SCAN | other])) == []
    theirs = [{"actor": other["subject"]}]
    assert cards(call("appointment-book", orders=[APPOINTMENT | {"participant": theirs}])) == []


@pytest.mark.parametrize("id_", ["1288992", "Patient/1288992"])
def test_a_patient_without_an_id_is_the_one_of_the_call(id_: str) -> None:
    back_pain = {**BACK_PAIN, "subject": {"reference": "Patient/1288992"}}
    sent = call("order-sign", orders=[SCAN], conditions=[back_pain])
    sent["context"]["patientId"] = id_
    sent["prefetch"]["patient"] = {**sent["prefetch"]["patient"], "id": None}

    assert len(cards(sent)) == 1


@pytest.mark.parametrize(
    "conditions", [NOT_FOUND, bundle(BACK_PAIN) | {"link": [{"relation": "next", "url": "x"}]}]
)
def test_a_record_that_sent_a_part_is_told(conditions: Any) -> None:
    sent = call("patient-view", responses=[response(DESK)])
    whole = cards(sent)
    sent["prefetch"]["conditions"] = conditions

    assert "did not send everything" in cards(sent)[0]["detail"]
    assert "did not send everything" not in whole[0]["detail"]


@pytest.mark.parametrize(
    "changed", [{"doNotPerform": True}, {"status": "revoked"}, {"status": "entered-in-error"}]
)
@pytest.mark.parametrize("order", [SCAN, TRAMADOL])
def test_nothing_is_said_about_an_order_that_is_none(
    order: dict[str, Any], changed: dict[str, Any]
) -> None:
    sent = call("order-sign", orders=[order], conditions=[BACK_PAIN])

    assert len(cards(sent)) == 1
    assert cards(call("order-sign", orders=[order | changed], conditions=[BACK_PAIN])) == []


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"hook": "order-sign"}, "hook"),
        ({"hookInstance": "1"}, "hookInstance"),
        ({"context": []}, "context"),
        ({"context": {"userId": "Practitioner/1"}}, "context.patientId"),
        ({"prefetch": {"patient": PATIENT, "conditions": {}}}, "prefetch.conditions"),
        ({"prefetch": {"patient": PATIENT, "conditions": [1]}}, "prefetch.conditions"),
        ({"prefetch": 4}, "prefetch"),
        ({"prefetch": []}, "prefetch"),
        ({"prefetch": {"patient": {"resourceType": "Group"}}}, "prefetch.patient"),
        (
            {"prefetch": {"patient": PATIENT | {"implicitRules": "x"}}},
            "prefetch.patient.implicitRules",
        ),
        ({"prefetch": {"patient": PATIENT | {"id": "9"}}}, "prefetch.patient.id"),
    ],
)
def test_a_call_that_is_no_call_is_refused_with_its_place(
    changed: dict[str, Any], path: str
) -> None:
    with pytest.raises(Refused) as refused:
        answer(BY_HOOK["patient-view"], call("patient-view") | changed, load(), on=DAY)

    assert path in [issue.path for issue in refused.value.issues]


GOOD = {
    "card": INSTANCE,
    "outcome": "accepted",
    "acceptedSuggestions": [{"id": INSTANCE}],
    "outcomeTimestamp": "2026-11-25T10:05:31Z",
}
OVERRIDDEN = {
    "card": INSTANCE,
    "outcome": "overridden",
    "overrideReason": {"reason": {"code": "other", "system": "x"}, "userComment": "own words"},
    "outcomeTimestamp": "2026-11-25T10:05:31+01:00",
}


def test_feedback_is_checked() -> None:
    assert feedback({"feedback": [GOOD, OVERRIDDEN]}) == 2
    for reason in (None, {"reason": None}, {}):
        assert feedback({"feedback": [OVERRIDDEN | {"overrideReason": reason}]}) == 1
    wrong: list[Any] = [
        {},
        [],
        {"feedback": []},
        {"feedback": [GOOD] * 101},
        {"feedback": [4]},
        {"feedback": [GOOD | {"card": "x"}]},
        {"feedback": [GOOD | {"outcome": "liked"}]},
        {"feedback": [GOOD | {"outcomeTimestamp": "yesterday"}]},
        {"feedback": [GOOD | {"outcomeTimestamp": "2026-11-25T10:05:31"}]},
        {"feedback": [GOOD | {"acceptedSuggestions": []}]},
        {"feedback": [OVERRIDDEN | {"overrideReason": "no"}]},
        {"feedback": [OVERRIDDEN | {"overrideReason": {"reason": "no"}}]},
    ]
    for sent in wrong:
        with pytest.raises(Refused):
            feedback(sent)
