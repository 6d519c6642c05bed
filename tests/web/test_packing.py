"""Answers are packed for whoever takes that, and are the same when they are unpacked."""

from __future__ import annotations

import gzip
import json

from django.test import Client

PACKED = {"HTTP_ACCEPT_ENCODING": "br, gzip"}


def test_a_packed_answer_is_the_same_answer(client: Client) -> None:
    sent = json.dumps({"age_years": 44, "sex": "female"})
    plain = client.post("/api/v1/assess", sent, "application/json")
    packed = client.post("/api/v1/assess", sent, "application/json", **PACKED)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content) == plain.content


def test_the_length_of_a_packed_answer_does_not_tell_what_stands_in_it(client: Client) -> None:
    lengths = {len(client.get("/over/", **PACKED).content) for _ in range(12)}

    assert len(lengths) > 1


def test_a_short_answer_is_left_as_it_is(client: Client) -> None:
    answer = client.get("/gezond/", **PACKED)

    assert "Content-Encoding" not in answer.headers
    assert answer.json()["status"] == "ok"
