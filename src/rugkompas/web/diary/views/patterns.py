"""What goes with better and worse days: a picture with an interval, and a sentence beside it."""

from __future__ import annotations

import math
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
    found_parts = []
    for outcome, name in OUTCOMES:
        values = seen.activities if outcome == "activities" else seen.pain
        lagged = [factor for factor in LAGGED if factor in seen.factors]
        made = patterns(Diary(seen.day, values, seen.factors, lagged))
        found_parts.append(_part(made, outcome, name, request.language))
    ends = [abs(end) for part in found_parts for _, span in part["told"] if span for end in span]
    mind = [text for part in found_parts for text in part["mind"]]
    return page(
        request,
        "patterns.html",
        diary,
        parts=found_parts,
        mind=dict.fromkeys(mind),
        widest=math.ceil(max(ends, default=1.0)),
    )


def _part(made: Patterns, outcome: Outcome, name: str, language: str) -> dict[str, Any]:
    """told: each sentence with where its line runs. mind: what holds for all of them."""
    about = {pattern_sentence(p, outcome, knowledge(), language): p for p in made.factors}
    sentences = patterns_sentences(made, outcome, knowledge(), language)
    first, rest = sentences[:1], sentences[1:]
    return {
        "title": words(language)(f"diary_patterns_{name}"),
        "days": " ".join(first),
        "told": [(text, _span(about[text])) for text in rest if text in about],
        "mind": [text for text in rest if text not in about],
    }


def _span(p: Pattern) -> tuple[float, float, float] | None:
    """(low, mean, high) in points; None when nothing can be said yet."""
    if p.difference is None or p.low is None or p.high is None:
        return None
    return p.low, p.difference, p.high
