"""How an answer of the FHIR server looks, also a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import msgspec
from django.http import HttpRequest, HttpResponse

from rugkompas.fhir.elements import Element
from rugkompas.fhir.outcome import Issue, operation_outcome
from rugkompas.web.api.problems import SAID_HERE, accepted_language, sentence
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words

MEDIA = "application/fhir+json"
_CODES = {
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    413: "too-long",
    415: "not-supported",
    429: "throttled",
    500: "exception",
}
"""Status -> the issue type of FHIR; what is not here is ``invalid``."""


def answer(resource: Element, status: int = 200) -> HttpResponse:
    """A resource."""
    return HttpResponse(msgspec.json.encode(resource), status=status, content_type=MEDIA)


def refusal(request: HttpRequest, status: int) -> HttpResponse:
    """An OperationOutcome for a status."""
    issue = {
        "severity": "fatal" if status >= 500 else "error",
        "code": _CODES.get(status, "exception" if status >= 500 else "invalid"),
        "details": {"text": words(accepted_language(request))(f"fhir_{sentence(status)}")},
    }
    return answer({"resourceType": "OperationOutcome", "issue": [issue]}, status)


def refused(request: HttpRequest, issues: Iterable[Issue]) -> HttpResponse:
    """An OperationOutcome about what was sent."""
    here = [replace(issue, kind=SAID_HERE.get(issue.kind, issue.kind)) for issue in issues]
    return answer(operation_outcome(here, knowledge(), accepted_language(request)), 422)
