"""Servers that are not the API, or not a good one: they answer with bytes that are given."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

JSON = "application/json"
PROBLEM = "application/problem+json"
DRIP_SECONDS, MOST_DRIPS = 0.05, 400


@dataclass
class Other:
    """asked: the first line of every request, in order."""

    address: str
    asked: list[str] = field(default_factory=list)


def said(
    body: bytes | str,
    *,
    status: str = "200 OK",
    media: str = JSON,
    more: str = "",
    length: int = -1,
) -> bytes:
    """An answer. length: what it says of itself, when that is not so."""
    raw = body.encode() if isinstance(body, str) else body
    size = len(raw) if length < 0 else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {size}\r\n{more}\r\n"
    return head.encode() + raw


@contextmanager
def other(*answers: bytes, drips_from: int | None = None) -> Iterator[Other]:
    """A server that gives each connection the next answer, and the last one from then on.

    drips_from: from this byte on they come one by one, with a pause after each.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    made = Other(f"http://127.0.0.1:{listening.getsockname()[1]}")
    stopping = threading.Event()

    def serve() -> None:
        left = list(answers)
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                made.asked.append(_request(connection))
                answer = left.pop(0) if len(left) > 1 else left[0]
                whole = len(answer) if drips_from is None else drips_from
                connection.sendall(answer[:whole])
                for place in range(whole, min(len(answer), whole + MOST_DRIPS)):
                    if stopping.wait(DRIP_SECONDS):
                        break
                    connection.sendall(answer[place : place + 1])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        stopping.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def _request(connection: socket.socket) -> str:
    """Reads one request whole, and gives its first line."""
    stream = connection.makefile("rb")
    first = stream.readline().decode().strip()
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    stream.read(length)
    return first
