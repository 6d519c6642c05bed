"""What a view needs before it can answer; without it the person goes where they can get it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect

from rugkompas.assess import Assessment
from rugkompas.outputs.frame import URGENT
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import assessed

View = Callable[[VisitRequest], HttpResponse]
Assessed = Callable[[VisitRequest, Assessment], HttpResponse]


def with_answers(view: Assessed) -> View:
    """The view gets what follows from the answers; without answers come the questions."""

    @wraps(view)
    def shown(request: VisitRequest) -> HttpResponse:
        if not request.visit:
            return redirect("question")
        return view(request, assessed(request.visit))

    return shown


def with_choices(view: Assessed) -> View:
    """The same, and only when there is something to choose: calling comes first (hazard H-19)."""

    def not_urgent(request: VisitRequest, found: Assessment) -> HttpResponse:
        if found.triage.urgency in URGENT:
            return redirect("result")
        return view(request, found)

    return with_answers(wraps(view)(not_urgent))
