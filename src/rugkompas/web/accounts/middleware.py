"""Who is signed in: known only on pages that ask for it.

No other page reads a session, so triage works without a database (hazard H-34) and a visitor
without an account never gets a cookie for one.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase

PAGES = ("/account/", "/dagboek/", "/praktijk/", "/wissen/")
"""Where addresses of pages begin that know who is signed in. Wiping ends it."""

Answer = Callable[[HttpRequest], HttpResponseBase]


class SignedIn:
    """``request.session`` and ``request.user`` on those pages, when the site has accounts."""

    def __init__(self, get_response: Answer) -> None:
        self._without = get_response
        self._with = SessionMiddleware(AuthenticationMiddleware(get_response))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.ACCOUNTS and request.path.startswith(PAGES):
            return self._with(request)
        return self._without(request)
