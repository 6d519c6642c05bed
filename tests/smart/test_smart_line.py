"""A record system that is broken, slow or busy: a page each time, and the questions go on."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from going import REFUSED, UNREACHABLE, begin, comes_back, local, permits, says, title_of
from record_server import RecordSystem, Twist

from rugkompas.web.smart import wire


def writes(status: int, data: bytes) -> Twist:
    def twist(handler: Any, _: Any) -> None:
        handler.write(status, data)

    return twist


def leads_away(handler: Any, _: Any) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:9/elsewhere")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def hangs_up(handler: Any, _: Any) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def says_less_than_promised(handler: Any, _: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"{")
    handler.close_connection = True


def no_http(handler: Any, _: Any) -> None:
    handler.wfile.write(b"SSH-2.0-hello\r\n\r\n")
    handler.close_connection = True


BROKEN: dict[str, Twist] = {
    "500": writes(500, b"<h1>fault</h1>"),
    "404": writes(404, b"{}"),
    "empty": writes(200, b""),
    "html": writes(200, b"<html>hello</html>"),
    "no text": writes(200, b"\xff\xfe\x00"),
    "deep": writes(200, b"[" * 100_000),
    "deep objects": writes(200, b'{"a":' * 900 + b"1" + b"}" * 900),
    "huge": writes(200, b'"' + b"x" * (wire.MOST_BYTES + 10) + b'"'),
    "a list": writes(200, b"[]"),
    "null": writes(200, b"null"),
    "a number": writes(200, b"1e999"),
    "NaN": writes(200, b'{"patient": NaN}'),
    "twice": writes(200, b'{"access_token": "a", "access_token": "b"}'),
    "half a character": writes(200, b'{"patient": "\\ud800"}'),
    "leads away": leads_away,
    "hangs up": hangs_up,
    "less than promised": says_less_than_promised,
    "no http": no_http,
}


@pytest.mark.hazard("H-35", "H-51")
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_answer_is_a_page_at_each_step(
    kind: str, client: Client, system: RecordSystem
) -> None:
    """At the configuration, the token and the person there is no record; without the lists there
    is the person, and what was not read is told."""
    for name in ("configuration", "token", "Patient"):
        system.reset()
        caches["process"].clear()
        address = local(permits(begin(client), "anna")) if name != "configuration" else ""
        system.instead[name] = BROKEN[kind]
        response = client.get(address or "/smart/naar/1/")
        assert title_of(response) in (REFUSED, UNREACHABLE)
        assert says(response, title_of(response))
    for name, said in (("Condition", "de lijst met ziekten"), ("Observation", "de metingen")):
        system.reset()
        system.instead[name] = BROKEN[kind]
        assert comes_back(client).status_code == 200
        page = client.get("/smart/gegevens/").content.decode()
        assert f"Niet of niet helemaal gelezen: {said}." in page
        assert 'value="age_years"' in page


def drips(handler: Any, _: Any) -> None:
    """A byte now and then: each comes well within a timeout of its own."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    with_pauses(handler, b" ")


def drips_headers(handler: Any, _: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    with_pauses(handler, b"x")


def with_pauses(handler: Any, byte: bytes) -> None:
    handler.close_connection = True
    for _ in range(200):
        try:
            handler.wfile.write(byte)
            handler.wfile.flush()
        except OSError:
            return
        threading.Event().wait(0.02)


@pytest.mark.hazard("H-34", "H-51")
@pytest.mark.parametrize("slow", [drips, drips_headers])
def test_a_slow_answer_is_cut_off(
    slow: Twist, client: Client, system: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.2)
    system.instead["configuration"] = slow

    begun = time.monotonic()
    response = client.get("/smart/naar/1/")

    assert says(response, UNREACHABLE)
    assert time.monotonic() - begun < 2


@pytest.mark.hazard("H-34")
def test_all_requests_of_a_page_together_have_an_end(
    client: Client, system: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = local(permits(begin(client), "anna"))
    monkeypatch.setattr(wire, "ALL_SECONDS", 0.3)
    system.instead["Condition"] = drips

    assert client.get(address).status_code == 200
    assert "GET /public/fhir/Observation" not in system.asked
    assert "de lijst met ziekten en de metingen" in client.get("/smart/gegevens/").content.decode()


@pytest.mark.hazard("H-34")
def test_a_slow_record_system_leaves_room_for_everybody_else(
    client: Client, system: RecordSystem
) -> None:
    with full():
        assert says(client.get("/smart/naar/1/"), UNREACHABLE)
        assert system.asked == []
        assert client.get("/vragen/1/").status_code == 200
    assert client.get("/smart/naar/1/").status_code == 302


@contextmanager
def full() -> Iterator[None]:
    """As many as may wait for a record system do."""
    with wire.asking(), wire.asking():
        yield
