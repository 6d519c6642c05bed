"""What a page of booking needs before it can answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from rugkompas.outputs.frame import URGENT
from rugkompas.web.booking.hours import Practice
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import assessed

View = Callable[[VisitRequest], HttpResponse]


def is_urgent(request: VisitRequest) -> bool:
    """Their answers say that they have to call now."""
    return bool(request.visit) and assessed(request.visit).triage.urgency in URGENT


def unhurried(view: View) -> View:
    """Calling comes before an appointment (hazard H-15)."""

    @wraps(view)
    def shown(request: VisitRequest) -> HttpResponse:
        return redirect("result") if is_urgent(request) else view(request)

    return shown


def with_practice(view: Callable[[VisitRequest, Practice], HttpResponse]) -> View:
    """The view gets the practice; without one there is nothing to book."""

    @wraps(view)
    def shown(request: VisitRequest) -> HttpResponse:
        practice: Practice | None = settings.BOOKING
        return redirect("booking") if practice is None else view(request, practice)

    return shown
