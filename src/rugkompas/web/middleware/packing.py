"""Answers are packed for whoever takes that: for speed rather than for the last byte."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_vary_headers
from isal import igzip

_LEAST = 200
"""Bytes; a shorter answer gains nothing."""
_QUICK = 1
"""Of 3. It makes 12 kB of an assessment of 40 kB, in a quarter of the time that zlib takes for
the same."""
_LONGEST_NAME = 100
_FLAGS, _NAMED, _HEAD = 3, 8, 10
"""In the head of gzip (RFC 1952): where its flags stand, the one for a name, and its length."""


class Packing:
    """gzip with a name of random length in it, so that the length of an answer does not tell
    what stands in it (BREACH). Static files do not come past here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if response.streaming or len(response.content) < _LEAST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            packed = _packed(response.content)
            if len(packed) < len(response.content):
                response.content = packed
                response.headers["Content-Length"] = str(len(packed))
                response.headers["Content-Encoding"] = "gzip"
        return response


def _packed(data: bytes) -> bytes:
    packed = igzip.compress(data, _QUICK, mtime=0)
    head = bytearray(packed[:_HEAD])
    head[_FLAGS] |= _NAMED
    name = b"x" * secrets.randbelow(_LONGEST_NAME)
    return b"".join((head, name, b"\0", memoryview(packed)[_HEAD:]))
