"""Every error page: what is wrong, what to do, the signs that cannot wait and whom to call."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse

from rugkompas.web.cookies import open_visit
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import show


def error_page(request: HttpRequest, code: int, kind: str = "") -> HttpResponse:
    """The page for a status code. kind: a more exact one of the same code."""
    visited = cast(VisitRequest, request)
    if not hasattr(visited, "language"):
        open_visit(visited)
    return show(visited, "error.html", status=code, kind=kind or str(code))


# Django gives these arguments; what an error says is never shown.
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 400)


def forbidden(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001
    reason: str = "",  # noqa: ARG001
) -> HttpResponse:
    """Also Django's answer to a form without a valid token."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 404)


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """allow: the methods that can be used, for the header."""
    response = error_page(request, 405)
    response.headers["Allow"] = allow
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return error_page(request, 413)


def too_much(request: HttpRequest) -> HttpResponse:
    """The own words of a person do not fit with the rest."""
    return error_page(request, 413, "too_much")


def too_many(request: HttpRequest) -> HttpResponse:
    return error_page(request, 429)


def our_fault(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)
