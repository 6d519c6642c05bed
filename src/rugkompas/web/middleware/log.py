"""One line of JSON for a request: the name of the page, never its address or what was sent.

Errors are told by their kind and place. Their text is left out: it can hold an answer
(hazard H-46).
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, cast

import structlog
from django.http import HttpRequest, HttpResponse

_ALLOWED = ("event", "level", "timestamp", "page", "method", "status", "ms", "error", "at")
log = structlog.get_logger("rugkompas.web")


class RequestLog:
    """Times the request and writes its line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self._get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            page=(match.url_name if match else None) or "-",
            method=request.method if request.method in _METHODS else "other",
            status=response.status_code,
            ms=round(1000 * (time.perf_counter() - begun), 1),
        )
        return response

    def process_exception(self, _request: HttpRequest, error: Exception) -> None:
        tell(error)


def tell(error: Exception) -> None:
    """One line about a fault."""
    log.error("error", error=type(error).__name__, at=_place(error))


def tell_record(kind: str) -> None:
    """One line about a record system that could not be used: which kind of problem, and nothing
    that it said."""
    log.warning("record", error=kind)


_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


class Patient:
    """A stream that lets a line go when it cannot be written: a log on a full disk is no reason
    to leave people without their page (hazard H-35)."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def configure(_: dict[str, Any]) -> None:
    """Only our own lines: Django's name addresses and repeat the text of errors."""
    django = logging.getLogger("django")
    django.handlers, django.propagate = [logging.NullHandler()], False
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, Patient(sys.stderr))),
        cache_logger_on_first_use=True,
    )


def _only_allowed(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {name: event[name] for name in _ALLOWED if name in event}


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "-"
