"""Two copies of a diary brought together; where they differ, the person chooses for each day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.sentences import own_words
from rugkompas.people.diary import Book, Conflict, DiaryError, Entry, Episode
from rugkompas.people.diary.entry import Kept, Line
from rugkompas.people.diary.exchange import Keep, bring_in
from rugkompas.web.diary.needs import with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import NotADiary, PageDiary, Store, unpacked
from rugkompas.web.diary.told import told
from rugkompas.web.diary.views.home import file_of, overview
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import words

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """One day on which both have something else. name: of its field."""

    name: str
    line: Kept
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@with_diary
def merge(request: VisitRequest, diary: Store) -> HttpResponse:
    """The other copy comes as a file, or from what the browser kept. All of it, or nothing."""
    if request.method != "POST":
        return page(request, "take.html", diary)
    try:
        other = _other(request)
    except NotADiary as error:
        return _refused(request, diary, f"diary_open_{error.kind}")
    trial = PageDiary(Book(diary.book.lines))
    try:
        differences = _brought(request, trial, other.book.lines)
        if not differences:
            diary.add(*trial.book.lines[len(diary.book.lines) :], expected=diary.version)
    except DiaryError:
        return _refused(request, diary, "diary_full")
    except (OSError, DatabaseError):
        return page(request, "take.html", diary, status=503, failed=True)
    if differences:
        return page(
            request,
            "merge.html",
            diary,
            status=409,
            differences=differences,
            other=other.packed(),
        )
    return overview(request, diary, said="diary_merged", also=other.version)


def _other(request: VisitRequest) -> PageDiary:
    text = request.POST.get(OTHER, "")
    return unpacked(text, knowledge(), today()) if text else file_of(request)


def _refused(request: VisitRequest, diary: Store, key: str) -> HttpResponse:
    errors = [{"field": "file", "text": words(request.language)(key)}]
    return page(request, "take.html", diary, status=422, errors=errors)


def _brought(
    request: VisitRequest, trial: PageDiary, lines: Iterable[Line]
) -> tuple[Difference, ...]:
    """Take the records in, and tell where it is still to choose."""
    left: dict[str, Difference] = {}
    new = [line for line in lines if trial.book.of(line.id) != line]
    for line in new:
        name = f"{type(line).__name__}-{getattr(line, 'day', '')}"
        choice = request.POST.get(name, "")
        keep = cast(Keep, choice if choice in ("mine", "theirs") else "ask")
        try:
            bring_in(trial, [line], keep)
        except Conflict as conflict:
            if isinstance(line, Kept) and isinstance(conflict.theirs, Kept):
                mine, theirs = (_told(it, request.language) for it in (conflict.theirs, line))
                left[name] = Difference(name, line, mine, theirs)
            else:
                bring_in(trial, [line], "mine")
    return tuple(left.values())


def _told(line: Kept, language: str) -> tuple[str, ...]:
    if isinstance(line, Entry):
        return told(line, language)
    names = line.activities if isinstance(line, Episode) else (line.what,)
    return tuple(own_words(name) for name in names)
