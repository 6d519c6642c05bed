"""The beginning of an episode: own activities in own words, what to ask about, when it began."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.sentences import own_words
from rugkompas.people.diary import Book, Conflict, DiaryError
from rugkompas.people.diary.changes import new_episode
from rugkompas.people.diary.entry import ACTIVITIES, FACTORS, NAME
from rugkompas.people.problems import BadAnswers
from rugkompas.web.cookies import LANGUAGES, speak
from rugkompas.web.diary.needs import acts, diary_of
from rugkompas.web.diary.shown import not_opened, page
from rugkompas.web.diary.store import NotADiary, PageDiary, Store
from rugkompas.web.diary.views.day import show_day
from rugkompas.web.diary.views.home import overview
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import words

LONGEST = 30_000
"""Days that pain can have lasted."""


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: VisitRequest) -> HttpResponse:
    """A new diary, or what changes about the activities of one."""
    wanted = request.POST.get("language", "")
    if wanted in LANGUAGES:
        request.language = wanted
    try:
        diary = diary_of(request) or PageDiary()
    except NotADiary as error:
        return not_opened(request, error.kind)
    if acts(request, "begin"):
        return _begun(request, diary)
    response = _shown(request, diary, _typed(request, diary.book), {})
    if wanted in LANGUAGES:
        speak(response, wanted)
    return response


def _typed(request: VisitRequest, book: Book) -> dict[str, Any]:
    """What stands in the form: what the diary knows, otherwise what this visit told."""
    if "name" in request.POST:
        return _sent(request)
    current = book.episode_on(today())
    given = request.visit.given
    told = [it["name"] for it in given.get("activities") or ()]
    days = given.get("pain_duration_days")
    began = current.began if current else None
    if began is None and isinstance(days, int):
        began = today() - dt.timedelta(days=days)
    return {
        "names": list(current.activities if current else told),
        "factors": list(current.factors if current else FACTORS[:3]),
        "began": began.isoformat() if began else "",
    }


def _sent(request: VisitRequest) -> dict[str, Any]:
    names = [own_words(name) for name in request.POST.getlist("name")[:ACTIVITIES]]
    return {
        "names": [name for name in names if name],
        "factors": [name for name in request.POST.getlist("factor") if name in FACTORS],
        "began": request.POST.get("began", "").strip(),
    }


def _begun(request: VisitRequest, diary: Store) -> HttpResponse:
    typed = _sent(request)
    began, wrong = None, {}
    if typed["began"]:
        try:
            began = dt.date.fromisoformat(typed["began"])
        except ValueError:
            wrong["began"] = "diary_day_wrong"
        if began and (began > today() or (today() - began).days > LONGEST):
            wrong["began"] = "diary_began_wrong"
    if not typed["names"]:
        wrong["name0"] = "diary_name_one"
    if any(len(name) > NAME for name in typed["names"]):
        wrong["name0"] = "diary_name_long"
    if len(set(typed["names"])) < len(typed["names"]):
        wrong["name0"] = "diary_name_twice"
    if wrong:
        return _shown(request, diary, typed, wrong)
    is_new = not diary.book.lines
    changed = {
        "activities": tuple(typed["names"]),
        "factors": tuple(typed["factors"]),
        "began": began,
        "answers": _answers(request),
    }
    try:
        made = new_episode(diary.book, today(), changed, knowledge())
        if made is not None:
            diary.add(made)
    except (BadAnswers, DiaryError, Conflict):
        return _shown(request, diary, typed, {"name0": "diary_not_so"})
    except (OSError, DatabaseError):
        return _shown(request, diary, typed, {}, failed=True)
    return show_day(request, diary) if is_new else overview(request, diary, said="diary_begun")


def _answers(request: VisitRequest) -> dict[str, Any]:
    """The answers of this visit, as a diary keeps them: what was typed in own words stays out."""
    left_out = ("activities", "rejects", "cannot", "plan_when")
    given = request.visit.given
    return {name: answer for name, answer in given.items() if name not in left_out}


def _shown(
    request: VisitRequest,
    diary: Store,
    typed: dict[str, Any],
    wrong: dict[str, str],
    failed: bool = False,
) -> HttpResponse:
    t = words(request.language)
    texts = {name: t(key, most=NAME) for name, key in wrong.items()}
    return page(
        request,
        "begin.html",
        diary,
        status=503 if failed else 422 if texts else 200,
        typed=typed,
        factors=FACTORS,
        factor_words=knowledge().words[request.language].diary,
        errors=[{"field": name, "text": text} for name, text in texts.items()],
        wrong=texts,
        failed=failed,
        is_new=not diary.book.lines,
        has_visit=bool(request.visit),
        today=today(),
        most=NAME,
        default="begin",
    )
