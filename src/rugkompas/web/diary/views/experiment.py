"""Trying something out: what it asks comes before the start; the draw is kept in the diary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.assess.experiment import Running, Wish, ask, draw, ended, finding, of_diary
from rugkompas.assess.patterns import OUTCOMES, Outcome
from rugkompas.outputs.experiment_page import asked_page, running_page
from rugkompas.outputs.sentences import own_words
from rugkompas.people.diary import DiaryError
from rugkompas.people.diary.entry import NAME
from rugkompas.people.problems import BadAnswers
from rugkompas.web.diary.needs import acts, with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import Store
from rugkompas.web.diary.views.home import course_of, overview, urgent_page
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import document, words

DIFFERENCES = ("1", "2", "3")
"""Points to choose from; two is the change that people notice."""
PERIODS = ("3", "7", "14")
WHY = {"worse": "worse", "alarm": "alarm", "finished": "finished"}
"""State -> how it ended; in every other state it is one's own choice."""


@require_http_methods(["GET", "HEAD", "POST"])
@with_diary
def experiment(request: VisitRequest, diary: Store) -> HttpResponse:
    """The one that runs; otherwise a new one to think over. Calling comes first."""
    course = course_of(diary)
    if course.call_first:
        return urgent_page(request, diary, course.assessment, waits=True)
    running = of_diary(diary.book, on=course.day, knowledge=knowledge())
    is_over = running is not None and bool(running.record.ended)
    if running is not None and acts(request, "stop") and not is_over:
        return _stopped(request, diary, running)
    if running is not None and (
        not is_over or request.POST.get("do") not in ("ask", "start", "new")
    ):
        return _running(request, diary, running)
    return _new(request, diary, course.day)


def _running(request: VisitRequest, diary: Store, it: Running) -> HttpResponse:
    made = running_page(it, finding(diary.book, it), request.language, commands=False)
    is_over = bool(it.record.ended)
    return page(
        request,
        "experiment.html",
        diary,
        **document(made),
        stage="over" if is_over else "runs",
        **_form({}),
    )


def _stopped(request: VisitRequest, diary: Store, it: Running) -> HttpResponse:
    on = min(it.day, it.periods[-1].last)
    try:
        how = WHY.get(it.state, "own_choice")
        diary.add(ended(it.record, how, on, knowledge()))
    except (BadAnswers, DiaryError):
        return overview(request, diary)
    except (OSError, DatabaseError):
        return page(request, "take.html", diary, status=503, failed=True)
    left = of_diary(diary.book, on=it.day, knowledge=knowledge())
    return _running(request, diary, left or it)


def _new(request: VisitRequest, diary: Store, day: dt.date) -> HttpResponse:
    typed = {
        "what": own_words(request.POST.get("what", "")),
        "outcome": request.POST.get("outcome", "") or OUTCOMES[0],
        "difference": request.POST.get("difference", "") or DIFFERENCES[1],
        "period": request.POST.get("period", "") or PERIODS[1],
    }
    wants = acts(request, "ask") or acts(request, "start")
    wrong = _wrong(typed, request) if wants else ""
    if not wants or wrong:
        errors = [{"field": "what", "text": wrong}] if wrong else []
        status = 422 if wrong else 200
        return _form_page(request, diary, typed, errors, status)
    wish = Wish(
        what=typed["what"],
        outcome=cast(Outcome, typed["outcome"]),
        difference=float(typed["difference"]),
        period_days=int(typed["period"]),
    )
    asked = ask(diary.book, wish, on=day, knowledge=knowledge())
    if acts(request, "start") and not asked.forbids:
        try:
            diary.add(draw(asked, today(), knowledge()))
        except (BadAnswers, DiaryError):
            return overview(request, diary)
        except (OSError, DatabaseError):
            return page(request, "take.html", diary, status=503, failed=True)
        kept = of_diary(diary.book, on=day, knowledge=knowledge())
        assert kept is not None, "what was added is there"
        return _running(request, diary, kept)
    made = asked_page(asked, request.language, commands=False)
    stage = "forbidden" if asked.forbids else "asked"
    return page(request, "experiment.html", diary, **document(made), stage=stage, **_form(typed))


def _wrong(typed: Mapping[str, str], request: VisitRequest) -> str:
    t = words(request.language)
    if not 0 < len(typed["what"]) <= NAME:
        return t("diary_try_what_wrong", most=NAME)
    known = (
        typed["outcome"] in OUTCOMES
        and typed["difference"] in DIFFERENCES
        and typed["period"] in PERIODS
    )
    return "" if known else t("choose_one")


def _form(typed: Mapping[str, str]) -> dict[str, Any]:
    return {
        "typed": typed,
        "outcomes": OUTCOMES,
        "differences": DIFFERENCES,
        "periods": PERIODS,
        "most": NAME,
    }


def _form_page(
    request: VisitRequest,
    diary: Store,
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    status: int,
) -> HttpResponse:
    return page(
        request,
        "try.html",
        diary,
        status=status,
        errors=errors,
        default="ask",
        **_form(typed),
    )
