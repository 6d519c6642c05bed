"""Pages without a result: the start, about, privacy, language, wiping, health."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_http_methods

import rugkompas
from rugkompas.outputs.sentences import Voice
from rugkompas.web.cookies import (
    DRAFT_COOKIE,
    LANGUAGE_COOKIE,
    LANGUAGES,
    LAUNCH_COOKIE,
    RECORD_COOKIE,
    SAVED,
    forget,
    forget_all,
    speak,
)
from rugkompas.web.models import MINUTES, Parcel, Tally
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import show
from rugkompas.web.smart.sealed import SECONDS
from rugkompas.web.visit import COOKIE, HOURS, Visit

SAFE = ["GET", "HEAD"]
GUIDELINES = ("kngf_2021_introduction", "nhg_lbp_2017", "nhg_lrs_2015")
"""Sources that the whole table leans on; each row names its own."""


@require_http_methods(SAFE)
def start(request: VisitRequest) -> HttpResponse:
    """What this is, who it is for, and the signs that cannot wait."""
    has_records = bool(settings.SMART_SERVERS)
    response = show(request, "start.html", lost=request.lost, has_records=has_records)
    if request.lost:
        forget(response)
    return response


@require_http_methods(SAFE)
def about(request: VisitRequest) -> HttpResponse:
    """What it is meant for, how it decides, who made it."""
    held = knowledge()
    return show(
        request,
        "about.html",
        **_release(request),
        program=rugkompas.__version__,
        guidelines=[
            {"title": held.sources[id_].title.partition(": ")[0], "url": held.sources[id_].url}
            for id_ in GUIDELINES
        ],
        late=today() >= held.release.review_by,
        out_of_scope=Voice(held, request.language)("out_of_scope"),
    )


@require_http_methods(SAFE)
def privacy(request: VisitRequest) -> HttpResponse:
    """What happens with answers."""
    return show(
        request,
        "privacy.html",
        **_release(request),
        hours=HOURS,
        minutes=MINUTES,
        cookies=(COOKIE, LANGUAGE_COOKIE, SAVED, settings.CSRF_COOKIE_NAME),
        session_cookie=settings.SESSION_COOKIE_NAME,
        keep_months=settings.KEEP_MONTHS,
        https=settings.SECURE_SSL_REDIRECT,
        booking=settings.BOOKING,
        booking_cookie=DRAFT_COOKIE,
        records=[server.name for server in settings.SMART_SERVERS],
        record_cookies=(LAUNCH_COOKIE, RECORD_COOKIE),
        record_minutes=SECONDS // 60,
    )


@require_http_methods(["POST"])
def language(request: VisitRequest) -> HttpResponse:
    """The same page in the other language; answers stay."""
    wanted = request.POST.get("language", "")
    response = redirect(_own(request.POST.get("next", "")))
    if wanted in LANGUAGES:
        speak(response, wanted)
    return response


@require_http_methods(["POST"])
def wipe(request: VisitRequest) -> HttpResponse:
    """Nothing stays: no cookie, and nothing that the browser kept of a page. Whoever is signed
    in is so no more; what an account keeps stays there."""
    request.visit = Visit()
    if settings.ACCOUNTS and settings.SESSION_COOKIE_NAME in request.COOKIES:
        with suppress(DatabaseError):
            request.session.flush()
    response = show(request, "wiped.html")
    forget_all(response)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_http_methods(SAFE)
def healthy(_: VisitRequest) -> HttpResponse:
    """For whoever runs the site: it answers, with this knowledge.

    Asked every minute, it also erases parcels that nobody came for and counts that ran out.
    """
    with suppress(DatabaseError):
        # Triage needs no database, so neither does health.
        Parcel.tidy()
        Tally.tidy()
    return JsonResponse({"status": "ok", "knowledge": knowledge().version})


def _release(request: VisitRequest) -> dict[str, Any]:
    """Who runs the site, and the knowledge that it runs."""
    held = knowledge()
    return {
        "practice": settings.PRACTICE,
        "release": held.release,
        "knowledge_version": held.version,
        "date": Voice(held, request.language).date,
    }


def _own(path: str) -> str:
    """A page of this site, whatever was sent."""
    try:
        match = resolve(path)
    except Resolver404:
        return "/"
    return path if match.url_name not in ("language", "wipe", "take") else "/"
