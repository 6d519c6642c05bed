"""One day: a page that is filled in within seconds, and triaged before anything else is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rugkompas.assess import Assessment
from rugkompas.assess.diary_answers import answers_on
from rugkompas.assess.diary_answers import today as last_day
from rugkompas.assess.follow_up import interrupts
from rugkompas.outputs.sentences import Voice, own_words
from rugkompas.people.diary import Book, Conflict, DiaryError, Entry
from rugkompas.people.diary.changes import new_entry
from rugkompas.people.diary.entry import NAME, NOTE
from rugkompas.people.problems import BadAnswers
from rugkompas.web.diary.day_form import DayForm, day_form, first_day, given_by, sent_form
from rugkompas.web.diary.needs import FIELD, acts, with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import Store
from rugkompas.web.diary.told import told
from rugkompas.web.diary.views.home import overview, urgent_page
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import words

CARRIED = ("csrfmiddlewaretoken", FIELD, "do", "replaces", "language", "id")
"""Fields that a page makes itself; the others hold what the person typed."""


@require_http_methods(["GET", "HEAD", "POST"])
@with_diary
def day(request: VisitRequest, diary: Store) -> HttpResponse:
    """The form of a day, or what was filled in."""
    wanted, wrong = _day(request, diary.book)
    form = day_form(diary.book, wanted, today(), _steps(request, diary.book), knowledge())
    if request.POST.get("language") and "id" in request.POST:
        return _shown(request, diary, sent_form(form, request.POST, knowledge()))
    if not acts(request, "write"):
        return _shown(request, diary, form)
    form = sent_form(form, request.POST, knowledge())
    if wrong:
        return _shown(request, diary, replace(form, errors={"day": wrong}))
    return _written(request, diary, form)


def show_day(request: VisitRequest, diary: Store) -> HttpResponse:
    """The form of today."""
    steps = _steps(request, diary.book)
    return _shown(request, diary, day_form(diary.book, today(), today(), steps, knowledge()))


def _day(request: VisitRequest, book: Book) -> tuple[dt.date, str]:
    """The day that was asked for, and what is wrong with it."""
    # A diary in an account needs no form to be carried along: then a link names the day.
    typed = request.POST.get("day", "") or request.GET.get("day", "")
    if not typed:
        return today(), ""
    try:
        found = dt.date.fromisoformat(typed)
    except ValueError:
        return today(), "diary_day_wrong"
    if found > today():
        return today(), "diary_day_future"
    if found < first_day(book, today(), knowledge()):
        return today(), "diary_day_early"
    return found, ""


def _steps(request: VisitRequest, book: Book) -> tuple[str, ...]:
    """The steps of the plan: those of this visit, otherwise those of the last days."""
    options = knowledge().words[request.language].options
    picks = request.visit.more.get("picks") or ()
    chosen = [own_words(options[id_].label)[:NAME] for id_ in picks if id_ in options]
    earlier = [step for e in book.entries[-7:] for step in e.plan]
    return tuple(dict.fromkeys(chosen or earlier))[:5]


def _shown(
    request: VisitRequest, diary: Store, form: DayForm, status: int = 200, failed: bool = False
) -> HttpResponse:
    t, voice = words(request.language), Voice(knowledge(), request.language)
    texts = {name: t(key, most=NOTE) for name, key in form.errors.items()}
    return page(
        request,
        "day.html",
        diary,
        here=reverse("diary_day"),
        status=status if not texts else 422,
        form=form,
        wrong=texts,
        errors=[{"field": name, "text": text} for name, text in texts.items()],
        failed=failed,
        factor_words=knowledge().words[request.language].diary,
        sign_words=knowledge().words[request.language].questions,
        voice=voice,
        stands=diary.book.entry_on(form.day),
        default="write",
    )


def _written(request: VisitRequest, diary: Store, form: DayForm) -> HttpResponse:
    given, wrong = given_by(form, knowledge())
    if wrong:
        return _shown(request, diary, replace(form, errors=wrong))
    on = max(last_day(diary.book), today())
    before = answers_on(diary.book, on, knowledge())
    stands = diary.book.entry_on(form.day)
    is_change = bool(form.replaces) and stands is not None and stands.id == form.replaces
    try:
        entry = new_entry(diary.book, form.day, given, is_change, knowledge())
        if form.replaces and not is_change and diary.book.of(entry.id) is None:
            # Somebody changed this day since the form was opened.
            raise Conflict("diary_replaced", "day", stands)
        diary.add(entry)
    except BadAnswers as error:
        field = error.problems[0].where
        return _shown(request, diary, replace(form, errors={field: "diary_not_so"}))
    except Conflict as conflict:
        return _conflict(request, diary, form, conflict, given)
    except DiaryError:
        return _shown(request, diary, replace(form, errors={"day": "diary_full"}))
    except (OSError, DatabaseError):
        return _shown(request, diary, form, status=503, failed=True)
    after = answers_on(diary.book, on, knowledge())
    urgent = interrupts(before, after, on, knowledge())
    return _after(request, diary, entry, urgent)


def _after(
    request: VisitRequest, diary: Store, entry: Entry, urgent: Assessment | None
) -> HttpResponse:
    if urgent is not None:
        return urgent_page(request, diary, urgent, written=entry.day)
    return overview(request, diary, written=entry.day)


def _conflict(
    request: VisitRequest,
    diary: Store,
    form: DayForm,
    conflict: Conflict,
    given: dict[str, Any],
) -> HttpResponse:
    """Both versions of the day beside each other; nothing was written."""
    theirs = conflict.theirs if isinstance(conflict.theirs, Entry) else None
    carried = [
        (name, value)
        for name in request.POST
        if name not in CARRIED
        for value in request.POST.getlist(name)
    ]
    mine = new_entry(Book(), form.day, given, False, knowledge())
    return page(
        request,
        "conflict.html",
        diary,
        status=409,
        form=form,
        carried=carried,
        theirs=theirs,
        mine_told=told(mine, request.language),
        theirs_told=told(theirs, request.language) if theirs else (),
        default="",
    )
