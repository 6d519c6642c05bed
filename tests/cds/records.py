"""Parts of records and calls of hooks, as a record system would send them."""

from __future__ import annotations

import copy
import datetime as dt
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from rugkompas.catalogue import load
from rugkompas.fhir.response import response_from

DAY = dt.date(2026, 11, 25)
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
DESK = json.loads((Path(__file__).parents[2] / "docs/examples/desk.json").read_text("utf-8"))
PATIENT = {"resourceType": "Patient", "id": "1288992", "birthDate": "1988-03-09", "gender": "male"}
ICD = "http://hl7.org/fhir/sid/icd-10"
SNOMED = "http://snomed.info/sct"
STATUS = "http://terminology.hl7.org/CodeSystem/condition-"


def concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def condition(
    system: str, code: str, verified: str = "confirmed", clinical: str = "active"
) -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "id": f"c-{code.replace('.', '-')}",
        "clinicalStatus": concept(f"{STATUS}clinical", clinical),
        "verificationStatus": concept(f"{STATUS}ver-status", verified),
        "code": concept(system, code),
        "subject": {"reference": "Patient/1288992"},
    }


BACK_PAIN = condition(ICD, "M54.5")
SCIATICA = condition(ICD, "M54.4")
CANCER = condition(SNOMED, "363346000")

SCAN = {
    "resourceType": "ServiceRequest",
    "id": "scan-1",
    "status": "draft",
    "intent": "order",
    "category": [concept(SNOMED, "363679005")],
    "code": {"text": "MRI"},
    "bodySite": [concept(SNOMED, "122496007")],
    "subject": {"reference": "Patient/1288992"},
}
TRAMADOL = {
    "resourceType": "MedicationRequest",
    "id": "tramadol-1",
    "status": "draft",
    "intent": "order",
    "medicationCodeableConcept": concept("http://www.whocc.no/atc", "N02AX02"),
    "subject": {"reference": "Patient/1288992"},
}
APPOINTMENT = {
    "resourceType": "Appointment",
    "id": "apt-1",
    "status": "proposed",
    "specialty": [concept(SNOMED, "722138006")],
    "reasonCode": [concept(ICD, "M54.5")],
    "participant": [
        {"actor": {"reference": "Patient/1288992"}, "status": "needs-action"},
    ],
}


def with_(resource: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The same resource with other elements; None takes one away."""
    made = copy.deepcopy(resource) | changed
    return {name: part for name, part in made.items() if part is not None}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each part of a value."""
    parts: Any = value.items() if isinstance(value, dict) else ()
    parts = enumerate(value) if isinstance(value, list) else parts
    for name, part in parts:
        yield (*path, name)
        yield from places(part, (*path, name))


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    """The same value with another part in one place."""
    copied = copy.deepcopy(value)
    inner = copied
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = by
    return copied


def bundle(*resources: Any, type_: str = "searchset") -> dict[str, Any]:
    made = {"resourceType": "Bundle", "type": type_}
    return made | ({"entry": [{"resource": one} for one in resources]} if resources else {})


def response(answers: dict[str, Any], day: dt.date = DAY) -> dict[str, Any]:
    return response_from(answers, load(), authored=f"{day}T08:30:00+01:00")


def call(
    hook: str,
    *,
    orders: Any = None,
    conditions: Any = (),
    responses: Any = (),
    patient: Any = PATIENT,
    **context: Any,
) -> dict[str, Any]:
    """A call as a record system sends it, with everything that it looked up beforehand."""
    name = "appointments" if hook == "appointment-book" else "draftOrders"
    more = {} if orders is None else {name: bundle(*orders, type_="collection")}
    return {
        "hook": hook,
        "hookInstance": INSTANCE,
        "fhirServer": "https://record.example/fhir",
        "context": {
            "userId": "Practitioner/example",
            "patientId": "1288992",
            **more,
            **context,
        },
        "prefetch": {
            "patient": patient,
            "conditions": bundle(*conditions),
            "observations": bundle(),
            "responses": bundle(*responses),
        },
    }


@dataclass(frozen=True, slots=True)
class Got:
    status: int
    headers: Message
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


def send(address: str, sent: Any = None, *, method: str | None = None, **headers: str) -> Got:
    """GET, or POST of a value (bytes go as they are)."""
    body = sent if sent is None or isinstance(sent, bytes) else json.dumps(sent).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        named.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(address, data=body, headers=named, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return Got(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Got(error.code, error.headers, error.read())
