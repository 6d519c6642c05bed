"""The desk of the practice: what was asked for, and what each person chose to share.

The list names nobody. Whoever opens an appointment is written down first, where the person
reads it (hazard H-49).
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods

from rugkompas.outputs.pdf import pdf
from rugkompas.web.accounts.models import Account
from rugkompas.web.booking import store
from rugkompas.web.booking.agenda import for_practice
from rugkompas.web.booking.busy import CalendarError, busy_in
from rugkompas.web.booking.clock import Clock
from rugkompas.web.booking.gate import members_only, used_second_factor
from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.mails import NotSent, to_person
from rugkompas.web.booking.members import invitation, join
from rugkompas.web.booking.models import STANDS, Appointment, Look, Member, State
from rugkompas.web.booking.sealing import NotOpened, feed_secret, open_handover, open_person
from rugkompas.web.booking.times import is_free, slot_in, week
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import document, show, words

SAFE = ["GET", "HEAD"]
SHOWN = (*STANDS, State.CANCELLED, State.DECLINED)


@require_http_methods(SAFE)
@members_only
def desk(request: VisitRequest, practice: Practice, member: Member) -> HttpResponse:
    """Everything that is to come, the first one first."""
    clock, t = Clock(practice, request.language), words(request.language)
    coming = Appointment.objects.filter(
        state__in=SHOWN, start__gte=timezone.now() - dt.timedelta(days=1)
    ).order_by("start")
    return show(
        request,
        "booking/desk.html",
        practice=practice,
        member=member,
        rows=[
            {
                "id": it.pk,
                "when": clock.when(it.start),
                "who": practice.people[it.who].name if it.who in practice.people else "",
                "kind": _kind(practice, it, request.language),
                "state": t(f"booking_state_{it.state}"),
                "new": it.state == State.BOOKED and it.proposed is None,
                "shares": it.shares,
            }
            for it in coming
        ],
        unread=_unread(practice),
        feeds=[
            (
                person.name,
                request.build_absolute_uri(
                    reverse("practice_agenda", args=[f"{person.id}.{feed_secret(person.id)}"])
                ),
            )
            for person in practice.people.values()
        ],
    )


@require_http_methods([*SAFE, "POST"])
@members_only
def one(request: VisitRequest, practice: Practice, member: Member, pk: uuid.UUID) -> HttpResponse:
    """One appointment. A change names the version that was shown, and is refused when it is no
    longer that (hazard H-23)."""
    found = _found(pk)
    taken = changed = False
    if request.method == "POST":
        try:
            if _act(request, practice, member, found):
                return redirect("practice_one", pk)
            taken = True
        except store.Changed:
            changed = True
        found = _found(pk)
    store.looked(found.pk, member.name, "opened")
    clock, t = Clock(practice, request.language), words(request.language)
    kind = practice.kinds.get(found.kind)
    try:
        person = open_person(found.person)
    except NotOpened:
        raise Http404 from None
    proposing = "vanaf" in request.GET or taken
    return show(
        request,
        "booking/one.html",
        status=409 if taken or changed else 200,
        practice=practice,
        it=found,
        person=person,
        who=practice.people[found.who].name if found.who in practice.people else "",
        kind_name=_kind(practice, found, request.language),
        when=clock.when(found.start),
        proposed=clock.when(found.proposed) if found.proposed else "",
        state=t(f"booking_state_{found.state}"),
        stands=found.state in STANDS,
        week=week(practice, kind, request.language, request.GET.get("vanaf", ""), found.who)
        if kind and proposing and found.state in STANDS
        else None,
        taken=taken,
        changed=changed,
        looks=[
            (clock.when(it.at), it.who, t(f"booking_look_{it.what}"))
            for it in Look.objects.filter(appointment=found.pk)
        ],
    )


@require_http_methods(SAFE)
@members_only
def shared(request: VisitRequest, _: Practice, member: Member, pk: uuid.UUID) -> HttpResponse:
    """The handover that the person chose to share, as they saw it; on paper with ``?pdf=1``."""
    found = _found(pk)
    if not found.handover:
        return redirect("practice_one", pk)
    store.looked(found.pk, member.name, "handover")
    try:
        sheet = open_handover(found.handover)
    except NotOpened:
        raise Http404 from None
    if request.GET.get("pdf"):
        response = HttpResponse(pdf(sheet), content_type="application/pdf")
        name = words(request.language)("file_summary")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
        return response
    return show(request, "booking/shared.html", id=found.pk, **document(sheet))


@require_http_methods(SAFE)
def agenda(_request: VisitRequest, token: str) -> HttpResponse:
    """The agenda of one practitioner, for a calendar program: when, and nothing else. Its
    address is the key."""
    practice: Practice | None = settings.BOOKING
    who, _, secret = token.partition(".")
    if (
        practice is None
        or who not in practice.people
        or not constant_time_compare(secret, feed_secret(who))
    ):
        raise Http404
    store.lapse()
    held = Appointment.objects.filter(who=who, state__in=(*STANDS, State.HELD)).order_by("start")
    made = for_practice(held, words("nl")("booking_feed_event"))
    return HttpResponse(made, content_type="text/calendar")


@require_http_methods([*SAFE, "POST"])
def invited(request: VisitRequest, token: str) -> HttpResponse:
    """Take an invitation: signed in, with a second factor."""
    if settings.BOOKING is None or not settings.ACCOUNTS:
        raise Http404
    found = invitation(token)
    if found is None:
        raise Http404
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if not used_second_factor(request):
        return show(request, "booking/second.html", status=403)
    if request.method != "POST":
        return show(request, "booking/invited.html", practice=settings.BOOKING, name=found.name)
    if not isinstance(request.user, Account) or not join(request.user, found):
        raise Http404
    return redirect("practice_desk")


def _act(request: VisitRequest, practice: Practice, member: Member, found: Appointment) -> bool:
    """Do what was asked; False when the proposed time is not free. Raises Changed."""
    wanted, told = request.POST.get("do", ""), request.POST.get("version", "")
    version = int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
    if wanted == "agree":
        store.agree(found, version)
        mail = "agreed"
    elif wanted == "decline" and found.state in STANDS:
        store.end(found, State.DECLINED, version)
        mail = "declined"
    elif wanted == "propose" and (kind := practice.kinds.get(found.kind)):
        slot = slot_in(request.POST, kind)
        if slot is None or slot.who != found.who or not is_free(practice, kind, slot):
            return False
        try:
            store.propose(found, slot.start, version)
        except store.Taken:
            return False
        mail = "proposed"
    else:
        raise store.Changed
    store.looked(found.pk, member.name, mail)
    try:
        to_person(mail, practice, found, open_person(found.person), request.build_absolute_uri)
    except (NotSent, NotOpened):
        # The page of the person says the same.
        return True
    return True


def _found(pk: uuid.UUID) -> Appointment:
    found = Appointment.objects.filter(pk=pk, state__in=SHOWN).first()
    if found is None:
        raise Http404
    return found


def _kind(practice: Practice, it: Appointment, language: str) -> str:
    kind = practice.kinds.get(it.kind)
    return kind.name[language] if kind else ""


def _unread(practice: Practice) -> list[str]:
    """Calendars that cannot be read: their owners give no times until they can."""
    today = practice.day_of(timezone.now())
    wrong = []
    for person in practice.people.values():
        for path in person.calendars:
            try:
                busy_in(path, practice.zone, today, today)
            except CalendarError:
                wrong.append(f"{person.name}: {path.name}")
    return wrong
