"""Asking for an appointment: who it is for, what is shared, a look at all of it, and sending."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from rugkompas.outputs.sentences import own_words
from rugkompas.web.booking import store
from rugkompas.web.booking.clock import Clock
from rugkompas.web.booking.consent import consent_version
from rugkompas.web.booking.drafts import Draft, draft_of, drop_draft, keep_draft
from rugkompas.web.booking.hours import Practice, Slot
from rugkompas.web.booking.mails import NotSent, to_person
from rugkompas.web.booking.models import Appointment
from rugkompas.web.booking.needs import unhurried, with_practice
from rugkompas.web.booking.sealing import (
    Person,
    named,
    new_link,
    owner_of,
    seal_handover,
    seal_person,
)
from rugkompas.web.booking.sharing import handover, parts
from rugkompas.web.booking.times import is_free
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import assessed
from rugkompas.web.shown import document, show, words
from rugkompas.web.views.errors import error_page

SAFE = ["GET", "HEAD"]
MOST = {"name": 80, "email": 254, "phone": 30}
"""Characters of each field."""


@require_http_methods([*SAFE, "POST"])
@unhurried
@with_practice
def details(request: VisitRequest, practice: Practice) -> HttpResponse:
    """Name, e-mail, what to share. Nothing is ticked before the person ticks it."""
    draft = draft_of(request)
    start = draft.start
    if start is None or draft.kind not in practice.kinds:
        return redirect("booking")
    found = assessed(request.visit) if request.visit else None
    sections = parts(found, request.language) if found else []
    wrong: list[dict[str, str]] = []
    if request.method == "POST":
        draft = _filled(request, draft, [id_ for id_, _ in sections])
        wrong = _wrong(request, draft)
        if not wrong:
            return keep_draft(redirect("booking_check"), draft)
    return show(
        request,
        "booking/details.html",
        status=422 if wrong else 200,
        practice=practice,
        draft=draft,
        when=Clock(practice, request.language).when(start),
        sections=sections,
        errors=wrong,
        wrong={it["field"]: it["text"] for it in wrong},
        most=MOST,
    )


@require_http_methods([*SAFE, "POST"])
@unhurried
@with_practice
def check(request: VisitRequest, practice: Practice) -> HttpResponse:
    """Everything that is sent, exactly; then the mail with the link."""
    draft = draft_of(request)
    kind = practice.kinds.get(draft.kind)
    if not draft.is_whole or kind is None or draft.start is None:
        return redirect("booking_details" if draft.start else "booking")
    if draft.share == "handover" and not request.visit:
        # The answers were wiped meanwhile: what to share has to be chosen anew.
        return keep_draft(redirect("booking_details"), replace(draft, share=""))
    sheet = (
        handover(assessed(request.visit), request.language, draft.left_out)
        if draft.share == "handover"
        else None
    )
    if request.method == "POST":
        person = Person(draft.name, draft.email, new_link(), draft.phone)
        return _sent(request, practice, draft, person, seal_handover(sheet) if sheet else None)
    return show(
        request,
        "booking/check.html",
        practice=practice,
        draft=draft,
        kind_name=kind.name[request.language],
        minutes=kind.minutes,
        person=practice.people[draft.who].name,
        when=Clock(practice, request.language).when(draft.start),
        hold=store.HOLD_MINUTES,
        **(document(sheet) if sheet else {"report": None}),
    )


@require_http_methods(SAFE)
@with_practice
def sent(request: VisitRequest, practice: Practice) -> HttpResponse:
    """Look in your mail."""
    return show(request, "booking/sent.html", practice=practice, hold=store.HOLD_MINUTES)


def _filled(request: VisitRequest, draft: Draft, sections: list[str]) -> Draft:
    typed = {name: own_words(request.POST.get(name, "")) for name in MOST}
    share = request.POST.get("share", "")
    told = set(request.POST.getlist("part"))
    return replace(
        draft,
        **{name: text[: MOST[name] + 1] for name, text in typed.items()},
        share=share if share in ("nothing", "handover") else "",
        left_out=tuple(id_ for id_ in sections if id_ not in told),
        remind="remind" in request.POST,
        agreed="agreed" in request.POST,
    )


def _wrong(request: VisitRequest, draft: Draft) -> list[dict[str, str]]:
    t = words(request.language)
    found = []
    for name, most in MOST.items():
        if len(getattr(draft, name)) > most:
            found.append((name, t("booking_wrong_long", most=most)))
    if not draft.name:
        found.append(("name", t("booking_wrong_name")))
    try:
        validate_email(draft.email)
    except ValidationError:
        found.append(("email", t("booking_wrong_email")))
    if draft.phone and sum(it.isdigit() for it in draft.phone) < 8:
        found.append(("phone", t("booking_wrong_phone")))
    if not draft.share or (draft.share == "handover" and not request.visit):
        found.append(("share", t("booking_wrong_share")))
    if not draft.agreed:
        found.append(("agreed", t("booking_wrong_agreed")))
    return [{"field": field, "text": text} for field, text in dict(reversed(found)).items()][::-1]


def _sent(
    request: VisitRequest, practice: Practice, draft: Draft, person: Person, sheet: bytes | None
) -> HttpResponse:
    """Hold the time and send the mail; what was filled in stays in the browser until both are
    done."""
    assert draft.start is not None
    kind = practice.kinds[draft.kind]
    for who in (draft.who, *(kind.who if draft.any_ else ())):
        if not is_free(practice, kind, Slot(draft.start, who)):
            continue
        made = Appointment(
            link=named(person.link),
            kind=kind.id,
            who=who,
            start=draft.start,
            minutes=kind.minutes,
            language=request.language,
            held_until=timezone.now(),
            remind=draft.remind,
            consent=consent_version(request.language),
            owner=owner_of(person.email),
            person=seal_person(person),
            handover=sheet,
        )
        try:
            store.hold(made)
        except store.Taken:
            continue
        except store.TooMany:
            return show(request, "booking/many.html", status=409, practice=practice)
        except DatabaseError:
            return error_page(request, 503)
        try:
            to_person("ask", practice, made, person, request.build_absolute_uri)
        except NotSent:
            with transaction.atomic():
                made.delete()
            return show(request, "booking/unsent.html", status=503, practice=practice)
        return drop_draft(redirect("booking_sent"))
    return show(
        request,
        "booking/taken.html",
        status=409,
        practice=practice,
        kind=kind,
        when=Clock(practice, request.language).when(draft.start),
    )
