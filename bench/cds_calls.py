"""Calls of CDS Hooks about made-up people: a chart is opened, an order is chosen and signed, an
appointment is booked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rugkompas.catalogue import load
from rugkompas.fhir.response import response_from
from rugkompas.people.made_up import people

SNOMED = "http://snomed.info/sct"
TODAY = dt.datetime.now(dt.UTC).date()


def _concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


PATIENT = {"resourceType": "Patient", "id": "1", "birthDate": "1970-05-17", "gender": "female"}
BACK_PAIN = {
    "resourceType": "Condition",
    "code": _concept("http://hl7.org/fhir/sid/icd-10", "M54.5"),
    "subject": {"reference": "Patient/1"},
}
OTHERS = [
    {**BACK_PAIN, "id": f"c{number}", "code": _concept(SNOMED, str(10**7 + number))}
    for number in range(40)
]
"""A record holds more than what a service looks for."""
SCAN = {
    "resourceType": "ServiceRequest",
    "id": "scan",
    "status": "draft",
    "intent": "order",
    "category": [_concept(SNOMED, "363679005")],
    "bodySite": [_concept(SNOMED, "122496007")],
    "subject": {"reference": "Patient/1"},
}
OPIOID = {
    "resourceType": "MedicationRequest",
    "id": "opioid",
    "status": "draft",
    "intent": "order",
    "medicationCodeableConcept": _concept("http://www.whocc.no/atc", "N02AX02"),
    "subject": {"reference": "Patient/1"},
}
APPOINTMENT = {
    "resourceType": "Appointment",
    "id": "visit",
    "status": "proposed",
    "reasonCode": [_concept("http://hl7.org/fhir/sid/icd-10", "M54.5")],
    "participant": [{"actor": {"reference": "Patient/1"}, "status": "needs-action"}],
}
RESPONSES = [
    response_from(one, load(), authored=f"{TODAY}T08:00:00Z")
    for one in people(200, 20261125, load())
]


def _bundle(*resources: Any) -> dict[str, Any]:
    entries = [{"resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}


HOOKS = {
    "back-pain-view": ("patient-view", {}),
    "back-pain-order-select": (
        "order-select",
        {"draftOrders": _bundle(SCAN, OPIOID), "selections": ["MedicationRequest/opioid"]},
    ),
    "back-pain-order-sign": ("order-sign", {"draftOrders": _bundle(SCAN, OPIOID)}),
    "back-pain-appointment": ("appointment-book", {"appointments": _bundle(APPOINTMENT)}),
}
"""Service -> (hook, what its context holds beside the people)."""


def body(service: str, place: int, instance: str) -> dict[str, Any]:
    """One call. place: whose answers. instance: the hookInstance."""
    hook, more = HOOKS[service]
    return {
        "hook": hook,
        "hookInstance": instance,
        "context": {"userId": "Practitioner/1", "patientId": "1", **more},
        "prefetch": {
            "patient": PATIENT,
            "conditions": _bundle(BACK_PAIN, *OTHERS),
            "observations": None,
            "responses": _bundle(RESPONSES[place % len(RESPONSES)]),
        },
    }
