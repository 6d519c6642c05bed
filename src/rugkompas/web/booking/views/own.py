"""A person's own appointment, behind the link in their mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from rugkompas.web.booking import store
from rugkompas.web.booking.agenda import for_person
from rugkompas.web.booking.clock import Clock
from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.mails import NotSent, to_person, to_practice
from rugkompas.web.booking.models import STANDS, Appointment, Look, State
from rugkompas.web.booking.sealing import NotOpened, Person, named, open_handover, open_person
from rugkompas.web.booking.times import is_free, slot_in, week
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import document, show, words
from rugkompas.web.views.errors import error_page

SAFE = ["GET", "HEAD"]
Own = Callable[[VisitRequest, Practice, Appointment, Person], HttpResponse]


def owned(view: Own) -> Callable[[VisitRequest, str], HttpResponse]:
    """The view gets the appointment of the link; a link of nothing says so."""

    @wraps(view)
    def shown(request: VisitRequest, token: str) -> HttpResponse:
        practice: Practice | None = settings.BOOKING
        try:
            found = Appointment.objects.filter(link=named(token)).first()
        except DatabaseError:
            return error_page(request, 503)
        if practice is None or found is None:
            return show(request, "booking/gone.html", status=404, practice=practice)
        try:
            person = open_person(found.person)
        except NotOpened:
            return show(request, "booking/gone.html", status=404, practice=practice)
        try:
            return view(request, practice, found, person)
        except store.Changed:
            return redirect("booking_own", token)
        except DatabaseError:
            return error_page(request, 503)

    return shown


@require_http_methods([*SAFE, "POST"])
@owned
def own(
    request: VisitRequest, practice: Practice, found: Appointment, person: Person
) -> HttpResponse:
    """When it is, who looked, and what can be done. Opening the link changes nothing: programs
    that look at mails open it too."""
    if request.method == "POST":
        return _done(request, practice, found, person)
    clock = Clock(practice, request.language)
    t = words(request.language)
    kind = practice.kinds.get(found.kind)
    looks = Look.objects.filter(appointment=found.pk)
    sheet = document(open_handover(found.handover)) if found.handover else {"report": None}
    return show(
        request,
        "booking/own.html",
        practice=practice,
        it=found,
        person=person,
        kind_name=kind.name[request.language] if kind else "",
        who=practice.people[found.who].name if found.who in practice.people else "",
        when=clock.when(found.start),
        proposed=clock.when(found.proposed) if found.proposed else "",
        stands=found.state in STANDS,
        token=person.link,
        looks=[(clock.when(it.at), it.who, t(f"booking_look_{it.what}")) for it in looks],
        **sheet,
    )


@require_http_methods([*SAFE, "POST"])
@owned
def move(
    request: VisitRequest, practice: Practice, found: Appointment, person: Person
) -> HttpResponse:
    """Another time. The old one stays until the new one is sure."""
    kind = practice.kinds.get(found.kind)
    if kind is None or found.state in (State.CANCELLED, State.DECLINED):
        return redirect("booking_own", person.link)
    taken = False
    if request.method == "POST":
        slot = slot_in(request.POST, kind)
        taken = True
        if slot and is_free(practice, kind, slot, found.pk):
            try:
                store.move(found, slot)
            except store.Taken:
                pass
            else:
                _tell(request, "moved", practice, found, person)
                return redirect("booking_own", person.link)
    return show(
        request,
        "booking/move.html",
        status=409 if taken else 200,
        practice=practice,
        it=found,
        when=Clock(practice, request.language).when(found.start),
        token=person.link,
        week=week(practice, kind, request.language, request.GET.get("vanaf", ""), without=found.pk),
        taken=taken,
    )


@require_http_methods(SAFE)
@owned
def calendar(
    request: VisitRequest, practice: Practice, found: Appointment, person: Person
) -> HttpResponse:
    """The appointment for a calendar."""
    if found.state not in STANDS:
        return redirect("booking_own", person.link)
    response = HttpResponse(for_person(practice, found), content_type="text/calendar")
    name = words(request.language)("booking_file")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _done(
    request: VisitRequest, practice: Practice, found: Appointment, person: Person
) -> HttpResponse:
    wanted = request.POST.get("do", "")
    if wanted == "confirm" and found.state in (State.HELD, State.LAPSED):
        try:
            store.confirm(found)
        except store.Taken:
            return redirect("booking_move", person.link)
        _tell(request, "booked", practice, found, person)
    elif wanted == "cancel" and found.state in (*STANDS, State.HELD, State.LAPSED):
        stood = found.state in STANDS
        store.end(found, State.CANCELLED)
        if stood:
            _tell(request, "cancelled", practice, found, person)
    elif wanted == "unshare" and found.shares:
        store.unshare(found)
    elif wanted in ("accept", "refuse") and found.proposed:
        store.answer(found, wanted == "accept")
        _tell(request, "moved" if wanted == "accept" else "kept", practice, found, person)
    return redirect("booking_own", person.link)


def _tell(
    request: VisitRequest, kind: str, practice: Practice, found: Appointment, person: Person
) -> None:
    """A mail that does not go changes nothing: the page says the same."""
    absolute = request.build_absolute_uri
    try:
        if kind != "kept":
            to_person(kind, practice, found, person, absolute)
        to_practice(kind, practice, found, absolute)
    except NotSent:
        return
