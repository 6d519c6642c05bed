"""From a record system into the interview: both launches, the way back, and a look at what was
found before any of it counts."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.sentences import Voice
from rugkompas.people.problems import BadAnswers
from rugkompas.web import tallies
from rugkompas.web.asking import fields
from rugkompas.web.cookies import LAUNCH_COOKIE, RECORD_COOKIE
from rugkompas.web.middleware.log import tell, tell_record
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import Words, show, words
from rugkompas.web.smart.discovery import endpoints_of
from rugkompas.web.smart.granting import authorize_address, granted, launched
from rugkompas.web.smart.problems import STATUS, Kind, NoRecord
from rugkompas.web.smart.record import read_record
from rugkompas.web.smart.sealed import SECONDS, Found, Launch, drop, put, taken
from rugkompas.web.smart.servers import Server
from rugkompas.web.smart.taking import Step, steps_of, with_record
from rugkompas.web.smart.wire import asking
from rugkompas.web.views.questions import after, answer_in_words, as_page, is_emergency
from rugkompas.web.visit import Visit, question_set

SAFE = ["GET", "HEAD"]
KINDS = ("Patient", "Condition", "Observation")
"""Types of resources, in the order in which what they say is shown."""
LONGEST_CONTEXT, LONGEST_CODE = 4000, 4000
TOLD = ("unreachable", "refused", "patient")
"""What whoever runs the site should know of."""
OVER = (*TOLD, "denied")
"""After these a launch cannot come back any more."""
View = Callable[..., HttpResponse]


def _of_record(view: View) -> View:
    """A view that says on a page why a record could not be read, with a way on without it."""

    @wraps(view)
    def told(request: VisitRequest, **parts: int) -> HttpResponse:
        try:
            if not settings.SMART_SERVERS:
                raise NoRecord("none")
            return view(request, **parts)
        except NoRecord as problem:
            if problem.kind in TOLD:
                tell_record(problem.kind)
            response = problem_page(request, problem.kind)
            if problem.kind in OVER:
                drop(response, LAUNCH_COOKIE)
            return response

    return told


def problem_page(request: VisitRequest, kind: Kind) -> HttpResponse:
    """Why a record could not be read, and two ways on: without it, or from the start."""
    back_to = {"none": "", "conflict": "smart_found"}.get(kind, "smart")
    return show(request, "smart/problem.html", status=STATUS[kind], kind=kind, back_to=back_to)


@require_http_methods(SAFE)
@_of_record
def choose(request: VisitRequest) -> HttpResponse:
    """What is read, and the record systems to choose from."""
    return show(request, "smart/choose.html", servers=settings.SMART_SERVERS)


@require_http_methods(SAFE)
@_of_record
def launch(request: VisitRequest) -> HttpResponse:
    """The start by a record system, which names itself (``iss``) and a patient (``launch``)."""
    iss, context = _one(request.GET, "iss").rstrip("/"), _one(request.GET, "launch")
    server = _server(iss)
    if server is None or not context or len(context) > LONGEST_CONTEXT:
        raise NoRecord("launch")
    return _sent(request, server, context)


@require_http_methods(SAFE)
@_of_record
def go(request: VisitRequest, number: int) -> HttpResponse:
    """The start on our own page. number: the place of a record system in the list, from 1."""
    if not 0 < number <= len(settings.SMART_SERVERS):
        raise NoRecord("launch")
    return _sent(request, settings.SMART_SERVERS[number - 1], "")


def _sent(request: VisitRequest, server: Server, context: str) -> HttpResponse:
    with asking() as clock:
        ends = endpoints_of(server, clock)
    begun = launched(server, ends, request.language)
    response = redirect(authorize_address(begun, server, ends, _back(request), context))
    put(response, LAUNCH_COOKIE, begun)
    return response


@require_http_methods(SAFE)
@_of_record
def back(request: VisitRequest) -> HttpResponse:
    """Back from the record system with a code: it is exchanged, the record is read, and the token
    forgotten. The page leads on by itself, because cookies that are strict come along only from
    one of our own pages."""
    begun = taken(request, LAUNCH_COOKIE, Launch)
    if begun is None:
        raise NoRecord("stale")
    request.language = begun.language
    server = _server(begun.iss)
    if server is None or not hmac.compare_digest(
        _one(request.GET, "state").encode(), begun.state.encode()
    ):
        raise NoRecord("stale")
    _use_once(begun)
    code = _code(request.GET, begun)
    with asking() as clock:
        grant = granted(code, begun, server, _back(request), clock)
        found = read_record(server, grant, clock, knowledge(), today())
    response = show(request, "smart/back.html")
    put(response, RECORD_COOKIE, found)
    drop(response, LAUNCH_COOKIE)
    return response


@require_http_methods([*SAFE, "POST"])
@_of_record
def found(request: VisitRequest) -> HttpResponse:
    """What the record says, each answer to keep or to leave; then on with the questions."""
    held = taken(request, RECORD_COOKIE, Found)
    if held is None:
        raise NoRecord("stale")
    steps = steps_of(held, knowledge())
    if request.method != "POST":
        return _shown(request, held, steps)
    if "leave" in request.POST:
        return _dropped(redirect("check" if request.visit else "question"))
    chosen = set(request.POST.getlist("take"))
    anew = not request.visit or "anew" in request.POST
    before = Visit(questions=question_set(knowledge())) if anew else request.visit
    try:
        kept = [step for step in steps if step.step in chosen]
        request.visit = with_record(before, kept, knowledge())
    except BadAnswers:
        raise NoRecord("conflict") from None
    if is_emergency(request.visit):
        return _dropped(redirect("now"))
    return _dropped(redirect(after(request.visit) if anew else "check"))


def _dropped(response: HttpResponse) -> HttpResponse:
    drop(response, RECORD_COOKIE)
    return response


def _shown(request: VisitRequest, held: Found, steps: list[Step]) -> HttpResponse:
    voice, t = Voice(knowledge(), request.language), words(request.language)
    born = voice.date(dt.date.fromisoformat(held.born)) if held.born else ""
    groups: dict[str, list[dict[str, str]]] = {}
    for kind in KINDS:
        rows = [_row(step, voice, t) for step in steps if step.kind == kind]
        groups |= {t(f"smart_from_{kind}"): rows} if rows else {}
    return show(
        request,
        "smart/found.html",
        name=held.name,
        person=held.person,
        born=born,
        groups=[{"title": title, "rows": rows} for title, rows in groups.items()],
        unread=voice.listed([t(f"smart_kind_{kind}") for kind in held.unread]),
        minutes=SECONDS // 60,
    )


def _row(step: Step, voice: Voice, t: Words) -> dict[str, str]:
    (field,) = fields(as_page(step.page), step.page.answers, knowledge(), voice, t)
    return {
        "step": step.step,
        "question": field.label,
        "answer": answer_in_words(field, t),
    }


def _server(iss: str) -> Server | None:
    """Only what the operator wrote down: no other address is ever called."""
    return next((server for server in settings.SMART_SERVERS if server.iss == iss), None)


def _one(sent: QueryDict, name: str) -> str:
    """A parameter that stands there once, or ""."""
    values = sent.getlist(name)
    return str(values[0]) if len(values) == 1 else ""


def _use_once(begun: Launch) -> None:
    """Raises NoRecord when this launch came back before, at any process of the site, and when
    that cannot be told."""
    try:
        new = tallies.first("launch", begun.state, SECONDS)
    except DatabaseError as error:
        tell(error)
        raise NoRecord("down") from None
    if not new:
        raise NoRecord("stale")


def _code(sent: QueryDict, begun: Launch) -> str:
    """The code that was sent back. Raises NoRecord: no permission, or another system answered."""
    known = {begun.issuer, begun.iss} - {""}
    if ("iss" in sent or begun.names_itself) and _one(sent, "iss") not in known:
        raise NoRecord("stale")
    if "error" in sent:
        raise NoRecord("denied" if _one(sent, "error") == "access_denied" else "refused")
    code = _one(sent, "code")
    if not 0 < len(code) <= LONGEST_CODE:
        raise NoRecord("stale")
    return code


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("smart_back"))
