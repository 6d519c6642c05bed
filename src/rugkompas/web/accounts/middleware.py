"""Who is signed in: known only on pages that ask for it.

No other page reads a session, so triage works without a database (hazard H-34) and a visitor
without an account never gets a cookie for one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from rugkompas.web.middleware.log import tell
from rugkompas.web.views.errors import error_page

PAGES = ("/account/", "/dagboek/", "/praktijk/", "/wissen/")
"""Where addresses of pages begin that know who is signed in. Wiping ends it."""

Answer = Callable[[HttpRequest], HttpResponseBase]


class SignedIn:
    """``request.session`` and ``request.user`` on those pages, when the site has accounts."""

    def __init__(self, get_response: Answer) -> None:
        self._without = get_response
        signed_in: Any = AuthenticationMiddleware(get_response)
        self._with: Any = SessionMiddleware(signed_in)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.ACCOUNTS and request.path.startswith(PAGES):
            found: HttpResponseBase = self._with(request)
            return found
        return self._without(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A database that does not answer, or a full disk: nothing is lost, and the page that
        says so has the alarm signs (hazard H-35)."""
        if not isinstance(error, DatabaseError) or not request.path.startswith(PAGES):
            return None
        tell(error)
        return error_page(request, 503)
