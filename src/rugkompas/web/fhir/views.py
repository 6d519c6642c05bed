"""The addresses of the FHIR server."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rugkompas.fhir import names
from rugkompas.fhir.checking import resource_in
from rugkompas.fhir.operations import OPERATIONS
from rugkompas.fhir.outcome import Refused
from rugkompas.fhir.server import SEARCHES, Definitions, definitions, search, server_capability
from rugkompas.web.api.problems import accepted_language
from rugkompas.web.fhir.answers import MEDIA, answer, refusal, refused
from rugkompas.web.liked import liked
from rugkompas.web.rules import knowledge, today

_MEDIA = (MEDIA, "application/json")
_ASKED = (*_MEDIA, "application/*", "*/*", "text/json", "json")
"""What may stand in ``Accept`` and ``_format``."""
_VERSION = names.FHIR_VERSION.rpartition(".")[0]
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
    # In an address a plus is a space.
    asked = request.GET.get("_format", "").replace(" ", "+")
    return any(_is_ours(kind) for kind in liked(asked or request.headers.get("Accept") or "*/*"))


def _is_ours(kind: str) -> bool:
    """A kind of JSON, in no other version than that of R4."""
    name, _, parameters = kind.partition(";")
    version = dict(part.strip().split("=", 1) for part in parameters.split(";") if "=" in part)
    return name.strip() in _ASKED and version.get("fhirversion", _VERSION) == _VERSION


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
    return _search(request, type_, request.GET)


@_fhir("POST")
def searched(request: HttpRequest, type_: str) -> HttpResponse:
    """The same, with what is asked in the body of a form."""
    if request.content_type != "application/x-www-form-urlencoded":
        return refusal(request, 415)
    return _search(request, type_, {**request.GET.dict(), **request.POST.dict()})


def _search(request: HttpRequest, type_: str, given: Mapping[str, str]) -> HttpResponse:
    held = _held(accepted_language(request), today())
    if type_ not in {kind for kind, _ in held}:
        return refusal(request, 404)
    # The version of ours has a plus, and in an address that is a space.
    asked = {name: given[name].replace(" ", "+") for name in SEARCHES if name in given}
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
    version = (request.content_params or {}).get("fhirversion", _VERSION)
    if request.content_type not in _MEDIA or version != _VERSION:
        return refusal(request, 415)
    sent = resource_in(io.BytesIO(request.body), "body")
    now = timezone.localtime()
    return answer(operation(sent, knowledge(), now, accepted_language(request)))
