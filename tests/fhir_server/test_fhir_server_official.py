"""The official examples of R4, one of each type, at every address that takes something."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest
from official import one_of_each
from r4_types import TYPES
from records import DESK, bundle, call, response, send
from server import Served
from valid import problems

FHIR = "application/fhir+json"
JSON = "application/json"
PROBLEM = "application/problem+json"
OPERATIONS = (
    "/fhir/Questionnaire/$populate",
    "/fhir/QuestionnaireResponse/$assess",
    "/fhir/PlanDefinition/low-back-pain/$apply",
)
HOOKS = {
    "/cds-services/back-pain-view": "patient-view",
    "/cds-services/back-pain-order-sign": "order-sign",
    "/cds-services/back-pain-appointment": "appointment-book",
}
API = ("assess", "report", "options", "plan", "next", "course", "check")
MINIMAL = {"id": "example", "status": "active"}
EXAMPLES = {
    type_: one_of_each().get(type_, {"resourceType": type_, **MINIMAL}) for type_ in sorted(TYPES)
}


@pytest.fixture
def open_to(site: Served) -> Iterator[http.client.HTTPConnection]:
    """A connection that stays open: thousands of calls without thousands of handshakes."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    yield connection
    connection.close()


def post(
    connection: http.client.HTTPConnection, path: str, sent: Any, media: str, language: str = "nl"
) -> tuple[int, str, Any]:
    """(status, content type, what came back)."""
    headers = {"Content-Type": media, "Accept-Language": language}
    connection.request("POST", path, json.dumps(sent), headers)
    answer = connection.getresponse()
    return answer.status, str(answer.headers["Content-Type"]), json.loads(answer.read())


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_operation_answers_or_says_why_not(
    open_to: http.client.HTTPConnection, path: str
) -> None:
    seen: set[str] = set()
    for type_, one in EXAMPLES.items():
        within = {"resourceType": "Parameters", "parameter": [{"name": "a", "resource": one}]}
        for sent in (one, bundle(one), within):
            status, media, made = post(open_to, path, sent, FHIR)
            assert status in (200, 422), type_
            assert media == FHIR
            if status == 422:
                assert made["resourceType"] == "OperationOutcome"
                said = made["issue"][0]["details"]["text"]
                if said not in seen:
                    seen.add(said)
                    assert problems(made) == []
                    other = post(open_to, path, sent, FHIR, "en")[2]
                    assert other["issue"][0]["details"]["text"] != said
    assert seen


def with_everywhere(sent: dict[str, Any], one: Any) -> Iterator[dict[str, Any]]:
    """The call with a resource where the hook looks: bare, and in a bundle."""
    within = bundle(one)
    if sent["hook"] == "patient-view":
        lists = dict.fromkeys(("conditions", "observations", "responses"), within)
        for changed in ({"patient": one}, {"responses": one}, lists):
            yield sent | {"prefetch": {**sent["prefetch"], **changed}}
    else:
        orders = dict.fromkeys(("draftOrders", "appointments"), within)
        yield sent | {"context": {**sent["context"], **orders}}


@pytest.mark.parametrize("path", HOOKS)
def test_a_hook_reads_them_or_says_why_not(open_to: http.client.HTTPConnection, path: str) -> None:
    hook, statuses = HOOKS[path], set()
    whole = call(hook, orders=None if hook == "patient-view" else [], responses=[response(DESK)])
    for type_, one in EXAMPLES.items():
        for sent in with_everywhere(whole, one):
            status, media, made = post(open_to, path, sent, JSON)
            statuses.add(status)
            # In place of a patient it says that none was found.
            assert status in ((200, 412, 422) if type_ == "OperationOutcome" else (200, 422)), type_
            if status == 422:
                assert media == PROBLEM
                assert all(it["text"] for it in made["problems"])
    assert 200 in statuses


def test_the_api_is_no_door_for_a_resource(open_to: http.client.HTTPConnection) -> None:
    for place, (type_, one) in enumerate(EXAMPLES.items()):
        path = f"/api/v1/{API[place % len(API)]}"
        if len(json.dumps(one)) < 100_000:
            status, media, made = post(open_to, path, one, JSON)
            assert (status, media) == (422, PROBLEM), type_
            assert all(it["text"] for it in made["problems"])


BOMB = gzip.compress(b" " * 90_000_000, 9)
"""Ninety megabytes in ninety kilobytes."""


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate", "br", "identity, gzip"])
def test_a_compressed_body_is_refused_and_never_unpacked(site: Served, packing: str) -> None:
    for path, media in (
        (OPERATIONS[0], FHIR),
        ("/cds-services/back-pain-view", JSON),
        ("/api/v1/assess", JSON),
    ):
        got = send(f"{site.address}{path}", BOMB, Content_Type=media, Content_Encoding=packing)
        assert got.status == 415
        assert got.headers["Accept-Encoding"] == "identity"
        assert got.headers["Content-Type"] == (FHIR if media == FHIR else PROBLEM)


def test_a_body_that_says_that_it_is_not_compressed_is_read(site: Served) -> None:
    got = send(
        f"{site.address}{OPERATIONS[0]}",
        EXAMPLES["Patient"],
        Content_Type=FHIR,
        Content_Encoding="identity",
    )

    assert got.status == 200
