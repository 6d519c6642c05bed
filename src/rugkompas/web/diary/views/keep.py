"""What a person takes along: the diary itself, tables, reminders; and erasing it."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.diary_calendar import reminders
from rugkompas.people.diary.exchange import as_csv, as_json, as_lines
from rugkompas.web.cookies import SAVED
from rugkompas.web.diary.needs import acts, with_diary
from rugkompas.web.diary.shown import page, tell_saved
from rugkompas.web.diary.store import Store
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import words

METHODS = ["GET", "HEAD", "POST"]
PLAIN = "application/x-ndjson"


@require_http_methods(METHODS)
@with_diary
def file(request: VisitRequest, diary: Store) -> HttpResponse:
    """The diary, exactly as a terminal reads it."""
    response = _file(as_lines(diary.book), PLAIN, f"{_name(request)}.jsonl")
    tell_saved(response, diary)
    return response


@require_http_methods(METHODS)
@with_diary
def table(request: VisitRequest, diary: Store) -> HttpResponse:
    """A row for each day, for a spreadsheet."""
    return _file(as_csv(diary.book), "text/csv; charset=utf-8", f"{_name(request)}.csv")


@require_http_methods(METHODS)
@with_diary
def data(request: VisitRequest, diary: Store) -> HttpResponse:
    """Every record with its versions."""
    return _file(as_json(diary.book), "application/json", f"{_name(request)}.json")


@require_http_methods(METHODS)
@with_diary
def calendar(request: VisitRequest, diary: Store) -> HttpResponse:
    """A few quiet moments for a calendar, without a word about health."""
    made = reminders(diary.book, today(), request.language, knowledge())
    return _file(made, "text/calendar", f"{words(request.language)('diary_file_moments')}.ics")


@require_http_methods(METHODS)
@with_diary
def take(request: VisitRequest, diary: Store) -> HttpResponse:
    """All that can be taken along, and the way to erase it."""
    return page(request, "take.html", diary, failed=False, default="")


@require_http_methods(METHODS)
@with_diary
def erase(request: VisitRequest, diary: Store) -> HttpResponse:
    """Ask first; then nothing of the diary is left here."""
    if not acts(request, "erase"):
        return page(request, "erase.html", diary, failed=False, default="")
    try:
        diary.erase()
    except (OSError, DatabaseError):
        return page(request, "erase.html", diary, status=503, failed=True, default="")
    response = page(request, "erased.html", None)
    response.delete_cookie(SAVED, samesite="Strict")
    return response


def _name(request: VisitRequest) -> str:
    return f"{words(request.language)('diary_file')}-{today().isoformat()}"


def _file(content: bytes, type_: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=type_)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
