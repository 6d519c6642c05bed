"""What all answers to programs share: any site may call, and a refusal is data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from rugkompas.web.api.problems import MEDIA, accepted_language, problem
from rugkompas.web.fhir import answers as fhir

Refuse = Callable[[HttpRequest, int], HttpResponse]


@dataclass(frozen=True, slots=True)
class Door:
    """prefix: under which addresses. media, refuse: the form of a refusal there."""

    prefix: str
    media: str
    refuse: Refuse


def _cds(request: HttpRequest, status: int) -> HttpResponse:
    return problem(request, status, language=accepted_language(request))


DOORS = (
    Door("/api/", MEDIA, problem),
    Door("/cds-services", MEDIA, _cds),
    Door("/fhir/", fhir.MEDIA, fhir.refusal),
)
_OPEN = {
    # Nothing of a visitor is in an answer that was not in the question: no cookie is read here.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type, Authorization, Accept, Accept-Language, "
    "X-Requested-With",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Api:
    """Stands outside what can refuse, so that each refusal to a program has one shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = next((it for it in DOORS if f"{request.path}/".startswith(it.prefix)), None)
        if door is None:
            return self._get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            del response.headers["Content-Type"]
        elif _is_packed(request):
            response = door.refuse(request, 415)
            response.headers["Accept-Encoding"] = "identity"
        else:
            response = self._answered(request)
        if response.status_code >= 400 and response.headers["Content-Type"] != door.media:
            response = _in_form(request, response, door)
        response.cookies.clear()
        for name, value in _OPEN.items():
            response.headers[name] = value
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        """What GET gives, for HEAD too: Ninja knows each method by itself. The header middleware
        leaves the body out."""
        if request.method != "HEAD":
            return self._get_response(request)
        request.method = "GET"
        try:
            return self._get_response(request)
        finally:
            request.method = "HEAD"


def _is_packed(request: HttpRequest) -> bool:
    """The body is compressed. It is never unpacked: a few bytes could stand for gigabytes."""
    return request.headers.get("Content-Encoding", "identity").strip().lower() not in (
        "",
        "identity",
    )


def _in_form(request: HttpRequest, response: HttpResponse, door: Door) -> HttpResponse:
    made = door.refuse(request, response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            made.headers[name] = response.headers[name]
    return made
