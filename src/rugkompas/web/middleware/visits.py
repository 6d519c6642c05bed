"""Opens the visit in the cookie for every view, and seals it again."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpResponse

from rugkompas.web.cookies import keep, open_visit
from rugkompas.web.requests import VisitRequest
from rugkompas.web.views.errors import not_allowed, too_much
from rugkompas.web.visit import TooMuch


class Visits:
    """``request.visit`` and ``request.language``; what a view puts there goes back sealed."""

    def __init__(self, get_response: Callable[[VisitRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: VisitRequest) -> HttpResponse:
        open_visit(request)
        response = self._get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = not_allowed(request, response.headers["Allow"])
        try:
            # Pages that are opened now and then start the hours anew: no clock to beat.
            keep(response, request)
        except TooMuch:
            # The cookie stays as it was: only what was just typed is not kept.
            return too_much(request)
        return response
