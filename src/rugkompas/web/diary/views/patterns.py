"""What goes with better and worse days: a picture with an interval, and a sentence beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.assess.diary_answers import today as last_day
from rugkompas.outputs.patterns_report import Outcome, pattern_sentence, patterns_sentences
from rugkompas.people.diary import days
from rugkompas.statistics.patterns import Diary, Pattern, Patterns, patterns
from rugkompas.web.diary.needs import with_diary
from rugkompas.web.diary.shown import page
from rugkompas.web.diary.store import Store
from rugkompas.web.diary.views.home import course_of, urgent_page
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words

WIDEST = 4.0
"""Points to both sides that a picture shows; what reaches further is drawn up to there."""
OUTCOMES: tuple[tuple[Outcome, str], ...] = (("activities", "doing"), ("pain", "pain"))
LAGGED = ("lifting", "stress")
"""Factors of which the day before counts as well."""


@require_http_methods(["GET", "HEAD", "POST"])
@with_diary
def goes_with(request: VisitRequest, diary: Store) -> HttpResponse:
    """Doing first, then pain. Too little data is said as that."""
    found = course_of(diary)
    if found.call_first:
        return urgent_page(request, diary, found.assessment, waits=True)
    seen = days(diary.book, last_day(diary.book))
    parts = []
    for outcome, name in OUTCOMES:
        values = seen.activities if outcome == "activities" else seen.pain
        lagged = [factor for factor in LAGGED if factor in seen.factors]
        made = patterns(Diary(seen.day, values, seen.factors, lagged))
        parts.append(_part(made, outcome, name, request.language))
    return page(request, "patterns.html", diary, parts=parts, widest=WIDEST, default="")


def _part(made: Patterns, outcome: Outcome, name: str, language: str) -> dict[str, Any]:
    k, t = knowledge(), words(language)
    sentences = patterns_sentences(made, outcome, k, language)
    about = {pattern_sentence(p, outcome, k, language): p for p in made.factors}
    return {
        "title": t(f"diary_patterns_{name}"),
        "sentences": [(text, _span(about.get(text))) for text in sentences],
    }


def _span(p: Pattern | None) -> dict[str, Any] | None:
    """Where the line of a factor runs, in points."""
    if p is None or p.difference is None or p.low is None or p.high is None:
        return None
    low, high = max(-WIDEST, p.low), min(WIDEST, p.high)
    is_clear = p.call in ("goes_with_more", "goes_with_less")
    return {"low": low, "high": high, "mean": min(high, max(low, p.difference)), "clear": is_clear}
