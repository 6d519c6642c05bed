"""Where a diary is opened or begun, and what stands first once it is open."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rugkompas.assess import Assessment
from rugkompas.assess.diary_answers import today as last_day
from rugkompas.assess.follow_up import FollowUp, follow_up
from rugkompas.outputs.diary_report import DiaryFrame
from rugkompas.outputs.report import report
from rugkompas.web.cookies import LANGUAGES, speak
from rugkompas.web.diary.needs import diary_of
from rugkompas.web.diary.shown import not_opened, page
from rugkompas.web.diary.store import MOST_OPENED, NotADiary, PageDiary, Store, opened
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import document

KINDS = {"jsonl": "jsonl", "json": "json", "csv": "csv"}


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: VisitRequest) -> HttpResponse:
    """What a diary is for and where it lives; or the diary that is open."""
    wanted = request.POST.get("language", "")
    if wanted in LANGUAGES:
        request.language = wanted
    try:
        diary = diary_of(request)
    except NotADiary as error:
        return not_opened(request, error.kind)
    if diary is None:
        response = page(request, "home.html", None, errors=[])
    elif not diary.book.lines:
        response = redirect("diary_begin")
    else:
        response = overview(request, diary)
    if wanted in LANGUAGES:
        speak(response, wanted)
    return response


@require_http_methods(["POST"])
def open_file(request: VisitRequest) -> HttpResponse:
    """A file that the person saved before. What cannot be read changes nothing."""
    try:
        diary = file_of(request)
    except NotADiary as error:
        return not_opened(request, error.kind)
    return overview(request, diary, just_opened=True, saved=True)


def file_of(request: VisitRequest) -> PageDiary:
    """The diary in the file that was sent. Raises NotADiary."""
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        raise NotADiary("none")
    if sent.size > MOST_OPENED:
        raise NotADiary("large")
    ending = (sent.name or "").rpartition(".")[2].lower()
    return opened(sent.read(), KINDS.get(ending, "jsonl"), knowledge(), today())


def overview(
    request: VisitRequest,
    diary: Store,
    *,
    written: dt.date | None = None,
    just_opened: bool = False,
    said: str = "",
    also: str = "",
    saved: bool = False,
) -> HttpResponse:
    """How it goes in one sentence, and what can be done. An alarm sign takes the whole page.

    written: the day that was written just now. said: key of what was done. also, saved:
    as in ``page``.
    """
    found = course_of(diary)
    if found.call_first:
        return urgent_page(
            request, diary, found.assessment, written=written, also=also, saved=saved
        )
    f = DiaryFrame(found, request.language)
    book = diary.book
    return page(
        request,
        "overview.html",
        diary,
        here=reverse("diary"),
        also=also,
        saved=saved,
        written=written,
        just_opened=just_opened,
        said=said,
        verdict=f.say(f"how_{found.direction}"),
        doing_first=f.say("how_doing_first"),
        call_text=f.say("call_text"),
        asks_triage=found.asks_triage,
        again_text=f.say("again_text_site"),
        found=found,
        next_moment=next((m for m in found.moments if m.state == "to_come"), None),
        today_written=book.entry_on(today()) is not None,
        days=len(book.entries),
        last=book.entries[-1].day if book.entries else None,
        episode=book.episode_on(last_day(book)),
        default="",
    )


def course_of(diary: Store) -> FollowUp:
    """The course as it is today."""
    on = max(last_day(diary.book), today())
    return follow_up(diary.book, on=on, knowledge=knowledge())


def urgent_page(
    request: VisitRequest,
    diary: Store,
    assessment: Assessment,
    *,
    written: dt.date | None = None,
    waits: bool = False,
    also: str = "",
    saved: bool = False,
) -> HttpResponse:
    """Whom to call and how fast, as on the page of a result; the diary is kept below it.

    waits: the person asked for a page that has to wait until they called.
    """
    contact = assessment.triage.contacts[0]
    return page(
        request,
        "urgent.html",
        diary,
        also=also,
        saved=saved,
        here=reverse("diary"),
        **document(report(assessment, request.language, commands=False)),
        phone=knowledge().contacts[contact].phone
        if assessment.triage.urgency == "emergency"
        else "",
        emergency=assessment.triage.urgency == "emergency",
        written=written,
        waits=waits,
        waits_text=knowledge().words[request.language].diary["urgent_text"],
        standing_text=knowledge().words[request.language].diary["standing_text"],
        default="",
    )
