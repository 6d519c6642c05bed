"""One sheet for a GP or physiotherapist, out of the diary. Calling comes first."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.diary_sheet import diary_sheet
from rugkompas.outputs.parts import Report
from rugkompas.outputs.pdf import pdf
from rugkompas.web.diary.needs import acts, with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import Store
from rugkompas.web.diary.views.home import course_of, urgent_page
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import document, words


@require_http_methods(["GET", "HEAD", "POST"])
@with_diary
def sheet(request: VisitRequest, diary: Store) -> HttpResponse:
    """What help is sought for, how it went, and what was answered. Without answers to triage a
    sheet would be a list of what nobody asked: then the page says what to do."""
    found = course_of(diary)
    if found.call_first:
        return urgent_page(request, diary, found.assessment, waits=True)
    if not found.triaged:
        return page(request, "sheet_first.html", diary, default="")
    made = diary_sheet(found, request.language)
    if acts(request, "paper"):
        return _paper(made, request)
    return page(request, "sheet.html", diary, **document(made), default="")


def _paper(made: Report, request: VisitRequest) -> HttpResponse:
    response = HttpResponse(pdf(made), content_type="application/pdf")
    name = words(request.language)("file_summary")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
