"""What the answers mean: the result, the emergency page, the summary for a professional."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from rugkompas.assess import Assessment
from rugkompas.assess.prognosis import prognosis_of
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.prognosis_report import prognosis_report
from rugkompas.outputs.report import report
from rugkompas.outputs.summary import summary as summary_report
from rugkompas.web.needs import with_answers, with_choices
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import document, show
from rugkompas.web.views.questions import next_of


@require_http_methods(["GET", "HEAD"])
@with_answers
def result(request: VisitRequest, found: Assessment) -> HttpResponse:
    """How fast and to whom, then why, what plays a role and what to expect."""
    if found.triage.urgency == "emergency":
        return redirect("now")
    return show(
        request,
        "result.html",
        **document(report(found, request.language, commands=False)),
        may_choose=found.triage.urgency not in URGENT,
        unfinished=next_of(request.visit) is not None,
    )


@require_http_methods(["GET", "HEAD"])
@with_answers
def now(request: VisitRequest, found: Assessment) -> HttpResponse:
    """Emergency: call first. Without an emergency there is nothing to see here."""
    if found.triage.urgency != "emergency":
        return redirect("question")
    return show(
        request,
        "emergency.html",
        **document(report(found, request.language, commands=False)),
        phone=knowledge().contacts[found.triage.contacts[0]].phone,
    )


@require_http_methods(["GET", "HEAD"])
@with_choices
def outlook(request: VisitRequest, found: Assessment) -> HttpResponse:
    """Of 10 people with these answers, how many still have clear trouble later."""
    report = prognosis_report(prognosis_of(found), request.language)
    return show(request, "outlook.html", **document(report))


@require_http_methods(["GET", "HEAD"])
@with_answers
def summary(request: VisitRequest, found: Assessment) -> HttpResponse:
    """One page for a doctor or physiotherapist."""
    return show(request, "summary.html", **document(summary_report(found, request.language)))
