"""Who may open the pages of the practice: a member who signed in with a second factor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rugkompas.web.accounts.models import Account
from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.models import Member
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import show
from rugkompas.web.views.errors import error_page

Desk = Callable[..., HttpResponse]
_STRONG = "mfa"
"""How allauth notes, in the session, that the second factor was used."""


def members_only(view: Desk) -> Desk:
    """The view gets the practice and the member. Without a practice or accounts the page does
    not exist; without a sign-in, a second factor or a membership it says what lacks."""

    @wraps(view)
    def shown(request: VisitRequest, **names: Any) -> HttpResponse:
        practice: Practice | None = settings.BOOKING
        if practice is None or not settings.ACCOUNTS:
            raise Http404
        try:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('account_login')}?next={request.path}")
            if not used_second_factor(request):
                return show(request, "booking/second.html", status=403)
            member = Member.objects.filter(account=request.user).first()
            if member is None:
                return show(request, "booking/nobody.html", status=403)
            return view(request, practice, member, **names)
        except DatabaseError:
            return error_page(request, 503)

    return shown


def used_second_factor(request: VisitRequest) -> bool:
    """The account has a second factor, and this sign-in used it or a passkey."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY

    used = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    account = request.user
    return (
        isinstance(account, Account)
        and account.has_second_factor
        and any(it.get("method") == _STRONG for it in used)
    )
