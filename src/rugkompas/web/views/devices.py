"""Going on with another device: a link that works once, and only when asked for."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rugkompas.web.codes import drawn
from rugkompas.web.models import MINUTES, Parcel
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import show
from rugkompas.web.views.errors import error_page
from rugkompas.web.visit import NotOurs, open_from_device, pack_for_device

SAFE = ["GET", "HEAD"]


@require_http_methods([*SAFE, "POST"])
def offer(request: VisitRequest) -> HttpResponse:
    """What such a link does; asked for, the link and its QR code."""
    if not request.visit:
        return redirect("question")
    if request.method != "POST":
        return show(request, "device.html", link="", code="", minutes=MINUTES)
    sealed, key = pack_for_device(request.visit, knowledge())
    try:
        token = Parcel.put(sealed)
    except DatabaseError:
        return error_page(request, 503)
    link = request.build_absolute_uri(reverse("take", args=[f"{token}.{key}"]))
    return show(request, "device.html", link=link, code=drawn(link), minutes=MINUTES)


@require_http_methods([*SAFE, "POST"])
def take(request: VisitRequest, token: str) -> HttpResponse:
    """Ask first, so that a preview of the link does not use it up; then go on here."""
    if request.method != "POST":
        return show(request, "take.html", gone=False)
    name, _, key = token.partition(".")
    try:
        sealed = Parcel.take(name)
    except DatabaseError:
        return error_page(request, 503)
    try:
        request.visit = open_from_device(sealed, key, knowledge())
    except NotOurs:
        return show(request, "take.html", status=404, gone=True)
    return redirect("check")
