"""What is known about back pain, page by page. Nothing here is about the visitor: no answer is
read, and what is looked for among the rules is not kept."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.catalogue.schema import TIERS
from rugkompas.catalogue.topic_schema import Topic
from rugkompas.outputs import page
from rugkompas.outputs.topic_report import in_order, topic_page
from rugkompas.outputs.topic_rules import BASES, Wanted
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import show

SAFE = ["GET", "HEAD"]
LONGEST = 60
"""Letters of a search among the rules."""


@require_http_methods(SAFE)
def topics(request: VisitRequest) -> HttpResponse:
    """The list of pages."""
    return show(request, "topics.html", topics=_listed(request, in_order(knowledge())))


@require_http_methods(SAFE)
def topic(request: VisitRequest, number: int) -> HttpResponse:
    """One page. Its address is a number, and so is its title in the browser (hazard H-43)."""
    held = knowledge()
    everything = in_order(held)
    found = next((it for it in everything if it.number == number), None)
    if found is None:
        raise Http404
    wanted = _wanted(request)
    report = topic_page(held, request.language, found, on=today(), wanted=wanted, signs=False)
    at = everything.index(found)
    onward = [held.topics[id_] for id_ in found.onward]
    return show(
        request,
        "topic.html",
        report=report,
        number=number,
        wanted=wanted,
        tiers=[(tier, held.words[request.language].tiers[tier].name) for tier in reversed(TIERS)],
        bases=BASES,
        rules_in=next((p.id for p in found.parts if p.drawing and p.drawing.kind == "rules"), ""),
        onward=_listed(request, onward),
        before=_listed(request, everything[at - 1 : at] if at else []),
        after=_listed(request, everything[at + 1 : at + 2]),
        **page.drawings(report),
    )


def _listed(request: VisitRequest, listed: list[Topic]) -> list[dict[str, object]]:
    """Number, title and one line about each."""
    words = knowledge().words[request.language].topics
    return [
        {"number": it.number, "title": words[it.id].title, "short": words[it.id].short}
        for it in listed
    ]


def _wanted(request: VisitRequest) -> Wanted:
    """Which rules: an unknown choice counts as none, so every address shows something."""
    asked = request.GET
    tier, basis = asked.get("s", ""), asked.get("g", "")
    return Wanted(
        words=asked.get("w", "").replace("\0", "")[:LONGEST].strip(),
        tier=TIERS[int(tier)] if tier in map(str, range(len(TIERS))) else "",
        basis=BASES[int(basis)] if basis in map(str, range(len(BASES))) else "",
    )
