"""One request to a record system, and JSON back: no redirects, a limit on time and on size.

The answer of another system is not trusted: whatever is wrong with it becomes ``NoRecord``.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from rugkompas.people.files import FileError, json_value, text_of
from rugkompas.web.smart.problems import NoRecord

SECONDS = 5.0
"""Of one request, from the first byte to the last."""
ALL_SECONDS = 12.0
"""Of all requests of one page together."""
MOST_BYTES = 2_000_000
"""Of one answer, as for what systems send to us."""
AT_ONCE = 2
"""Pages that wait for a record system at the same time, in each process: of the threads of a
process some stay free for everybody else (hazard H-34)."""
_room = threading.BoundedSemaphore(AT_ONCE)
_TLS = ssl.create_default_context()
OK = 200


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when one page may ask a record system; as ``time.monotonic`` counts."""

    end: float

    @property
    def left(self) -> float:
        """Seconds for the next request. Raises NoRecord when the time is over."""
        seconds = min(SECONDS, self.end - time.monotonic())
        if seconds <= 0:
            raise NoRecord("unreachable")
        return seconds


@contextmanager
def asking() -> Iterator[Clock]:
    """The time that one page has for its requests. Raises NoRecord when too many wait already."""
    if not _room.acquire(blocking=False):
        raise NoRecord("unreachable")
    try:
        yield Clock(time.monotonic() + ALL_SECONDS)
    finally:
        _room.release()


def ask(
    address: str,
    clock: Clock,
    *,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> Any:
    """The JSON at an address that ``Server.owns``. form: sent with POST. Raises NoRecord."""
    seconds = clock.left
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port
    connection = (
        http.client.HTTPSConnection(host, port, timeout=seconds, context=_TLS)
        if secure
        else http.client.HTTPConnection(host, port, timeout=seconds)
    )
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    sent = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
    body = None
    if form is not None:
        body = urlencode(form).encode()
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.connect()
        with _cut_off(connection.sock, seconds):
            connection.request("GET" if body is None else "POST", path, body, sent)
            response = connection.getresponse()
            data = response.read(MOST_BYTES + 1)
        status = response.status
    except (OSError, http.client.HTTPException, ValueError):
        raise NoRecord("unreachable") from None
    finally:
        connection.close()
    if status >= 500:
        raise NoRecord("unreachable")
    if status != OK or len(data) > MOST_BYTES:
        raise NoRecord("refused")
    return _json(data)


@contextmanager
def _cut_off(line: socket.socket, seconds: float) -> Iterator[None]:
    """Ends a connection after so long: a byte every few seconds would never run into a timeout
    of its own. Raises TimeoutError."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError


def _json(data: bytes) -> Any:
    try:
        return json_value(text_of(data, "record"), "record")
    except FileError:
        raise NoRecord("refused") from None
