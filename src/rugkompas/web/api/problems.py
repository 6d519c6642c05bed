"""One shape for everything that goes wrong (RFC 9457), without a person's answers."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from rugkompas.outputs.sentences import Voice
from rugkompas.people.problems import Problem
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words

MEDIA = "application/problem+json"
LANGUAGES = ("nl", "en")


def language_of(request: HttpRequest) -> str:
    """The language that was asked for, or else Dutch."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def problem(
    request: HttpRequest, status: int, problems: list[Problem] | None = None
) -> HttpResponse:
    """A refusal. problems: what is wrong with what was sent, each at its place."""
    language = language_of(request)
    t = words(language)
    key = f"api_{status}" if status in _SAID else "api_400" if status < 500 else "api_500"
    told: dict[str, Any] = {
        "type": f"urn:rugkompas:problem:{HTTPStatus(status).name.lower()}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": t(key),
    }
    if problems is not None:
        told["problems"] = [_told(it, language) for it in problems]
    return HttpResponse(msgspec.json.encode(told), status=status, content_type=MEDIA)


def _told(it: Problem, language: str) -> dict[str, str]:
    held = knowledge()
    plain = replace(it, where=Voice(held, language).short(it.where))
    text = it.said(held, language)
    return {"kind": it.kind, "where": it.where, "text": text, "plain": plain.said(held, language)}


_SAID = (400, 404, 405, 413, 415, 422, 429, 500)

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do, in the language asked for."},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["kind", "where", "text", "plain"],
                "properties": {
                    "kind": {"type": "string"},
                    "where": {"type": "string"},
                    "text": {"type": "string"},
                    "plain": {
                        "type": "string",
                        "description": "The same with the question in words, for a person.",
                    },
                },
            },
        },
    },
}
