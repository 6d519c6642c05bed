"""How often and how much one address may send, and what odd bodies come to."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from people import AUTHOR
from server import Served, served
from walks import load_answers, visit_of

from rugkompas.web.middleware import limits


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A clock that stands still until a test moves it."""
    hand = SimpleNamespace(now=1_000_000.0)
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: hand.now))
    caches["process"].clear()
    yield hand
    caches["process"].clear()


def asked(client: Client, **more: Any) -> int:
    return int(client.get("/over/", **more).status_code)


@pytest.mark.hazard("H-34")
@override_settings(REQUESTS_A_MINUTE=3)
def test_above_the_limit_an_address_waits_a_minute(client: Client, clock: SimpleNamespace) -> None:
    before = [asked(client) for _ in range(4)]
    response = client.get("/over/")
    other = asked(client, REMOTE_ADDR="192.0.2.7")
    clock.now += 60

    assert before == [200, 200, 200, 429]
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert other == 200
    assert asked(client) == 200


@override_settings(REQUESTS_A_MINUTE=1)
def test_an_address_that_a_visitor_makes_up_changes_nothing(
    client: Client, clock: SimpleNamespace
) -> None:
    found = [asked(client, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}") for n in range(3)]

    assert found == [200, 429, 429]


@override_settings(REQUESTS_A_MINUTE=1, TRUSTED_PROXIES=1)
def test_behind_a_proxy_only_what_the_proxy_saw_counts(
    client: Client, clock: SimpleNamespace
) -> None:
    forged = [asked(client, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 198.51.100.1") for n in range(2)]
    other = asked(client, HTTP_X_FORWARDED_FOR="10.0.0.1, 198.51.100.2")

    assert (forged, other) == ([200, 429], 200)


@override_settings(REQUESTS_A_MINUTE=1, TRUSTED_PROXIES=2)
@pytest.mark.parametrize("told", ["", "198.51.100.9", ",", " , "])
def test_a_header_that_is_too_short_for_the_proxies_is_not_believed(
    client: Client, clock: SimpleNamespace, told: str
) -> None:
    found = [asked(client, HTTP_X_FORWARDED_FOR=told), asked(client, HTTP_X_FORWARDED_FOR="")]

    assert found == [200, 429]


@override_settings(REQUESTS_A_MINUTE=1)
def test_a_crowd_of_addresses_does_not_make_the_site_forget_one(
    client: Client, clock: SimpleNamespace
) -> None:
    first = asked(client)
    for n in range(1000):
        client.get("/gezond/", REMOTE_ADDR=f"192.0.{n // 256}.{n % 256}")

    assert (first, asked(client)) == (200, 429)


@pytest.mark.hazard("H-46")
@override_settings(REQUESTS_A_MINUTE=1)
def test_no_address_of_a_visitor_is_kept_as_it_is(client: Client, clock: SimpleNamespace) -> None:
    asked(client, REMOTE_ADDR="192.0.2.77")

    assert not any("192.0.2.77" in key for key in caches["process"]._cache)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize(
    ("length", "status"), [("100000", 422), ("100001", 413), ("999999999999", 413), ("9" * 40, 413)]
)
def test_a_body_above_the_limit_is_refused_by_its_length_alone(
    client: Client, length: str, status: int
) -> None:
    response = client.generic(
        "POST", "/laden/", b"", content_type="text/plain", CONTENT_LENGTH=length
    )

    assert response.status_code == status


@pytest.mark.parametrize("length", ["", "-1", "1e9", "٣", "abc"])
def test_a_length_that_is_no_number_breaks_nothing(client: Client, length: str) -> None:
    response = client.generic(
        "POST", "/vragen/1/", b"page=age_years&answer=40", CONTENT_LENGTH=length
    )

    assert response.status_code < 500


@pytest.mark.hazard("H-51")
def test_more_fields_or_files_than_a_form_has_are_refused(calm: Client) -> None:
    fields = calm.post("/vragen/1/", {f"f{n}": "1" for n in range(201)})
    files = calm.post("/laden/", {f"f{n}": SimpleUploadedFile("a", b"1") for n in range(101)})

    assert (fields.status_code, files.status_code) == (400, 400)


MULTIPART = "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n'
ODD_BODIES = {
    "no boundary": ("multipart/form-data", b"x"),
    "empty boundary": ("multipart/form-data; boundary=", b"x"),
    "boundary not ASCII": ("multipart/form-data; boundary=\xe9", b"x"),
    "nothing": (MULTIPART, b""),
    "no end": (MULTIPART, PART + b'\r\n{"age_years": 40'),
    "only an end": (MULTIPART, b"--b--\r\n"),
    "no name": (MULTIPART, b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
    "path as name": (MULTIPART, PART.replace(b"a.json", b"../../etc/passwd") + b"\r\n{}\r\n--b--"),
    "base64 that is not": (
        MULTIPART,
        PART + b"Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--b--\r\n",
    ),
    "long header": (MULTIPART, b"--b\r\n" + b"X: " + b"y" * 90_000 + b"\r\n\r\nx\r\n--b--\r\n"),
    "unknown charset": ("application/x-www-form-urlencoded; charset=utf-99", b"page=age_years"),
    "utf-16": ("application/x-www-form-urlencoded; charset=utf-16", b"page=age_years"),
    "broken percent": ("application/x-www-form-urlencoded", b"page=%ff%zz&answer=%00"),
    "JSON": ("application/json", b'{"page": "age_years", "answer": 40}'),
    "packed": ("application/x-www-form-urlencoded", gzip.compress(b"page=age_years&answer=40")),
}


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", ODD_BODIES)
@pytest.mark.parametrize("address", ["/laden/", "/vragen/1/", "/taal/", "/verder/a.b/"])
def test_an_odd_body_is_refused_or_asked_again_and_changes_nothing(
    calm: Client, address: str, kind: str
) -> None:
    load_answers(calm, AUTHOR)
    before = visit_of(calm)
    type_, body = ODD_BODIES[kind]

    response = calm.generic("POST", address, body, content_type=type_)

    assert response.status_code < 500
    assert visit_of(calm) == before


ODD_FILES: dict[str, bytes] = {
    "nothing": b"",
    "spaces": b"   ",
    "no JSON": b"age_years: 40",
    "half": b'{"age_years": 40',
    "deep": b'{"factors":' * 2000 + b"1" + b"}" * 2000,
    "deep list": b"[" * 20_000,
    "too large": b'{"likes": [' + b'"yoga",' * 8000 + b'"yoga"]}',
    "many names": json.dumps({f"n{n}": 1 for n in range(2000)}).encode(),
    "twice": b'{"age_years": 40, "age_years": 50}',
    "NaN": b'{"age_years": NaN}',
    "endless": b'{"age_years": 1e999}',
    "long number": b'{"age_years": ' + b"9" * 5000 + b"}",
    "half a character": b'{"sex": "\\ud800"}',
    "null byte": b'{"sex": "male\\u0000"}',
    "not UTF-8": b'{"sex": "\xff\xfe"}',
    "UTF-16": '{"sex": "male"}'.encode("utf-16"),
    "packed": gzip.compress(b'{"sex": "male"}' * 1000),
    "a list": b"[1, 2]",
    "a number": b"5",
    "null": b"null",
    "answers is a number": b'{"answers": 5}',
    "unknown name": b'{"unknown_name": "yes"}',
    "prototype": b'{"__proto__": {"urgency": "self_care"}, "constructor": "x"}',
    "wrong type": b'{"factors": ["stress"], "age_years": "40"}',
    "wrong member": b'{"ibp_items": {"x": "yes"}}',
    "a class": b'{"age_years": {"__class__": "int"}}',
}


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", ODD_FILES)
def test_a_file_that_is_not_one_persons_answers_changes_nothing(client: Client, kind: str) -> None:
    load_answers(client, AUTHOR)
    before = visit_of(client)

    response = load_answers(client, ODD_FILES[kind])

    assert response.status_code == 422
    assert visit_of(client) == before


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("limits")) as found:
        yield found


def raw(site: Served, head: str, *bodies: bytes) -> bytes:
    """What the server answers to these bytes, whatever they are."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as wire:
        wire.sendall(head.replace("\n", "\r\n").encode("latin-1"))
        for body in bodies:
            wire.sendall(body)
        wire.shutdown(socket.SHUT_WR)
        answer = b""
        while part := wire.recv(65_536):
            answer += part
    return answer


FORM = "Host: 127.0.0.1\nConnection: close\nContent-Type: application/x-www-form-urlencoded\n"


@pytest.mark.hazard("H-35", "H-51")
def test_a_real_server_gives_the_page_also_to_a_body_that_is_too_large(site: Served) -> None:
    answer = raw(
        site, f"POST /laden/ HTTP/1.1\n{FORM}Content-Length: 300000\n\n", *[b"x" * 30_000] * 10
    )

    assert answer.startswith(b"HTTP/1.1 413")
    assert b'href="tel:' in answer


@pytest.mark.hazard("H-51")
def test_a_body_in_chunks_without_a_length_is_not_read(site: Served) -> None:
    chunk = b"5000\r\n" + b"x" * 0x5000 + b"\r\n"

    answer = raw(
        site,
        f"POST /laden/ HTTP/1.1\n{FORM}Transfer-Encoding: chunked\n\n",
        chunk * 3,
        b"0\r\n\r\n",
    )

    assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 413"))
    assert b'href="tel:' in answer


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\n\n",
        "GET / HTTP/9.9\nHost: 127.0.0.1\n\n",
        "GET\n\n",
        "\n\n",
        "GET /" + "a" * 9000 + " HTTP/1.1\nHost: 127.0.0.1\n\n",
        "GET / HTTP/1.1\nHost: 127.0.0.1\n" + "X: y\n" * 200 + "\n",
        "GET / HTTP/1.1\nHost: 127.0.0.1\nCookie: visit=" + "a" * 20_000 + "\n\n",
        "GET / HTTP/1.1\nHost: 127.0.0.1\nHost: elders.example\n\n",
        "POST /laden/ HTTP/1.1\nHost: 127.0.0.1\nContent-Length: -5\n\n",
        "POST /laden/ HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 5\nContent-Length: 6\n\nabcdef",
        "POST / HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n",
        "GET /%00 HTTP/1.1\nHost: 127.0.0.1\n\n",
        "GET /%ff%fe/ HTTP/1.1\nHost: 127.0.0.1\n\n",
        "GET http://elders.example/ HTTP/1.1\nHost: 127.0.0.1\n\n",
        "get / HTTP/1.1\nHost: 127.0.0.1\n\n",
        "GET / HTTP/1.1\nHost: \n\n",
        "GET / HTTP/1.1\nHost: 127.0.0.1:99999\n\n",
    ],
    ids=lambda head: head[:40].replace("\n", " "),
)
def test_an_odd_request_never_breaks_the_server(site: Served, head: str) -> None:
    answer = raw(site, head.replace("Host:", "Connection: close\nHost:", 1))

    assert not answer.startswith((b"HTTP/1.1 5", b"HTTP/1.0 5")), answer[:200]
    assert raw(site, f"GET /gezond/ HTTP/1.1\n{FORM}\n").startswith(b"HTTP/1.1 200")
