"""What to know before going, what can be booked, and the free times."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from rugkompas.web.booking.drafts import draft_of, keep_draft
from rugkompas.web.booking.facts import facts
from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.needs import is_urgent, unhurried, with_practice
from rugkompas.web.booking.times import is_free, slot_in, week
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import show

SAFE = ["GET", "HEAD"]


@require_http_methods(SAFE)
def start(request: VisitRequest) -> HttpResponse:
    """What to know; with a practice also what can be booked. Whoever must call reads so first."""
    practice: Practice | None = settings.BOOKING
    return show(
        request,
        "booking/start.html",
        practice=practice,
        kinds=kinds(practice, request.language) if practice else [],
        urgent=is_urgent(request),
        **facts(request.language),
    )


@require_http_methods([*SAFE, "POST"])
@unhurried
@with_practice
def times(request: VisitRequest, practice: Practice) -> HttpResponse:
    """The free times of one kind of appointment, a week at a time."""
    kind = practice.kinds.get(request.GET.get("soort", ""))
    if kind is None:
        return redirect("booking")
    asked = request.GET.get("wie", "")
    who = asked if asked in kind.who else ""
    taken = False
    if request.method == "POST":
        slot = slot_in(request.POST, kind)
        if slot and is_free(practice, kind, slot):
            draft = replace(
                draft_of(request), kind=kind.id, who=slot.who, start=slot.start, any_=not who
            )
            return keep_draft(redirect("booking_details"), draft)
        taken = True
    return show(
        request,
        "booking/times.html",
        status=409 if taken else 200,
        practice=practice,
        kind=kind,
        kind_name=kind.name[request.language],
        who=who,
        people=[practice.people[id_] for id_ in kind.who],
        week=week(practice, kind, request.language, request.GET.get("vanaf", ""), who),
        address=f"{reverse('booking_times')}?soort={kind.id}",
        taken=taken,
    )


def kinds(practice: Practice, language: str) -> list[dict[str, object]]:
    """What can be booked, with where to choose a time."""
    return [
        {
            "name": kind.name[language],
            "minutes": kind.minutes,
            "people": [practice.people[id_].name for id_ in kind.who],
            "address": f"{reverse('booking_times')}?soort={kind.id}",
        }
        for kind in practice.kinds.values()
    ]
