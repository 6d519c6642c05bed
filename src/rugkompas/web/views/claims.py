"""What a title or text promises. Nothing of it is kept: a link to a result holds the title."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rugkompas.claims.document import Reader, is_title
from rugkompas.claims.judge import judge
from rugkompas.outputs.claims_page import NOTHING_DRAWN
from rugkompas.outputs.claims_report import ClaimReport, claim_report
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import assessed, knowledge
from rugkompas.web.shown import show, words

MOST = 20_000
"""Characters of one text; a long page has some ten thousand."""
MOST_SHARED = 300
"""Characters of a title in a link."""


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: VisitRequest) -> HttpResponse:
    """A form to paste a text, and the result under it. ``?t=`` holds the title of a link."""
    sent = request.method == "POST"
    text = (request.POST if sent else request.GET).get("text" if sent else "t", "").strip()
    t = words(request.language)
    wrong = t("claim_empty") if sent and not text else ""
    if len(text) > MOST:
        wrong = t("claim_long", most=MOST)
    report = _report(request, text) if text and not wrong else None
    return show(
        request,
        "claim.html",
        status=422 if wrong else 200,
        errors=[{"field": "text", "text": wrong}] if wrong else [],
        typed=text[:MOST],
        report=report,
        share=_link(text) if report and is_title(text) and len(text) <= MOST_SHARED else "",
        bookmark=_bookmark(request),
        **NOTHING_DRAWN,
    )


def _report(request: VisitRequest, text: str) -> ClaimReport:
    """With answers at hand, also what it means for this person."""
    person = assessed(request.visit) if request.visit else None
    if is_title(text):
        return claim_report(judge()(text), text, knowledge(), request.language, None, person)
    read = Reader(knowledge(), judge())(text)
    return claim_report(read.verdict, read.title, knowledge(), request.language, read, person)


def _link(title: str) -> str:
    return f"{reverse('claim')}?t={quote(title, safe='')}"


def _bookmark(request: VisitRequest) -> str:
    """For the bar of a browser: what is selected on a page, or its title, opens here."""
    address = request.build_absolute_uri(reverse("claim"))
    chosen = "encodeURIComponent((String(getSelection())||document.title).slice(0,300))"
    return f"javascript:location.href='{address}?t='+{chosen}"
