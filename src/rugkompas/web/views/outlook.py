"""How it may go on, and the few questions that narrow its range."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from rugkompas.assess import Assessment
from rugkompas.assess.pages import OUTLOOK, Page
from rugkompas.assess.prognosis import prognosis_of
from rugkompas.outputs.prognosis_report import prognosis_report
from rugkompas.outputs.sentences import Voice
from rugkompas.web.asking import fields, filled
from rugkompas.web.needs import with_choices
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import document, show, words

_PAGE = Page("outlook", "life", OUTLOOK)


@require_http_methods(["GET", "HEAD"])
@with_choices
def outlook(request: VisitRequest, found: Assessment) -> HttpResponse:
    """Of 10 people with these answers, how many still have clear trouble later."""
    report = prognosis_report(prognosis_of(found), request.language)
    return show(request, "outlook.html", **document(report))


@require_http_methods(["GET", "HEAD", "POST"])
@with_choices
def more(request: VisitRequest, found: Assessment) -> HttpResponse:
    """Each may stay open; what was answered before can be changed."""
    voice, t = Voice(knowledge(), request.language), words(request.language)
    if request.method != "POST":
        made = fields(_PAGE, found.person.given, knowledge(), voice, t)
        return show(request, "outlook_questions.html", fields=made, errors=[])
    others = {step: it for step, it in request.visit.given.items() if step not in OUTLOOK}
    sent = filled(_PAGE, request.POST, others, knowledge(), voice, t)
    if sent.wrong:
        errors = [{"field": it.name, "text": it.error} for it in sent.fields if it.error]
        return show(
            request, "outlook_questions.html", status=422, fields=sent.fields, errors=errors
        )
    request.visit = request.visit.with_more(**sent.answers)
    return redirect("outlook")
