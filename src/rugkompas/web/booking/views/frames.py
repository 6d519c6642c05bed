"""Pages that may stand in a frame on the site of a practice: the claim checker, and the free
times. No cookie comes along into such a frame, so nothing personal is asked there: whoever
chooses a time goes on in a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.claims.judge import judge
from rugkompas.outputs.claims_page import NOTHING_DRAWN
from rugkompas.outputs.claims_report import claim_report
from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.times import week
from rugkompas.web.booking.views.start import kinds
from rugkompas.web.cookies import LANGUAGES
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import show

SAFE = ["GET", "HEAD"]
MOST = 300
"""Characters of a title in a frame; a longer text is checked on the site itself."""
View = Callable[[VisitRequest], HttpResponse]


def in_frames(view: View) -> View:
    """Only the sites in the settings may show it; without any, the page does not exist."""

    @wraps(view)
    def shown(request: VisitRequest) -> HttpResponse:
        if not settings.EMBED_ORIGINS:
            raise Http404
        wanted = request.GET.get("taal", "")
        if wanted in LANGUAGES:
            request.language = wanted
        response = view(request)
        # The frame of every page makes a token for its forms; these have none to protect.
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        # Read by the middlewares of the policy and of the headers.
        response._csp_replace = {"frame-ancestors": settings.EMBED_ORIGINS}  # type: ignore[attr-defined]
        response.framed = True  # type: ignore[attr-defined]
        return response

    return shown


@require_http_methods(SAFE)
@in_frames
def claim(request: VisitRequest) -> HttpResponse:
    """The claim checker: what was typed is in the address of the frame, and nowhere else."""
    text = request.GET.get("t", "").strip()
    short = text[:MOST]
    report = (
        claim_report(judge()(short), short, knowledge(), request.language, None, None)
        if short
        else None
    )
    return show(
        request,
        "booking/frame_claim.html",
        practice=settings.BOOKING,
        typed=short,
        report=report,
        most=MOST,
        **NOTHING_DRAWN,  # type: ignore[arg-type]
    )


@require_http_methods(SAFE)
@in_frames
def intake(request: VisitRequest) -> HttpResponse:
    """What can be booked and the first free week, as links to a page of their own."""
    practice: Practice | None = settings.BOOKING
    if practice is None:
        raise Http404
    offered = kinds(practice, request.language)
    for kind, it in zip(practice.kinds.values(), offered, strict=True):
        days = week(practice, kind, request.language).days
        it["first"] = next((f"{d.title}, {d.times[0].text}" for d in days if d.times), "")
    return show(request, "booking/frame_intake.html", practice=practice, kinds=offered)


@require_http_methods(SAFE)
def colours(_: HttpRequest) -> HttpResponse:
    """The colours of the practice for its buttons; both were checked against each other."""
    practice: Practice | None = settings.BOOKING
    css = ""
    if practice and practice.colour:
        css = (
            ".own-look main button:not(.second), .own-look main .button:not(.second) "
            f"{{ background: {practice.colour}; border-color: {practice.colour}; "
            f"color: {practice.on_colour}; }}\n"
        )
    return HttpResponse(css, content_type="text/css")
