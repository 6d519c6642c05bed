"""The operations of a server: a body in, a resource out. Nothing is looked up and nothing kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from rugkompas.assess import Assessment
from rugkompas.assess import assess as assessed
from rugkompas.assess.plan import NotOffered, Plan
from rugkompas.assess.plan import plan as planned
from rugkompas.catalogue import Knowledge
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.bundle import bundle
from rugkompas.fhir.checking import listed, resource_of
from rugkompas.fhir.elements import Element, instant_of
from rugkompas.fhir.guideline import apply as applied
from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.fhir.populate import populate as populated
from rugkompas.fhir.populate import sorted_out

_REFERENCE = re.compile(
    r"(https?://[^\s]{1,200}/)?[A-Z][A-Za-z]{1,40}/[A-Za-z0-9.-]{1,64}|urn:uuid:[0-9a-f-]{36}"
)
Operation = Callable[[Any, Knowledge, dt.datetime, str], Element]


def populate(sent: Any, knowledge: Knowledge, at: dt.datetime, language: str) -> Element:  # noqa: ARG001
    """``$populate``: a Patient, a Bundle with one, or Parameters with such a resource. The
    response is the parameter ``response``, as SDC has it. Raises Refused."""
    resource = _within(sent, "Bundle", "Patient")
    patient, conditions, observations = sorted_out(resource)
    made = populated(
        patient,
        conditions,
        observations,
        knowledge=knowledge,
        on=at.date(),
        authored=instant_of(at),
    )
    return {"resourceType": "Parameters", "parameter": [{"name": "response", "resource": made}]}


def assess(sent: Any, knowledge: Knowledge, at: dt.datetime, language: str) -> Element:
    """``$assess``: a QuestionnaireResponse, bare or in Parameters; a collection comes back.
    Raises Refused."""
    response = _within(sent, "QuestionnaireResponse")
    found, plan = _found(response, knowledge, at)
    subject = _subject(response)
    return bundle(found, plan, at=at, language=language, subject=subject, type_="collection")


def apply(sent: Any, knowledge: Knowledge, at: dt.datetime, language: str) -> Element:
    """``$apply``: Parameters with a response, and ``subject`` unless the response names one; or
    such a response bare. A CarePlan comes back. Raises Refused."""
    response = _within(sent, "QuestionnaireResponse")
    named = _named(sent, "subject")
    subject = _reference(named, "Parameters.parameter") if named else _subject(response)
    if not subject:
        raise Refused([Issue("fhir_missing", "QuestionnaireResponse.subject.reference")])
    found, plan = _found(response, knowledge, at)
    return applied(found, plan, at=at, language=language, subject=subject)


OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("Questionnaire", "populate"): populate,
    ("QuestionnaireResponse", "assess"): assess,
    ("PlanDefinition", "apply"): apply,
}
"""(type, name) -> what it does."""


def _found(response: Any, knowledge: Knowledge, at: dt.datetime) -> tuple[Assessment, Plan]:
    answers = answers_from(response, knowledge).answers
    found = assessed(answers, on=at.date(), knowledge=knowledge)
    try:
        return found, planned(found)
    except NotOffered as error:
        picks = ", ".join(pick.id for pick in error.picks)
        raise Refused([Issue("fhir_not_offered", picks)]) from None


def _within(sent: Any, *types: str) -> Element:
    """The resource of one of these types: what was sent, or the only one in its Parameters."""
    resource = resource_of(sent, *types, "Parameters")
    if resource["resourceType"] != "Parameters":
        return resource
    issues: list[Issue] = []
    inner = [
        one["resource"]
        for one in listed(resource.get("parameter"), "Parameters.parameter", issues)
        if isinstance(one.get("resource"), Mapping) and one["resource"].get("resourceType") in types
    ]
    if issues:
        raise Refused(issues)
    if len(inner) != 1:
        raise Refused(
            [Issue("fhir_one_resource", "Parameters.parameter", {"type": ", ".join(types)})]
        )
    return dict(inner[0])


def _named(sent: Mapping[str, Any], name: str) -> str:
    """The text of a parameter, or "" when it is not there."""
    listed_ = sent.get("parameter") if sent.get("resourceType") == "Parameters" else None
    for one in listed_ or ():
        if one.get("name") == name and isinstance(one.get("valueString"), str):
            return str(one["valueString"])
    return ""


def _subject(response: Element) -> str:
    """The reference in a response, or "". Raises Refused for what is no reference."""
    subject = response.get("subject")
    found = subject.get("reference") if isinstance(subject, Mapping) else None
    return "" if found is None else _reference(found, "QuestionnaireResponse.subject.reference")


def _reference(found: Any, path: str) -> str:
    if not isinstance(found, str) or not _REFERENCE.fullmatch(found):
        raise Refused([Issue("fhir_no_reference", path)])
    return found
