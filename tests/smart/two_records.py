"""Made-up records, as a record system holds them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rugkompas.fhir import names
from rugkompas.fhir.names import Foreign

Json = dict[str, Any]
_STATUS = "http://terminology.hl7.org/CodeSystem/condition-"


def patient(id_: str, **more: Any) -> Json:
    return {
        "resourceType": "Patient",
        "id": id_,
        "name": [{"use": "official", "given": ["Anna"], "family": "Bakker-Zilver"}],
        "birthDate": "1961-03-05",
        "gender": "female",
        **more,
    }


def condition(whose: str, code: Foreign, clinical: str = "active") -> Json:
    return {
        "resourceType": "Condition",
        "id": f"c-{code.code}",
        "subject": {"reference": f"Patient/{whose}"},
        "clinicalStatus": {"coding": [{"system": f"{_STATUS}clinical", "code": clinical}]},
        "verificationStatus": {"coding": [{"system": f"{_STATUS}ver-status", "code": "confirmed"}]},
        "code": {"coding": [{"system": code.system, "code": code.code}]},
    }


def pain(whose: str, score: int, day: dt.date) -> Json:
    return {
        "resourceType": "Observation",
        "id": "o-pain",
        "status": "final",
        "subject": {"reference": f"Patient/{whose}"},
        "code": {"coding": [{"system": names.PAIN.system, "code": names.PAIN.code}]},
        "effectiveDateTime": day.isoformat(),
        "valueInteger": score,
    }


def anna(day: dt.date) -> tuple[Json, list[Json]]:
    """65 years or nearly, had cancer, has osteoporosis, and a pain score of 7 today."""
    return patient("anna"), [
        condition("anna", names.CANCER, "resolved"),
        condition("anna", names.OSTEOPOROSIS),
        pain("anna", 7, day),
    ]


def bram() -> tuple[Json, list[Json]]:
    """Nothing but who he is."""
    return patient("bram", gender="male", name=[{"text": "Bram Visser"}]), []
