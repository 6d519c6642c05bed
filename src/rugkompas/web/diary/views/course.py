"""Is it going better, and what goes with what? Calling comes before both."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.diary_report import diary_report
from rugkompas.web.diary.needs import with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import Store
from rugkompas.web.diary.views.home import course_of, urgent_page
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import document

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@with_diary
def course(request: VisitRequest, diary: Store) -> HttpResponse:
    """Doing first, the moments, one's own line beside the published band, the pattern."""
    found = course_of(diary)
    if found.call_first:
        return urgent_page(request, diary, found.assessment, waits=True)
    made = diary_report(found, request.language, commands=False)
    reached = [moment.direction for moment in found.moments if moment.state == "reached"]
    # Who is sent on gets something to take along; the last moment counts.
    asks_help = reached[-1:] in (["unchanged"], ["worsening"])
    return page(request, "course.html", diary, **document(made), asks_help=asks_help, default="")
