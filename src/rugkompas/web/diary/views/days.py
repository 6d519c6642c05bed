"""All days with their versions; a day can be changed or taken out."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.people.diary import Conflict, Entry
from rugkompas.web.diary.needs import acts, with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import Store
from rugkompas.web.diary.told import told
from rugkompas.web.requests import VisitRequest

AT_ONCE = 60
"""Days on one page; the rest comes behind a button."""


@require_http_methods(["GET", "HEAD", "POST"])
@with_diary
def days(request: VisitRequest, diary: Store) -> HttpResponse:
    """The days, newest first."""
    wanted = diary.book.of(request.POST.get("delete", ""))
    asked = wanted if isinstance(wanted, Entry) else None
    failed = False
    said = ""
    if asked and acts(request, "delete"):
        try:
            diary.delete([asked.id])
            said, asked = "diary_day_gone", None
        except Conflict:
            asked = None
        except (OSError, DatabaseError):
            failed = True
    language = request.language
    shown = list(reversed(diary.book.entries))
    everything = "all" in request.POST
    return page(
        request,
        "days.html",
        diary,
        status=503 if failed else 200,
        asked=asked,
        failed=failed,
        said=said,
        rows=[
            {
                "entry": e,
                "told": told(e, language),
                "before": [
                    told(it, language) for it in diary.book.earlier(e) if isinstance(it, Entry)
                ],
            }
            for e in (shown if everything else shown[:AT_ONCE])
        ],
        more=len(shown) - AT_ONCE if not everything else 0,
        default="",
    )
