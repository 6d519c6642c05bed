"""What a person takes along: PDF, calendar, and their own answers as a file, out and in."""

from __future__ import annotations

import json

import msgspec
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from rugkompas.assess import Assessment
from rugkompas.assess.plan import NotOffered, plan
from rugkompas.outputs.calendar import calendar
from rugkompas.outputs.data import as_data
from rugkompas.outputs.parts import Report
from rugkompas.outputs.pdf import pdf
from rugkompas.outputs.plan_report import plan_report
from rugkompas.outputs.report import report
from rugkompas.outputs.summary import summary, summary_data
from rugkompas.outputs.text import render
from rugkompas.people.files import FileError, answers_in, value_of
from rugkompas.people.person import grouped
from rugkompas.people.problems import BadAnswers
from rugkompas.web.loading import visit_of
from rugkompas.web.needs import with_answers, with_choices
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import show, words

SAFE = ["GET", "HEAD"]
MOST_BYTES = 50_000
"""Of a file with answers; real ones take a few thousand."""


@require_http_methods(SAFE)
@with_answers
def result_pdf(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The result on paper, also at emergency."""
    return _paper(report(found, request.language, commands=False), request, "file_result")


@require_http_methods(SAFE)
@with_answers
def summary_pdf(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The page for a doctor or physiotherapist on paper."""
    return _paper(summary(found, request.language), request, "file_summary")


@require_http_methods(SAFE)
@with_answers
def summary_text(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The same page as plain text, for the system of a practice."""
    made = render(summary(found, request.language))
    name = f"{words(request.language)('file_summary')}.txt"
    return _file(made.encode(), "text/plain; charset=utf-8", name)


@require_http_methods(SAFE)
@with_answers
def summary_json(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The same for programs, as ``rugkompas summary --format json`` gives it."""
    data = as_data(found, request.language) | {"summary": summary_data(found)}
    name = f"{words(request.language)('file_summary')}.json"
    made = msgspec.json.format(msgspec.json.encode(data)) + b"\n"
    return _file(made, "application/json", name)


@require_http_methods(SAFE)
@with_choices
def plan_pdf(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The plan on paper."""
    try:
        made = plan_report(found, plan(found), request.language)
    except NotOffered:
        return redirect("plan")
    return _paper(made, request, "file_plan")


@require_http_methods(SAFE)
@with_choices
def plan_calendar(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The days to look back, for a calendar."""
    try:
        made = calendar(found, plan(found), request.language)
    except NotOffered:
        return redirect("plan")
    return _file(made, "text/calendar", f"{words(request.language)('file_plan')}.ics")


@require_http_methods(SAFE)
@with_answers
def answers(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The person's own answers, in the shape that every Rugkompas reads."""
    plain = grouped(found.person.given, knowledge())
    data = json.dumps(plain, indent=2, ensure_ascii=False).encode() + b"\n"
    return _file(data, "application/json", f"{words(request.language)('file_answers')}.json")


@require_http_methods([*SAFE, "POST"])
def load(request: VisitRequest) -> HttpResponse:
    """Open a file with answers. What cannot be read changes nothing."""
    if request.method != "POST":
        return show(request, "load.html", errors=[])
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        return _refused(request, [words(request.language)("load_none")])
    if sent.size > MOST_BYTES:
        return _refused(request, [words(request.language)("load_large")])
    try:
        found = answers_in(value_of(sent.read(), "json", "file"), "file")
        opened = visit_of(found, knowledge())
    except (FileError, BadAnswers):
        opened = None
    if not opened:
        return _refused(request, [words(request.language)("load_wrong")])
    request.visit = opened
    return redirect("check")


def _refused(request: VisitRequest, texts: list[str]) -> HttpResponse:
    errors = [{"field": "file", "text": text} for text in texts]
    return show(request, "load.html", status=422, errors=errors)


def _paper(made: Report, request: VisitRequest, name: str) -> HttpResponse:
    return _file(pdf(made), "application/pdf", f"{words(request.language)(name)}.pdf")


def _file(data: bytes, type_: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=type_)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
