"""Asks a site on this machine at a constant rate, with little work of its own.

A request is due at its moment, whether or not earlier ones were answered, and its time counts
from that moment: a site that falls behind cannot slow down who asks (no coordinated omission).
Connections stay open, as those of programs and of proxies do.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
CONNECTIONS = 32
MOST_REQUESTS = 100_000
PATIENCE = 10.0
"""Seconds that the last answers may take."""
BROKEN = 0
_HEAD_ENDS = b"\r\n\r\n"
_LENGTH = b"content-length:"
_CLOSES = b"connection: close"


@dataclass(slots=True)
class Asked:
    """took: seconds from the first request until the last answer. seconds: of each answer, from
    when it was due to be asked until its last byte. cpu: seconds of the processor for asking."""

    took: float = 0.0
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    cpu: float = 0.0

    @property
    def errors(self) -> int:
        """Requests without an answer, and answers that say no."""
        return self.unanswered + sum(n for status, n in self.statuses.items() if status >= 400)


def post(path: str, body: bytes, token: str = "") -> bytes:
    """A request as a program sends it: JSON, and it takes packed answers. token: says who it is."""
    who = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n{who}"
        f"Accept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


class _Line:
    """One connection at a time, with at most one request under way. It stays open for the next
    request when the site lets it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self.due = 0.0
        self._got = bytearray()
        self._ends = 0

    def fileno(self) -> int:
        assert self._socket is not None
        return self._socket.fileno()

    def send(self, request: bytes, due: float) -> None:
        self.due, self._ends = due, 0
        self._got.clear()
        if self._socket is None:
            self._socket = socket.create_connection((HOST, self._port), timeout=PATIENCE)
        self._socket.sendall(request)

    def receive(self) -> int | None:
        """The status when the answer is whole, BROKEN when it never will be; None before."""
        assert self._socket is not None
        try:
            more = self._socket.recv(1 << 18)
        except ConnectionError:
            more = b""
        if not more:
            self._got = bytearray(_CLOSES)
            return BROKEN
        self._got += more
        if not self._ends:
            head = self._got.find(_HEAD_ENDS)
            if head < 0:
                return None
            start = self._got[:head].lower().index(_LENGTH) + len(_LENGTH)
            length = int(self._got[start : self._got.index(b"\r\n", start)])
            self._ends = head + len(_HEAD_ENDS) + length
        return int(self._got[9:12]) if len(self._got) >= self._ends else None

    def stays_open(self) -> bool:
        """Whether the site lets the next request come the same way."""
        return _CLOSES not in self._got.partition(_HEAD_ENDS)[0].lower()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def ask(port: int, requests: Sequence[bytes], rate: float, seconds: float) -> Asked:
    """Send these requests in turn, so many a second. Raises ValueError for more than a
    benchmark needs."""
    count = int(rate * seconds)
    if not 0 < count <= MOST_REQUESTS:
        raise ValueError(f"{count} requests; at most {MOST_REQUESTS}")
    lines = [_Line(port) for _ in range(CONNECTIONS)]
    selector = selectors.DefaultSelector()
    told, free = Asked(), deque(lines)
    clock, cpu, sent, done = time.perf_counter, time.process_time(), 0, 0
    begun = clock()
    until = begun + seconds + PATIENCE
    while done < count and (now := clock()) < until:
        while free and sent < count and (due := begun + sent / rate) <= now:
            line = free.popleft()
            line.send(requests[sent % len(requests)], due)
            selector.register(line, selectors.EVENT_READ)
            sent += 1
        ready = selector.select(max(0.0, begun + sent / rate - now) if free and sent < count else 1)
        for key, _ in ready:
            line = key.fileobj
            status = line.receive()
            if status is None:
                continue
            if status != BROKEN:
                told.seconds.append(clock() - line.due)
                told.statuses[status] += 1
            done += 1
            selector.unregister(line)
            if not line.stays_open():
                line.close()
            free.append(line)
    told.took, told.unanswered = clock() - begun, count - len(told.seconds)
    told.cpu = time.process_time() - cpu
    selector.close()
    for line in lines:
        line.close()
    return told
