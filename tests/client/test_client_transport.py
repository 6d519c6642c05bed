"""Connections: with a certificate, kept open, under a path; and an end to every wait."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from client.others import certificate, other, said
from rugkompas_client import Rugkompas, TooSlow, Unreachable

BODY = json.dumps({"version": "2026.11", "kinds": {}}).encode()
WELL = said(BODY)
PLACES = (0, 9, WELL.index(b"\r\n\r\n") + 4)
"""In the first line, in the head, in the body."""


@pytest.mark.parametrize("place", PLACES)
def test_bytes_that_drip_do_not_stretch_the_time(place: int) -> None:
    with (
        other(WELL, drips_from=place) as server,
        Rugkompas(server.address, timeout=0.3) as api,
        pytest.raises(TooSlow),
    ):
        api.facts()


def test_a_certificate_of_ones_own_is_taken_when_it_is_given_and_only_then(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)
    own = ssl.create_default_context(cafile=str(trusted))
    with other(WELL, tls=context) as server:
        with Rugkompas(server.address, tls=own) as api:
            assert [api.facts().version for _ in range(2)] == ["2026.11"] * 2
        with Rugkompas(server.address) as api, pytest.raises(Unreachable, match="Cert"):
            api.facts()
    with (
        other(WELL, tls=context, drips_from=PLACES[-1]) as server,
        Rugkompas(server.address, tls=own, timeout=0.5) as api,
        pytest.raises(TooSlow),
    ):
        api.facts()


class _Counting(BaseHTTPRequestHandler):
    """Keeps its connections open, and counts them."""

    protocol_version = "HTTP/1.1"
    opened = 0

    def setup(self) -> None:
        type(self).opened += 1
        super().setup()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def counting() -> Iterator[str]:
    _Counting.opened = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Counting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_connection_is_kept_open_and_closed_at_the_end(counting: str) -> None:
    with Rugkompas(counting) as api:
        for _ in range(5):
            api.facts()
        assert _Counting.opened == 1
    # What is asked after the end opens one again
    api.facts()
    api.close()

    assert _Counting.opened == 2


def test_a_connection_that_was_closed_while_idle_is_opened_again() -> None:
    with other(WELL) as server, Rugkompas(server.address) as api:
        for _ in range(3):
            assert api.facts().kinds == {}

    assert len(server.asked) == 3


def test_a_site_may_stand_under_a_path() -> None:
    with other(WELL) as server:
        for address in ("/rug", "/rug/", "/rug/api/v1", "/rug/api/v1/"):
            with Rugkompas(server.address + address) as api:
                api.facts()

    assert set(server.asked) == {"GET /rug/api/v1/knowledge?language=nl HTTP/1.1"}
