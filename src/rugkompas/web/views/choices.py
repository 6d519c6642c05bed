"""What fits this life: strike and replace, choose. The plan that follows is in plans.py."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rugkompas.assess import Assessment
from rugkompas.outputs.options_report import choosing_report, reasons_report
from rugkompas.outputs.sentences import own_words
from rugkompas.web.choosing import (
    LONGEST_WORDS,
    OWN_REASONS,
    dropped,
    is_struck,
    own_reason,
    picked,
    put_back,
    struck,
)
from rugkompas.web.needs import with_choices
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import assessed, knowledge
from rugkompas.web.shown import document, show, words
from rugkompas.web.visit import Visit

SAFE = ["GET", "HEAD"]
ACTIONS = (*OWN_REASONS, "back", "pick", "drop")
"""The names of the buttons; their value is the option, or the options of a combination."""
BRIEF = ("row_touches", "row_asks", "row_sure")
"""What a card shows before it is opened."""


@require_http_methods([*SAFE, "POST"])
@with_choices
def options(request: VisitRequest, found: Assessment) -> HttpResponse:
    """Combinations that differ and all that is offered, to choose from or to strike."""
    if request.method == "POST":
        return _chosen(request, found)
    return _page(request, found)


@require_http_methods(SAFE)
@with_choices
def everything(request: VisitRequest, found: Assessment) -> HttpResponse:
    """Why each other option is not offered."""
    return show(request, "everything.html", **document(reasons_report(found, request.language)))


def _chosen(request: VisitRequest, found: Assessment) -> HttpResponse:
    action = next((name for name in ACTIONS if name in request.POST), "")
    ids = request.POST.get(action, "").split()
    if not ids or any(id_ not in knowledge().options for id_ in ids):
        # No button of ours: there is nothing to do.
        return redirect("options")
    why = own_words(request.POST.get("why", ""))
    if len(why) > LONGEST_WORDS:
        # What was struck stays struck; only the words have to be shorter.
        before = own_reason(request.visit, ids[0])
        request.visit = _done(request.visit, found, action, ids, before)
        return _page(request, assessed(request.visit), typed=why)
    request.visit = _done(request.visit, found, action, ids, why)
    return here("options")


def _done(visit: Visit, found: Assessment, action: str, ids: list[str], why: str) -> Visit:
    first = ids[0]
    if action in OWN_REASONS:
        return struck(visit, first, action, why)
    if action == "back":
        return put_back(visit, first)
    if action == "drop":
        return dropped(visit, first)
    # An old tab can show what no longer fits: then the page says why, and plans nothing.
    gone = [id_ for id_ in ids if found.options.offer(id_) is None]
    made = visit if gone else picked(visit, ids)
    return replace(made, last=gone[0] if gone else first if len(ids) == 1 else "")


def here(view: str, place: str = "here") -> HttpResponseRedirect:
    """Back to a page, at the place where the person was. A place names no option."""
    return HttpResponseRedirect(f"{reverse(view)}#{place}")


def _page(request: VisitRequest, found: Assessment, typed: str | None = None) -> HttpResponse:
    """typed: own words that are too long, to shorten."""
    t, said = words(request.language), knowledge().words[request.language]
    last = request.visit.last
    picks = request.visit.more.get("picks") or ()
    offered = {offer.id for offer in found.options.offered}
    errors = []
    if typed is not None:
        errors.append({"field": "why", "text": t("own_words_long", most=LONGEST_WORDS)})
    return show(
        request,
        "options.html",
        status=422 if errors else 200,
        **document(choosing_report(found, request.language, last)),
        errors=errors,
        typed=own_reason(request.visit, last) if typed is None else typed,
        most=LONGEST_WORDS,
        last=last,
        last_label=said.options[last].label if last else "",
        picks=picks,
        chosen=[(said.options[id_].label, id_ in offered) for id_ in picks],
        withheld=len(found.options.not_offered),
        struck=is_struck(request.visit, last),
        brief=[said.options_report[row] for row in BRIEF],
    )
