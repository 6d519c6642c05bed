"""One shape for everything that goes wrong (RFC 9457), without a person's answers."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from rugkompas.outputs.sentences import Voice
from rugkompas.people.problems import Problem
from rugkompas.web.liked import liked
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words

MEDIA = "application/problem+json"
LANGUAGES = ("nl", "en")


def language_of(request: HttpRequest) -> str:
    """The language that was asked for, or else Dutch."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def accepted_language(request: HttpRequest) -> str:
    """The language that ``Accept-Language`` likes best among ours, or else Dutch."""
    for part in liked(request.headers.get("Accept-Language", "")[:200]):
        name = part.partition("-")[0]
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


def problem(
    request: HttpRequest,
    status: int,
    problems: list[Problem] | None = None,
    language: str | None = None,
) -> HttpResponse:
    """A refusal. problems: what is wrong with what was sent, each at its place."""
    language = language or language_of(request)
    t = words(language)
    told: dict[str, Any] = {
        "type": f"urn:rugkompas:problem:{HTTPStatus(status).name.lower()}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": t(sentence(status)),
    }
    if problems is not None:
        told["problems"] = [_told(it, language) for it in problems]
    return HttpResponse(msgspec.json.encode(told), status=status, content_type=MEDIA)


def sentence(status: int) -> str:
    """The key of what to say about a status."""
    return f"api_{status}" if status in _SAID else "api_400" if status < 500 else "api_500"


def _told(it: Problem, language: str) -> dict[str, str]:
    held = knowledge()
    here = replace(it, kind=SAID_HERE.get(it.kind, it.kind))
    plain = replace(here, where=Voice(held, language).short(it.where)).said(held, language)
    return {"kind": it.kind, "where": it.where, "text": here.said(held, language), "plain": plain}


SAID_HERE = {
    "file_empty": "body_empty",
    "file_broken": "body_broken",
    "file_not_text": "body_not_text",
    "unknown_id": "unknown_id_here",
    "pick_not_offered": "pick_not_offered_here",
}
"""Problems whose sentence names a file or a command -> the sentence for a program that calls."""


_SAID = (400, 401, 404, 405, 406, 412, 413, 415, 422, 429, 500, 503)
