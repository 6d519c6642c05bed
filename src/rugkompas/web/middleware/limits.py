"""How often and how much one address may send. Addresses are kept as a keyed hash, in memory.

Each process counts for itself: counting together would cost every request a write.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from rugkompas.web.views.errors import too_large, too_many

_KEY = secrets.token_bytes(32)
MINUTE = 60
DIARY = "/dagboek/"
"""Under this address a page sends a whole diary."""
RECORDS = ("/cds-services", "/fhir/")
"""Under these addresses a system sends a part of a record."""
_DIGITS = 18


class Limits:
    """429 above so many requests a minute, 413 for a body that no page of ours sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _size(request) > _most(request.path):
            return too_large(request)
        if _count(request) > settings.REQUESTS_A_MINUTE:
            response = too_many(request)
            response.headers["Retry-After"] = str(MINUTE)
            return response
        return self._get_response(request)


def _most(path: str) -> int:
    if path.startswith(DIARY):
        return int(settings.MOST_SENT_WITH_DIARY)
    return int(settings.MOST_SENT_OF_RECORD if path.startswith(RECORDS) else settings.MOST_SENT)


def _size(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length", "")
    # A number of so many digits is too large, whatever it is.
    return int(told[:_DIGITS]) if told.isdecimal() else 0


def _count(request: HttpRequest) -> int:
    now = int(time.time()) // MINUTE
    name = hashlib.blake2b(_address(request).encode(), key=_KEY, digest_size=16).hexdigest()
    key, cache = f"{now}-{name}", caches["process"]
    if cache.add(key, 1, timeout=MINUTE):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        # It ran out between the two calls.
        return 1


def _address(request: HttpRequest) -> str:
    """The address that the nearest trusted proxy saw; others in the header can be made up."""
    behind = settings.TRUSTED_PROXIES
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if behind and len(told) >= behind and told[-behind]:
        return str(told[-behind])
    return str(request.META.get("REMOTE_ADDR", ""))
