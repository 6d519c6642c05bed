"""What all answers of the API share: any site may call it, and a refusal is data."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from rugkompas.web.api.problems import MEDIA, problem

PREFIX = "/api/"
_OPEN = {
    # Nothing of a visitor is in an answer that was not in the question: no cookie is read here.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Api:
    """Stands outside what can refuse, so that each refusal under ``/api/`` has one shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self._get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        else:
            response = self._get_response(request)
        if response.status_code >= 400 and response.headers["Content-Type"] != MEDIA:
            response = _as_problem(request, response)
        response.cookies.clear()
        for name, value in _OPEN.items():
            response.headers[name] = value
        return response


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    made = problem(request, response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            made.headers[name] = response.headers[name]
    return made
