"""What is wrong with a resource: OperationOutcome, with the place and never the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from rugkompas.catalogue import Knowledge
from rugkompas.fhir.elements import Element
from rugkompas.people.problems import Problem

Severity = Literal["fatal", "error", "warning", "information"]
_CODES = {
    "fhir_modifier": "not-supported",
    "fhir_rules": "not-supported",
    "fhir_other_form": "not-supported",
    "fhir_other_version": "informational",
    "fhir_in_error": "business-rule",
    "fhir_other_patient": "business-rule",
    "fhir_other_definition": "not-supported",
    "fhir_unknown_item": "structure",
    "fhir_twice": "structure",
    "fhir_too_many": "structure",
    "fhir_not_resource": "structure",
    "fhir_missing": "required",
    "fhir_more_than_one": "structure",
    "fhir_no_code": "code-invalid",
    "file_too_large": "too-long",
    "row_too_long": "too-long",
    "packed_too_far": "too-long",
    "too_deep": "too-long",
    "out_of_range": "value",
    "not_a_number": "value",
    "longer_than_life": "business-rule",
    "range_turned": "business-rule",
}
"""Kind of problem -> the issue type of FHIR; what is not here is ``invalid``."""


_PATH = re.compile(
    r"(Resource|Bundle|Patient|Condition|Observation|QuestionnaireResponse|Parameters)\b(?!\.(nd)?json)"
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to tell. kind: the id of its sentence in words/<lang>/errors. path: where, as
    FHIRPath. Details never hold an answer."""

    kind: str
    path: str
    details: dict[str, str] = field(default_factory=dict)
    severity: Severity = "error"

    @classmethod
    def of(cls, problem: Problem, path: str) -> Issue:
        """A problem with answers, at its place in the resource."""
        return cls(problem.kind, path, problem.details)


class Refused(ValueError):
    """A resource cannot be used. ``issues`` lists everything that was found."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = list(issues)
        super().__init__("; ".join(f"{issue.path}: {issue.kind}" for issue in self.issues))


def operation_outcome(
    issues: Iterable[Issue], knowledge: Knowledge, language: str = "en"
) -> Element:
    """The issues as a resource; without any, one that says that all is well."""
    found = [_issue(issue, knowledge, language) for issue in issues]
    if not found:
        text = knowledge.words[language].fhir["all_well"]
        found = [{"severity": "information", "code": "informational", "details": {"text": text}}]
    return {"resourceType": "OperationOutcome", "issue": found}


def _issue(issue: Issue, knowledge: Knowledge, language: str) -> Element:
    text = Problem(issue.kind, issue.path, issue.details).said(knowledge, language)
    # The name of a file or line is no path in a resource.
    where = {"expression": [issue.path]} if _PATH.match(issue.path) else {}
    return {
        "severity": issue.severity,
        "code": _CODES.get(issue.kind, "invalid"),
        "details": {"text": text},
        **where,
    }
