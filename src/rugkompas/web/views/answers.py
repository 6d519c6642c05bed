"""Questions that people ask. What is searched for can tell about health, so it comes in the body
of a request alone, goes into no address, title or log, and is kept nowhere (hazard H-43)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.answers_report import AnswersReport, found_report, one_report, themes
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.searching import search
from rugkompas.web.shown import show, words

MOST = 300
"""Characters of one question."""
PAGES = {
    "interview": "question",
    "claims": "claim",
    "privacy": "privacy",
    "about": "about",
    "booking": "booking",
    "diary": "diary",
    "figures": "figures",
}
"""Page of a link in the knowledge -> name of its address."""


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: VisitRequest) -> HttpResponse:
    """A box to ask in, what was found, and the list of all questions."""
    sent = request.method == "POST"
    typed = request.POST.get("question", "").strip() if sent else ""
    t = words(request.language)
    wrong = t("answers_empty") if sent and not typed else ""
    if len(typed) > MOST:
        wrong = t("answers_long", most=MOST)
    # An alarm sign in a question that is too long is shown all the same.
    found = search(typed, request.language) if typed else None
    report = found_report(found, knowledge(), request.language) if found else None
    return show(
        request,
        "answers.html",
        status=422 if wrong else 200,
        errors=[{"field": "question", "text": wrong}] if wrong else [],
        typed=typed[:MOST],
        report=None if wrong else report,
        sign=report.sign if report else None,
        themes=_themes(request.language),
        pages=PAGES,
    )


@require_http_methods(["GET", "HEAD"])
def answer(request: VisitRequest, number: int) -> HttpResponse:
    """One answer, under an address that tells only its number."""
    asked = next((it for it in knowledge().answers.values() if it.number == number), None)
    if asked is None:
        raise Http404
    report: AnswersReport = one_report(asked, knowledge(), request.language)
    return show(request, "answer.html", report=report, answer=report.answers[0], pages=PAGES)


@lru_cache(maxsize=2)
def _themes(language: str) -> Any:
    return themes(knowledge(), language)
