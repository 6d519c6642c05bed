"""Whoever measures has to count right: who asks at a constant rate, against a small server."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[2] / "bench" / "asker.py"


@pytest.fixture(scope="module")
def asker() -> ModuleType:
    spec = importlib.util.spec_from_file_location(FILE.stem, FILE)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[FILE.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Small(BaseHTTPRequestHandler):
    """Says no to every body that holds "no", and nothing at all to one that holds "gone"."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if b"gone" in body:
            self.close_connection = True
            return
        self.send_response(503 if b"no" in body else 200)
        self.send_header("Content-Length", str(len(body)))
        if self.protocol_version == "HTTP/1.0":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Waiting(ThreadingHTTPServer):
    """Lets as many knock at once as there can be."""

    request_queue_size = 128


@contextmanager
def served(protocol: str) -> Iterator[int]:
    """A port. HTTP/1.1 keeps connections open, HTTP/1.0 closes each after its answer."""
    handler = type("Handler", (Small,), {"protocol_version": protocol})
    with Waiting(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.parametrize("protocol", ["HTTP/1.0", "HTTP/1.1"])
def test_every_request_is_counted_with_its_status(asker: ModuleType, protocol: str) -> None:
    bodies = (b'"yes"', b'"no"', b'"well"', b'"gone"')
    requests = [asker.post("/", body) for body in bodies]

    with served(protocol) as port:
        told = asker.ask(port, requests, rate=1000, seconds=0.12)

    assert told.statuses == {200: 60, 503: 30}
    assert (told.errors, told.unanswered, len(told.seconds)) == (60, 30, 90)


def test_a_request_that_has_to_wait_for_a_line_counts_from_when_it_was_due(
    asker: ModuleType,
) -> None:
    with served("HTTP/1.1") as port:
        told = asker.ask(port, [asker.post("/", b"{}")], rate=200_000, seconds=0.001)

    # All are due at once, and there are fewer lines: the last one waited nearly all the time.
    assert len(told.seconds) == 200 > 4 * asker.CONNECTIONS
    assert max(told.seconds) > 0.9 * told.took


def test_it_does_not_ask_without_end(asker: ModuleType) -> None:
    with pytest.raises(ValueError, match="at most"):
        asker.ask(1, [b""], rate=1000, seconds=1000)
