"""The addresses of the FHIR server."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from functools import lru_cache, wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rugkompas.fhir.checking import resource_in
from rugkompas.fhir.operations import OPERATIONS
from rugkompas.fhir.outcome import Refused
from rugkompas.fhir.server import SEARCHES, Definitions, definitions, search, server_capability
from rugkompas.web.api.problems import accepted_language
from rugkompas.web.fhir.answers import MEDIA, answer, refusal, refused
from rugkompas.web.rules import knowledge, today

_MEDIA = (MEDIA, "application/json")
_ASKED = (*_MEDIA, "application/*", "*/*", "text/json", "json")
"""What may stand in ``Accept`` and ``_format``."""
View = Callable[..., HttpResponse]


def _fhir(*methods: str) -> Callable[[View], View]:
    """A view that speaks FHIR as JSON."""

    def wrapped(view: View) -> View:
        @csrf_exempt
        @require_http_methods(methods)
        @wraps(view)
        def checked(request: HttpRequest, **parts: str) -> HttpResponse:
            if not _speaks_json(request):
                return refusal(request, 406)
            try:
                return view(request, **parts)
            except Refused as error:
                return refused(request, error.issues)

        return checked

    return wrapped


def _speaks_json(request: HttpRequest) -> bool:
    asked = request.GET.get("_format") or request.headers.get("Accept") or "*/*"
    # In an address a plus is a space.
    kinds = [part.split(";")[0].strip().lower().replace(" ", "+") for part in asked.split(",")]
    return any(kind in _ASKED for kind in kinds)


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/fhir")


@lru_cache(maxsize=4)
def _held(language: str, on: dt.date) -> Definitions:
    return definitions(knowledge(), language, on=on)


@_fhir("GET", "HEAD")
def metadata(request: HttpRequest) -> HttpResponse:
    """The CapabilityStatement of this server."""
    language = accepted_language(request)
    held = _held(language, today())
    return answer(server_capability(knowledge(), language, held, _address(request)))


@_fhir("GET", "HEAD")
def found(request: HttpRequest, type_: str) -> HttpResponse:
    """Those of a type, all or by address, version or id."""
    held = _held(accepted_language(request), today())
    if type_ not in {kind for kind, _ in held}:
        return refusal(request, 404)
    asked = {name: request.GET[name] for name in SEARCHES if name in request.GET}
    address = _address(request)
    # What we cannot search by is left out, and so it does not stand in the link.
    itself = f"{address}/{type_}?{urlencode(asked)}" if asked else f"{address}/{type_}"
    return answer(search(held, type_, asked, address, itself))


@_fhir("GET", "HEAD")
def read(request: HttpRequest, type_: str, id_: str) -> HttpResponse:
    """One resource."""
    one = _held(accepted_language(request), today()).get((type_, id_))
    return refusal(request, 404) if one is None else answer(one)


@_fhir("POST")
def operate(request: HttpRequest, type_: str, name: str, id_: str = "") -> HttpResponse:
    """An operation on a type, or on the one resource of that type that we have."""
    operation = OPERATIONS.get((type_, name))
    held = _held(accepted_language(request), today())
    if operation is None or (id_ and (type_, id_) not in held):
        return refusal(request, 404)
    if request.content_type not in _MEDIA:
        return refusal(request, 415)
    sent = resource_in(io.BytesIO(request.body), "body")
    now = timezone.localtime()
    return answer(operation(sent, knowledge(), now, accepted_language(request)))
