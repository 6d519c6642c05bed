"""The operations of a server: a body in, a resource out. Nothing is looked up and nothing kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from rugkompas.assess import Assessment
from rugkompas.assess import assess as assessed
from rugkompas.assess.plan import NotOffered, Plan
from rugkompas.assess.plan import plan as planned
from rugkompas.catalogue import Knowledge
from rugkompas.fhir.answers import answers_from, place_of
from rugkompas.fhir.bundle import bundle
from rugkompas.fhir.checking import listed, resource_of
from rugkompas.fhir.elements import Element, instant_of
from rugkompas.fhir.guideline import apply as applied
from rugkompas.fhir.names import GUIDELINE, INTAKE
from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.fhir.populate import populate as populated
from rugkompas.fhir.populate import sorted_out
from rugkompas.fhir.subject import RESPONSE, is_of_another, subject_of

Operation = Callable[[Any, Knowledge, dt.datetime, str], Element]


def populate(sent: Any, knowledge: Knowledge, at: dt.datetime, language: str) -> Element:  # noqa: ARG001
    """``$populate``: a Patient, a Bundle with one, or Parameters with such resources. The
    response is the parameter ``response``, as SDC has it. Raises Refused."""
    for name in ("canonical", "questionnaire"):
        _about(sent, name, INTAKE)
    resource = resource_of(sent, "Bundle", "Patient", "Parameters")
    patient, conditions, observations = sorted_out(resource)
    subject, path = _named(sent, "subject")
    if is_of_another({"subject": {"reference": subject}}, str(patient.get("id") or "")):
        raise Refused([Issue("fhir_other_patient", path)])
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
    found, plan = assessed_with_plan(response, knowledge, at.date())
    subject = subject_of(response)
    return bundle(found, plan, at=at, language=language, subject=subject, type_="collection")


def apply(sent: Any, knowledge: Knowledge, at: dt.datetime, language: str) -> Element:
    """``$apply``: Parameters with a response, and ``subject`` unless the response names one; or
    such a response bare. A CarePlan comes back. Raises Refused."""
    _about(sent, "planDefinition", GUIDELINE)
    response = _within(sent, "QuestionnaireResponse")
    subject = subject_of(response, *_named(sent, "subject"))
    if not subject:
        raise Refused([Issue("fhir_missing", RESPONSE)])
    found, plan = assessed_with_plan(response, knowledge, at.date())
    return applied(found, plan, at=at, language=language, subject=subject)


OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("Questionnaire", "populate"): populate,
    ("QuestionnaireResponse", "assess"): assess,
    ("PlanDefinition", "apply"): apply,
}
"""(type, name) -> what it does."""


def assessed_with_plan(response: Any, knowledge: Knowledge, on: dt.date) -> tuple[Assessment, Plan]:
    """What the answers in a response mean on a day, and the plan of what was picked in it.
    Raises Refused, also for a pick that does not fit."""
    answers = answers_from(response, knowledge).answers
    found = assessed(answers, on=on, knowledge=knowledge)
    try:
        return found, planned(found)
    except NotOffered as error:
        picks = ", ".join(pick.id for pick in error.picks)
        where = place_of(response, "picks")
        raise Refused([Issue("fhir_not_offered", where, {"picks": picks})]) from None


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


def _named(sent: Any, name: str) -> tuple[Any, str]:
    """(what a parameter names, its path): a reference, or the text of one as R4 also has it."""
    for place, one in _parameters(sent):
        if one.get("name") == name:
            value = one.get("valueReference")
            if isinstance(value, Mapping):
                return value.get("reference"), f"{place}.value.reference"
            return _text(one), f"{place}.value"
    return None, "Parameters.parameter"


def _about(sent: Any, name: str, ours: str) -> None:
    """Raises Refused when a parameter names another definition than the one that we have."""
    for place, one in _parameters(sent):
        held = one.get("resource")
        address = held.get("url") if isinstance(held, Mapping) else _text(one)
        if one.get("name") == name and str(address or ours).partition("|")[0] != ours:
            raise Refused([Issue("fhir_other_definition", place, {"known": ours})])


def _parameters(sent: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """(path, parameter) of each parameter."""
    resource = resource_of(sent, "Resource")
    listed_ = resource.get("parameter") if resource["resourceType"] == "Parameters" else None
    return [
        (f"Parameters.parameter[{place}]", one)
        for place, one in enumerate(listed(listed_, "Parameters.parameter", []))
    ]


def _text(parameter: Mapping[str, Any]) -> str | None:
    for form in ("valueString", "valueUri", "valueCanonical", "valueId"):
        if isinstance(parameter.get(form), str):
            return str(parameter[form])
    return None
