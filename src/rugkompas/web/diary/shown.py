"""A page of the diary: with the diary in it, where it lives, and what is not saved yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from rugkompas.outputs.sentences import Voice
from rugkompas.web.accounts.of import account_of
from rugkompas.web.cookies import SAVED
from rugkompas.web.diary.store import PageDiary, Store
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import show, words

SAVED_LENGTH = 16
"""Characters of the name of a version in the cookie. Nothing of what is in it stands there."""


def page(
    request: VisitRequest,
    template: str,
    diary: Store | None,
    *,
    status: int = 200,
    also: str = "",
    saved: bool = False,
    **more: Any,
) -> HttpResponse:
    """A page of the diary. ``diary`` None: nothing is open. also: another version that went
    into this one. saved: the person has this version as a file."""
    held = diary if isinstance(diary, PageDiary) else None
    unsaved = bool(held and held.book.lines and not saved and not is_saved(request, held))
    version = diary.version if diary is not None else ""
    response = show(
        request,
        f"diary/{template}",
        status=status,
        **{
            "carries": True,
            "default": "",
            "here": request.path,
            "errors": [],
            "failed": False,
            "in_page": diary is None or held is not None,
            "packed": held.packed() if held else "",
            "version": version,
            "builds_on": " ".join(filter(None, dict.fromkeys((held.opened, version, also))))
            if held
            else "",
            "unsaved": unsaved,
            "date": Voice(knowledge(), request.language).date,
            "on_day": on_day,
            "hint": "wipe_hint" if held or diary is None else "account_hint",
            "signed_in": account_of(request) is not None,
            **more,
        },
    )
    if saved and held:
        tell_saved(response, held)
    return response


def is_saved(request: VisitRequest, diary: Store) -> bool:
    """The person saved this version last."""
    return request.COOKIES.get(SAVED) == diary.version[:SAVED_LENGTH]


def tell_saved(response: HttpResponse, diary: Store) -> None:
    """Remember that the person has this version as a file."""
    response.set_cookie(
        SAVED,
        diary.version[:SAVED_LENGTH],
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def not_opened(request: VisitRequest, kind: str) -> HttpResponse:
    """The first page of the diary, with what is wrong with the file."""
    errors = [{"field": "file", "text": words(request.language)(f"diary_open_{kind}")}]
    return page(request, "home.html", None, status=422, errors=errors)


def on_day(day: dt.date) -> str:
    """A day as a field of a form holds it."""
    return day.isoformat()
