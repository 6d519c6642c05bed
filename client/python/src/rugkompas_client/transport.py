"""One request to one host: no redirect, no proxy, no cookie, an end to waiting and reading."""

from __future__ import annotations

import io
import ssl
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from socket import socket
from typing import Any
from urllib.parse import urlsplit

from rugkompas_client.errors import NotUnderstood, TooSlow, Unreachable

LOCAL = ("localhost", "127.0.0.1", "::1")
_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class Got:
    """media: the kind of text, without its parameters. retry_after: seconds, when told."""

    status: int
    media: str
    body: bytes
    retry_after: int | None


class Transport:
    """Connections to one host, kept open between requests. Threads may share it."""

    def __init__(
        self, address: str, *, timeout: float, most_bytes: int, tls: ssl.SSLContext | None
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("The address has to begin with https:// and a name.")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("The address may have no user, password, query or fragment.")
        if parts.scheme == "http" and parts.hostname not in LOCAL:
            raise ValueError("Answers are about health: use https, or a server on this machine.")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self.path = parts.path.rstrip("/")
        self._timeout, self._most = timeout, most_bytes
        self._tls = tls or (ssl.create_default_context() if self._secure else None)
        self._idle: deque[HTTPConnection] = deque()

    def __call__(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Got:
        """The answer to one request. Raises Unreachable, TooSlow and NotUnderstood."""
        try:
            if self._idle:
                # It may have been closed while it lay idle. The API keeps nothing, so asking
                # once more is safe.
                with suppress(ConnectionError):
                    return self._ask(self._idle.pop(), method, path, body, headers)
            return self._ask(self._new(), method, path, body, headers)
        except TimeoutError:
            raise TooSlow(f"No whole answer within {self._timeout:g} seconds.") from None
        except (OSError, IncompleteRead) as error:
            raise Unreachable(f"No whole answer: {type(error).__name__}.") from None
        except HTTPException as error:
            raise NotUnderstood(f"The answer is not HTTP: {type(error).__name__}.") from None

    def close(self) -> None:
        """Close what is open. A request after it opens a new connection."""
        while self._idle:
            self._idle.pop().close()

    def _new(self) -> HTTPConnection:
        made: HTTPConnection
        if self._secure:
            made = HTTPSConnection(self._host, self._port, timeout=self._timeout, context=self._tls)
        else:
            made = HTTPConnection(self._host, self._port, timeout=self._timeout)
        made.response_class = _TimedResponse
        return made

    def _ask(
        self,
        connection: HTTPConnection,
        method: str,
        path: str,
        body: bytes | None,
        headers: dict[str, str],
    ) -> Got:
        try:
            if connection.sock is not None:
                connection.sock.settimeout(self._timeout)
            with suppress(BrokenPipeError):
                # What refuses before it has read everything still says why.
                connection.request(method, self.path + path, body, headers)
            with connection.getresponse() as response:
                got = self._read(response)
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return got

    def _read(self, response: HTTPResponse) -> Got:
        body = bytearray()
        while part := response.read1(_AT_ONCE):
            body += part
            if len(body) > self._most:
                raise NotUnderstood(f"The answer is larger than {self._most:,} bytes.")
        if response.length:
            raise ConnectionAbortedError
        told = response.headers.get("Retry-After", "")
        return Got(
            response.status,
            response.headers.get_content_type(),
            bytes(body),
            int(told) if told.isascii() and told.isdigit() and len(told) < 9 else None,
        )


class _TimedResponse(HTTPResponse):
    """The time-out of the socket is for the answer as a whole, not for each piece of it."""

    def __init__(self, sock: socket, *given: Any, **named: Any) -> None:
        super().__init__(sock, *given, **named)
        self.fp = io.BufferedReader(_Timed(sock, self.fp.detach()))


class _Timed(io.RawIOBase):
    def __init__(self, sock: socket, raw: io.RawIOBase) -> None:
        self._sock, self._raw = sock, raw
        self._end = time.monotonic() + (sock.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
