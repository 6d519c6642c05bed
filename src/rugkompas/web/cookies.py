"""The visit and the language in cookies: opened, kept, forgotten."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.visit import COOKIE, NotOurs, Visit, is_fresh, question_set, seal, unseal

LANGUAGE_COOKIE = "language"
DRAFT_COOKIE = "booking"
"""An appointment that is being asked for; booking/drafts.py."""
LAUNCH_COOKIE = "launch"
"""Somebody on their way to their record and back; smart/sealed.py."""
RECORD_COOKIE = "record"
"""What their record says, until they looked at it; smart/sealed.py."""
SAVED = "saved"
"""Which version of a diary the person saved last, so that a page can say what is not saved."""
LANGUAGES = ("nl", "en")


def open_visit(request: VisitRequest) -> None:
    """Read the cookies. Never fails: what does not open is an empty visit."""
    language = request.COOKIES.get(LANGUAGE_COOKIE, "")
    request.language = language if language in LANGUAGES else LANGUAGES[0]
    request.visit, request.kept = Visit(questions=question_set(knowledge())), None
    request.lost = False
    sealed = request.COOKIES.get(COOKIE, "")
    if not sealed:
        return
    try:
        request.visit = unseal(sealed, knowledge())
    except NotOurs:
        request.lost = True
        return
    request.kept = request.visit if is_fresh(sealed) else None


def keep(response: HttpResponse, request: VisitRequest) -> None:
    """Seal the visit in its cookie; an empty one leaves none. Raises TooMuch.

    What was lost stays until the person was told so (the start page).
    """
    if request.visit:
        if request.visit != request.kept:
            _set(response, COOKIE, seal(request.visit, knowledge()))
    elif COOKIE in request.COOKIES and not request.lost:
        forget(response)


def speak(response: HttpResponse, language: str) -> None:
    """Remember the language."""
    _set(response, LANGUAGE_COOKIE, language)


def forget(response: HttpResponse) -> None:
    """Take the visit away."""
    response.delete_cookie(COOKIE, samesite="Strict")


def forget_all(response: HttpResponse) -> None:
    """Take every cookie of this site away."""
    for name in (
        *(COOKIE, LANGUAGE_COOKIE, DRAFT_COOKIE, SAVED, settings.CSRF_COOKIE_NAME),
        *(LAUNCH_COOKIE, RECORD_COOKIE),
    ):
        response.delete_cookie(name, samesite="Strict")


def _set(response: HttpResponse, name: str, value: str) -> None:
    # No age: the browser forgets it when it closes.
    response.set_cookie(
        name, value, secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
