"""Whom a resource is about: what is known of one person never becomes another's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rugkompas.fhir.outcome import Issue, Refused

_ID = "[A-Za-z0-9.-]{1,64}"
_PATIENT = re.compile(rf"((?:https?://\S{{1,200}}/)?Patient/({_ID}))(?:/_history/{_ID})?")
_WITHIN = re.compile(r"urn:uuid:[0-9a-f-]{36}")
RESPONSE = "QuestionnaireResponse.subject.reference"


def patient_id(reference: Any) -> str:
    """The id of the Patient that a reference names; "" when it names none in that way."""
    found = _PATIENT.fullmatch(reference) if isinstance(reference, str) else None
    return found[2] if found else ""


def is_of_another(resource: Mapping[str, Any], id_: str) -> bool:
    """Whether a resource names other patients and not this one. Without a subject, or with one
    that is said in another way (an identifier, ``urn:uuid:``), it is not known to be another's."""
    named = {patient_id(reference) for reference in _references(resource)} - {""}
    return bool(id_ and named) and id_ not in named


def _references(resource: Mapping[str, Any]) -> Iterator[Any]:
    taking_part = resource.get("participant")
    actors = [
        one.get("actor")
        for one in (taking_part if isinstance(taking_part, list) else ())
        if isinstance(one, Mapping)
    ]
    for place in (resource.get("subject"), *actors):
        if isinstance(place, Mapping):
            yield place.get("reference")


def subject_of(response: Mapping[str, Any], named: Any = None, path: str = RESPONSE) -> str:
    """The patient of a response as a reference, "" when it has none. named: who it is according to
    the sender, with the path of that.

    Raises Refused for what is no reference to a patient, and when the two are not the same person.
    """
    subject = response.get("subject")
    own = subject.get("reference") if isinstance(subject, Mapping) else None
    found = to_patient(own, RESPONSE)
    told = to_patient(named, path)
    if found and told and (patient_id(found) or found) != (patient_id(told) or told):
        raise Refused([Issue("fhir_other_patient", path)])
    return told or found


def to_patient(reference: Any, path: str = RESPONSE) -> str:
    """A reference to a patient, without a version: that says nothing about a person. "" for None.
    Raises Refused for any other reference, and for what is none."""
    if reference is None:
        return ""
    if isinstance(reference, str):
        if found := _PATIENT.fullmatch(reference):
            return found[1]
        if _WITHIN.fullmatch(reference):
            return reference
    raise Refused([Issue("fhir_no_reference", path)])
