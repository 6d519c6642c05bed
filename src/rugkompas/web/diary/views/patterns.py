"""What goes with better and worse days: a picture with intervals, a table and sentences."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.assess.patterns import OUTCOMES, patterns
from rugkompas.outputs.patterns_page import patterns_page
from rugkompas.web.diary.needs import with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import Store
from rugkompas.web.diary.views.home import course_of, urgent_page
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import document


@require_http_methods(["GET", "HEAD", "POST"])
@with_diary
def goes_with(request: VisitRequest, diary: Store) -> HttpResponse:
    """Of pain, or of what one can do. Too little data is said as that."""
    course = course_of(diary)
    if course.call_first:
        return urgent_page(request, diary, course.assessment, waits=True)
    wanted = request.POST.get("outcome", "") or request.GET.get("outcome", "")
    outcome = next((name for name in OUTCOMES if name == wanted), OUTCOMES[0])
    found = patterns(diary.book, outcome=outcome, on=course.day, knowledge=knowledge())
    made = patterns_page(found, request.language, commands=False)
    others = [name for name in OUTCOMES if name != outcome]
    return page(request, "patterns.html", diary, **document(made), others=others)
