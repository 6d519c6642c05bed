"""Whatever comes to the doors gets an answer: a result, or a refusal with its reason."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
from typing import Any

import fhirkit
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import KNOWLEDGE
from valid import problems

from rugkompas.fhir import bulk
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.outcome import Refused, operation_outcome
from rugkompas.fhir.populate import populate, sorted_out
from rugkompas.fhir.response import response_from
from rugkompas.people import made_up

DAY = dt.date(2026, 11, 25)
WHOLE = [
    response_from(
        {**one, "activities": [{"name": "a", "now_0_10": 2}], "tried": {"heat": "worse"}}, KNOWLEDGE
    )
    for one in made_up.people(4, 11, KNOWLEDGE)
]
RECORD = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "1", "birthDate": "1980-01-01"}},
        {
            "resource": {
                "resourceType": "Observation",
                "status": "final",
                "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]},
                "effectiveDateTime": "2026-11-25",
                "valueQuantity": {"value": 4},
            }
        },
        {
            "resource": {
                "resourceType": "Condition",
                "code": {"coding": [{"system": "http://snomed.info/sct", "code": "363346000"}]},
                "clinicalStatus": {"coding": [{"system": "x", "code": "active"}]},
            }
        },
    ],
}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["linkId", "item", "answer", "valueCoding", "code", "system", "x"]),
            inner,
        )
    ),
    max_leaves=6,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a value."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    found: list[tuple[Any, Any]] = []
    for key in keys:
        found += [(value, key), *places(value[key])]
    return found


def broken(draw: st.DrawFn, whole: Any) -> Any:
    """The same with one thing taken away or replaced by junk."""
    value = copy.deepcopy(whole)
    container, key = draw(st.sampled_from(places(value)))
    if draw(st.booleans()):
        container[key] = draw(JUNK)
    else:
        del container[key]
    return value


@st.composite
def responses(draw: st.DrawFn) -> Any:
    return broken(draw, draw(st.sampled_from(WHOLE)))


@st.composite
def records(draw: st.DrawFn) -> Any:
    return broken(draw, RECORD)


def told(error: Refused) -> None:
    assert error.issues
    assert problems(operation_outcome(error.issues, KNOWLEDGE)) == []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(responses() | JUNK)
def test_a_broken_response_is_read_or_refused_and_both_ways_agree(value: Any) -> None:
    try:
        alone = answers_from(value, KNOWLEDGE)
    except Refused as error:
        told(error)
        alone = None

    text = json.dumps(value)
    (batch,) = bulk.read(io.BytesIO(text.encode()), KNOWLEDGE, "a.ndjson")
    if "NaN" in text or "Infinity" in text:
        assert len(batch.rejects) == 1
    else:
        assert (len(batch.coded.rows), len(batch.rejects)) == ((1, 0) if alone else (0, 1))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(records() | JUNK)
def test_a_broken_record_is_read_or_refused(value: Any) -> None:
    try:
        patient, conditions, observations = sorted_out(value if isinstance(value, dict) else {})
        made = populate(patient, conditions, observations, knowledge=KNOWLEDGE, on=DAY)
    except Refused as error:
        told(error)
        return
    answers_from(made, KNOWLEDGE)


def test_every_type_of_resource_gets_an_answer() -> None:
    for kind in fhirkit.RESOURCE_TYPES:
        for door in (
            lambda one: answers_from(one, KNOWLEDGE),
            lambda one: populate(one, knowledge=KNOWLEDGE, on=DAY),
            lambda one: populate(RECORD["entry"][0]["resource"], [one], [one], knowledge=KNOWLEDGE),
        ):
            try:
                door({"resourceType": kind, "id": "1"})
            except Refused as error:
                told(error)
