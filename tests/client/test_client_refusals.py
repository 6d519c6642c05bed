"""What goes wrong is an error of its own kind, ends in time, and tells no answers."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from people import AUTHOR
from server import Served, served

from client.others import PROBLEM, other, said
from rugkompas.catalogue import load
from rugkompas_client import (
    Invalid,
    NotThere,
    NotUnderstood,
    Refused,
    Rugkompas,
    RugkompasError,
    TooLarge,
    TooMany,
    TooSlow,
    Unreachable,
)

FOUND = {"version": "2026.11", "kinds": {}}
WELL = said(json.dumps(FOUND))
BUSY = said("{}", status="429 Too Many Requests", media="text/html", more="Retry-After: 1\r\n")


@pytest.mark.hazard("H-46")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_answers_that_cannot_be_used_are_named_without_being_told(
    site: Served, language: Any
) -> None:
    planted: Any = {"trauma": "plantedword", "age_years": -99, "cannot": {"yoga": 3}}
    with Rugkompas(site.address, language=language) as api, pytest.raises(Invalid) as caught:
        api.assess(planted)

    error = caught.value
    assert (error.status, error.language) == (422, language)
    assert error.problem.type == "urn:rugkompas:problem:unprocessable_entity"
    assert error.problem.detail == load().words[language].web["api_422"]
    assert {wrong.where for wrong in error.problems} == {"trauma", "age_years", "cannot.yoga"}
    assert all(wrong.text and wrong.plain for wrong in error.problems)
    assert "trauma" in str(error)
    assert not {"plantedword", "-99"} & set(f"{error} {error.problem}".replace("'", " ").split())


def test_a_pick_that_is_not_offered_is_refused_with_its_reason(api: Rugkompas) -> None:
    answers: Any = AUTHOR
    gone = api.options(answers).options.not_offered[0]

    with pytest.raises(Invalid) as caught:
        api.plan({**answers, "picks": [gone.id]})

    assert [wrong.where for wrong in caught.value.problems] == [f"picks.{gone.id}"]


def test_a_fact_that_is_not_there(api: Rugkompas) -> None:
    for id_ in ("nothing", "..", "a/b", "?x=1"):
        with pytest.raises(NotThere):
            api.fact("options", id_)
    with pytest.raises(Invalid):
        api.fact("nothing", "nothing")


def test_more_than_one_person_needs(api: Rugkompas) -> None:
    with pytest.raises(TooLarge):
        api.check("rugpijn " * 20_000)
    with pytest.raises(Invalid):
        api.check("rugpijn " * 5_000)


def test_another_refusal_is_a_refusal_too(site: Served) -> None:
    request = urllib.request.Request(
        f"{site.address}/api/v1/assess", data=b"{}", headers={"Content-Type": "text/plain"}
    )
    with pytest.raises(urllib.error.HTTPError) as real:
        urllib.request.urlopen(request, timeout=60)
    answer = said(real.value.read(), status="415 Unsupported Media Type", media=PROBLEM)

    with other(answer) as server, Rugkompas(server.address) as api, pytest.raises(Refused) as got:
        api.assess({})

    assert (got.value.status, got.value.problems) == (415, ())
    assert str(got.value) == load().words["nl"].web["api_415"]


def test_too_many_requests(tmp_path: Path) -> None:
    with (
        served(tmp_path, RUGKOMPAS_REQUESTS_A_MINUTE="1") as strict,
        Rugkompas(strict.address) as api,
        pytest.raises(TooMany) as caught,
    ):
        # The minute of the limit may turn once between three of them.
        [api.facts() for _ in range(3)]

    assert (caught.value.status, caught.value.retry_after) == (429, 60)
    assert caught.value.problem.detail == load().words["nl"].web["api_429"]


def test_patience_waits_as_long_as_was_told_and_no_longer_than_itself() -> None:
    with other(BUSY, WELL) as server, Rugkompas(server.address, patience=1) as api:
        assert api.facts().version == "2026.11"
    assert len(server.asked) == 2

    for patience, asked in ((0, 1), (0.9, 1), (1, 2)):
        with (
            other(BUSY) as server,
            Rugkompas(server.address, patience=patience) as api,
            pytest.raises(TooMany) as caught,
        ):
            api.facts()
        assert len(server.asked) == asked
    assert caught.value.problem.type == "about:blank"


@pytest.mark.parametrize("told", ["", "Retry-After: soon\r\n", "Retry-After: -1\r\n"])
def test_without_a_time_there_is_no_waiting(told: str) -> None:
    answer = said("{}", status="429 Too Many Requests", more=told)
    with (
        other(answer) as server,
        Rugkompas(server.address, patience=900) as api,
        pytest.raises(TooMany) as caught,
    ):
        api.facts()

    assert caught.value.retry_after is None
    assert len(server.asked) == 1


NOT_OURS = {
    "a page": said("<html>", media="text/html"),
    "no JSON": said("{"),
    "nothing": said(""),
    "another shape": said('{"version": 1, "kinds": {}}'),
    "a list": said("[]"),
    "not text": said(b'{"version": "\xff", "kinds": {}}'),
    "a page that is not there": said("<html>", status="404 Not Found", media="text/html"),
    "a refusal of another kind": said("[]", status="422 Unprocessable", media=PROBLEM),
    "half a head": b"HTTP/1.1 200 OK\r\nContent-",
    "not HTTP": b"220 mail.example ready\r\n",
    "a line without end": b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("what", NOT_OURS)
def test_what_is_not_the_api_is_not_understood(what: str) -> None:
    with (
        other(NOT_OURS[what]) as server,
        Rugkompas(server.address) as api,
        pytest.raises(NotUnderstood),
    ):
        api.facts()
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_answers_never_follow_a_redirect(status: str) -> None:
    with other(WELL) as elsewhere:
        answer = said("", status=status, more=f"Location: {elsewhere.address}/api/v1/assess\r\n")
        with (
            other(answer) as server,
            Rugkompas(server.address) as api,
            pytest.raises(NotUnderstood, match="leads elsewhere"),
        ):
            api.assess({"age_years": 40})
        assert (len(server.asked), elsewhere.asked) == (1, [])


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    huge = said(" " * 2_000_000)
    with (
        other(huge) as server,
        Rugkompas(server.address, most_bytes=100_000) as api,
        pytest.raises(NotUnderstood, match="larger than 100,000 bytes"),
    ):
        api.facts()


def test_a_server_that_hangs_up_is_unreachable() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"
    for answer in (b"", said("{}", length=900), chunked):
        with other(answer) as server, Rugkompas(server.address) as api, pytest.raises(Unreachable):
            api.facts()
        assert len(server.asked) == 1


def test_nobody_there_and_away_behind_a_proxy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Rugkompas(f"http://127.0.0.1:{port}") as api, pytest.raises(Unreachable):
        api.facts()
    answer = said("<html>", status="502 Bad Gateway", media="text/html")
    with (
        other(answer) as server,
        Rugkompas(server.address) as api,
        pytest.raises(Unreachable, match="502"),
    ):
        api.facts()


def test_a_fault_of_the_api_itself_is_a_refusal() -> None:
    problem = {"type": "about:blank", "title": "Error", "status": 500, "detail": ""}
    answer = said(json.dumps(problem), status="500 Error", media=PROBLEM)
    with (
        other(answer) as server,
        Rugkompas(server.address) as api,
        pytest.raises(Refused, match="Error") as caught,
    ):
        api.facts()
    assert caught.value.status == 500


def test_the_place_of_another_shape_is_told_and_not_what_stands_there() -> None:
    answer = said('{"version": "x", "kinds": {"plantedword": ["plantedword", 5]}}')
    with (
        other(answer) as server,
        Rugkompas(server.address) as api,
        pytest.raises(NotUnderstood) as caught,
    ):
        api.facts()

    assert "$.kinds" in str(caught.value)
    assert "plantedword" not in f"{caught.value}{caught.value.__cause__}"
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "address",
    [
        *("http://rug.example", "ftp://rug.example", "rug.example", "", "https://", "/api/v1/"),
        *("https://user:word@rug.example", "https://rug.example/?key=1", "https://rug.example/#x"),
    ],
)
def test_an_address_that_cannot_be_one(address: str) -> None:
    with pytest.raises(ValueError, match=r"[Aa]ddress|https"):
        Rugkompas(address)


def test_what_is_no_number_is_not_sent(api: Rugkompas) -> None:
    with pytest.raises(ValueError, match="JSON"):
        api.assess({"psk": float("nan")})


def test_every_error_is_one_of_ours() -> None:
    for kind in (Refused, Unreachable, NotUnderstood):
        assert issubclass(kind, RugkompasError)
    for kind in (Invalid, NotThere, TooLarge, TooMany):
        assert issubclass(kind, Refused)
    assert issubclass(TooSlow, Unreachable)
