"""An intake that somebody is asking for: sealed in their own browser until they send it."""

from __future__ import annotations

import datetime as dt

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from msgspec import Struct

from rugkompas.web.booking.sealing import NotOpened, open_draft, seal_draft
from rugkompas.web.cookies import DRAFT_COOKIE

SECONDS = 2 * 3600


class Draft(Struct, frozen=True):
    """kind, who, start: the chosen time. any_: whoever is free will do. share: ``nothing``,
    ``handover`` or not chosen yet. left_out: sections of the handover that are not shared."""

    kind: str = ""
    who: str = ""
    any_: bool = True
    start: dt.datetime | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    share: str = ""
    left_out: tuple[str, ...] = ()
    remind: bool = False
    agreed: bool = False

    @property
    def is_whole(self) -> bool:
        """Ready to be looked at once more and sent."""
        return bool(self.start and self.name and self.email and self.share and self.agreed)


def draft_of(request: HttpRequest) -> Draft:
    """What was filled in so far; what does not open is an empty one."""
    try:
        data = open_draft(request.COOKIES.get(DRAFT_COOKIE, ""), SECONDS)
        return msgspec.json.decode(data, type=Draft)
    except (NotOpened, msgspec.DecodeError):
        return Draft()


def keep_draft(response: HttpResponse, draft: Draft) -> HttpResponse:
    """The same answer, which keeps the draft in the browser."""
    response.set_cookie(
        DRAFT_COOKIE,
        seal_draft(msgspec.json.encode(draft)),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def drop_draft(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(DRAFT_COOKIE, samesite="Strict")
    return response
