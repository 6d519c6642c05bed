"""The addresses of CDS Hooks. Each call is answered from what it carries; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from rugkompas.fhir.cds import answering
from rugkompas.fhir.cds.record import NoPatient
from rugkompas.fhir.cds.services import SERVICES, Service, discovery
from rugkompas.fhir.outcome import Refused
from rugkompas.people.problems import BadAnswers, Problem
from rugkompas.web.api.bodies import WrongMedia, object_of
from rugkompas.web.api.problems import accepted_language, problem
from rugkompas.web.cds.tokens import NotKnown, check
from rugkompas.web.middleware.log import tell
from rugkompas.web.rules import knowledge, today

Answer = Callable[[HttpRequest, Service, str], Any]


def _json(data: Any, language: str) -> HttpResponse:
    response = HttpResponse(msgspec.json.encode(data), content_type="application/json")
    response.headers["Content-Language"] = language
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD"])
def discover(request: HttpRequest) -> HttpResponse:
    """Which services there are, and what each wants to know beforehand. Open to anyone."""
    language = accepted_language(request)
    return _json(discovery(knowledge(), language), language)


def _service(answer: Answer) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view for one service: who calls, which service, and each refusal in its form."""

    @csrf_exempt
    @require_POST
    @wraps(answer)
    def view(request: HttpRequest, service: str) -> HttpResponse:
        language = accepted_language(request)
        found = SERVICES.get(service)
        if found is None:
            return problem(request, 404, language=language)
        try:
            _known(request)
            return _json(answer(request, found, language), language)
        except NotKnown:
            response = problem(request, 401, language=language)
            response.headers["WWW-Authenticate"] = "Bearer"
            return response
        except DatabaseError as error:
            # Whether the token was used before cannot be told, so it does not count.
            tell(error)
            return problem(request, 503, language=language)
        except NoPatient:
            return problem(request, 412, language=language)
        except WrongMedia:
            return problem(request, 415, language=language)
        except BadAnswers as error:
            return problem(request, 422, error.problems, language)
        except Refused as error:
            said = [Problem(it.kind, it.path, it.details) for it in error.issues]
            return problem(request, 422, said, language)

    return view


def _known(request: HttpRequest) -> None:
    """Raises NotKnown. In a trial without a list of systems anybody on this machine may call."""
    if settings.TRIAL and not settings.CDS_CLIENTS:
        return
    address = request.build_absolute_uri(request.path)
    check(request.headers.get("Authorization", ""), address, settings.CDS_CLIENTS)


@_service
def call(request: HttpRequest, service: Service, language: str) -> Any:
    """The cards of one service."""
    site = request.build_absolute_uri("/")
    return answering.answer(
        service, object_of(request), knowledge(), on=today(), language=language, site=site
    )


@_service
def feedback(request: HttpRequest, service: Service, language: str) -> Any:  # noqa: ARG001
    """What somebody did with a card: checked, counted for nobody, and dropped."""
    answering.feedback(object_of(request))
    return {}
