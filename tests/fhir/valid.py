"""Two independent validators for R4, and the invariants of R4 that neither of them knows.

``fhirkit`` is made from the official definitions of 4.0.1; ``fhir.resources`` has models of its
own (R4B, stricter on lists and patterns). A resource has to pass both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fhirkit
import fhirpathpy
from fhir.resources.R4B import get_fhir_model_class
from fhirpathpy.models import models

_QUESTION = "Questionnaire.repeat(item)"
INVARIANTS = {
    "Questionnaire": {
        "que-1": f"{_QUESTION}.all((type = 'group' implies item.exists()) and (type = 'display' "
        "implies item.empty()))",
        "que-2": f"{_QUESTION}.linkId.isDistinct()",
        "que-3": f"{_QUESTION}.where(type = 'display').code.empty()",
        "que-4": f"{_QUESTION}.all(answerOption.empty() or answerValueSet.empty())",
        "que-5": f"{_QUESTION}.all((type = 'choice' or type = 'open-choice') or "
        "(answerOption.empty() and answerValueSet.empty()))",
        "que-6": f"{_QUESTION}.where(type = 'display').all(required.empty() and repeats.empty())",
        "que-7": f"{_QUESTION}.enableWhen.where(operator = 'exists').all(answer is boolean)",
        "que-8": f"{_QUESTION}.where(type = 'group' or type = 'display').initial.empty()",
        "que-12": f"{_QUESTION}.where(enableWhen.count() > 1).all(enableBehavior.exists())",
        "que-0": "Questionnaire.name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
    },
    "QuestionnaireResponse": {
        "qrs-1": "QuestionnaireResponse.repeat(item).all(answer.empty() or item.empty())",
    },
    "Observation": {
        "obs-6": "Observation.dataAbsentReason.empty() or Observation.value.empty()",
    },
    "Condition": {
        "con-4": "Condition.abatement.empty() or Condition.clinicalStatus.exists()",
        "con-5": "Condition.verificationStatus.coding.code != 'entered-in-error' or "
        "Condition.clinicalStatus.empty()",
    },
    "CarePlan": {
        "cpl-3": "CarePlan.activity.all(detail.empty() or reference.empty())",
    },
    "Goal": {"gol-1": "Goal.target.all(detail.empty() or measure.exists())"},
    "Bundle": {
        "bdl-3": "(Bundle.type = 'transaction' and Bundle.entry.all(request.exists())) or "
        "(Bundle.type != 'transaction' and Bundle.entry.all(request.empty()))",
        "bdl-7": "Bundle.entry.fullUrl.isDistinct()",
        "bdl-5": "Bundle.entry.all(resource.exists() or request.exists() or response.exists())",
        "bdl-8": "Bundle.entry.fullUrl.all($this.contains('/_history/').not())",
    },
    "PlanDefinition": {
        "pdf-0": "PlanDefinition.name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
        "exp-1": "PlanDefinition.action.condition.expression.all(expression.exists() or "
        "reference.exists())",
    },
    "ActivityDefinition": {
        "adf-0": "ActivityDefinition.name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
    },
    "CapabilityStatement": {
        "cpb-1": "CapabilityStatement.rest.exists() or CapabilityStatement.document.exists()",
        "cpb-2": "CapabilityStatement.description.exists() or "
        "CapabilityStatement.software.exists()",
        "cpb-9": "CapabilityStatement.rest.resource.type.isDistinct()",
        "cpb-14": "CapabilityStatement.kind != 'instance' or "
        "CapabilityStatement.implementation.exists()",
        "cpb-15": "CapabilityStatement.kind != 'capability' or "
        "(CapabilityStatement.implementation.empty() and CapabilityStatement.software.exists())",
    },
    "CodeSystem": {
        "csd-0": "CodeSystem.name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
        "csd-1": "CodeSystem.concept.code.isDistinct()",
    },
    "ValueSet": {
        "vsd-0": "ValueSet.name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
        "vsd-1": "ValueSet.compose.include.all(valueSet.exists() or system.exists())",
    },
    "OperationDefinition": {
        "opd-0": "OperationDefinition.name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
        "opd-3": "OperationDefinition.parameter.all(targetProfile.empty() or "
        "type = 'Reference' or type = 'canonical')",
    },
    "Parameters": {
        "inv-1": "Parameters.parameter.all((part.exists() and value.empty() and "
        "resource.empty()) or (part.empty() and (value.exists() xor resource.exists())))",
    },
    "Provenance": {},
}
"""Those of the specification's constraints that a program of ours could break, per type."""
_ALL = {
    "dom-2": "contained.contained.empty()",
    "dom-4": "contained.meta.versionId.empty()",
    "ext-1": "repeat(extension).all(extension.exists() != value.exists())",
}
_CODES = {
    ("Observation", "status"): {"final", "preliminary"},
    ("Questionnaire", "status"): {"draft", "active"},
    ("QuestionnaireResponse", "status"): {"in-progress", "completed", "amended", "stopped"},
    ("CarePlan", "status"): {"draft", "active"},
    ("CarePlan", "intent"): {"proposal", "plan"},
    ("Goal", "lifecycleStatus"): {"proposed", "active"},
    ("Flag", "status"): {"active"},
    ("RiskAssessment", "status"): {"final", "preliminary"},
    ("DocumentReference", "status"): {"current"},
    ("PlanDefinition", "status"): {"draft", "active"},
    ("ActivityDefinition", "status"): {"draft", "active"},
    ("CapabilityStatement", "status"): {"draft", "active"},
    ("CapabilityStatement", "kind"): {"capability", "instance"},
    ("CodeSystem", "content"): {"complete"},
}
_SEVERITY = {"fatal", "error", "warning", "information"}
_TYPES = {
    *("invalid", "structure", "required", "value", "invariant", "not-supported", "too-long"),
    *("code-invalid", "business-rule", "informational", "not-found", "throttled", "exception"),
}
"""Codes that a required binding allows and that we use."""


def problems(resource: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a resource and what it holds; empty when it is valid."""
    return [*_formal(resource), *_deep(resource)]


def _formal(resource: dict[str, Any]) -> Iterator[str]:
    for issue in fhirkit.validate(resource):
        yield f"fhirkit: {issue}"
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValueError as error:
        yield f"fhir.resources: {error}"


def _deep(resource: dict[str, Any]) -> Iterator[str]:
    kind = resource["resourceType"]
    for name, expression in {**_ALL, **INVARIANTS.get(kind, {})}.items():
        if fhirpathpy.evaluate(resource, expression, {}, models["r4"]) not in ([True], []):
            yield f"{kind} breaks {name}"
    for (type_, element), allowed in _CODES.items():
        if kind == type_ and resource.get(element) not in allowed:
            yield f"{kind}.{element} is none of {sorted(allowed)}"
    if kind == "OperationOutcome":
        for issue in resource["issue"]:
            if issue["severity"] not in _SEVERITY or issue["code"] not in _TYPES:
                yield "OperationOutcome.issue has a code that FHIR does not have"
    inner = [entry["resource"] for entry in resource.get("entry", ())]
    for one in [*inner, *resource.get("contained", ())]:
        yield from _deep(one)
    if kind == "Bundle":
        yield from _links(resource)


def _links(bundle: dict[str, Any]) -> Iterator[str]:
    """Every reference within the bundle leads to something in it."""
    known = {entry["fullUrl"] for entry in bundle.get("entry", ())}
    for path in _references(bundle):
        if path.startswith("urn:uuid:") and path not in known:
            yield f"nothing in the bundle is {path}"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "reference" and isinstance(part, str):
                yield part
            else:
                yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)
