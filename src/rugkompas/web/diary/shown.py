"""A page of the diary: with the diary in it, where it lives, and what is not saved yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse

from rugkompas.outputs.sentences import Voice
from rugkompas.web.accounts.of import account_of
from rugkompas.web.diary.store import PageDiary, Store
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import show, words

SAVED = "saved"
"""The cookie that tells which version the person saved last, so that a page can say whether
something is not saved yet. It holds the name of a version, nothing of what is in it."""
SAVED_LENGTH = 16


def page(
    request: VisitRequest,
    template: str,
    diary: Store | None,
    *,
    status: int = 200,
    also: str = "",
    **more: Any,
) -> HttpResponse:
    """A page of the diary. ``diary`` None: nothing is open. also: another version that went
    into this one."""
    held = diary if isinstance(diary, PageDiary) else None
    saved = request.COOKIES.get(SAVED, "")
    version = diary.version if diary is not None else ""
    return show(
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
            "unsaved": bool(held and held.book.lines) and saved != version[:SAVED_LENGTH],
            "date": Voice(knowledge(), request.language).date,
            "on_day": on_day,
            "hint": "wipe_hint" if held or diary is None else "account_hint",
            "signed_in": account_of(request) is not None,
            **more,
        },
    )


def not_opened(request: VisitRequest, kind: str) -> HttpResponse:
    """The first page of the diary, with what is wrong with the file."""
    errors = [{"field": "file", "text": words(request.language)(f"diary_open_{kind}")}]
    return page(request, "home.html", None, status=422, errors=errors)


def on_day(day: dt.date) -> str:
    """A day as a field of a form holds it."""
    return day.isoformat()
