"""CDS Hooks as a running server: form, refusals, headers, and that nothing stays."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from records import (
    BACK_PAIN,
    DESK,
    INSTANCE,
    SCAN,
    Got,
    call,
    places,
    replaced,
    response,
    send,
    with_,
)
from server import Served, served

from rugkompas.catalogue import load
from rugkompas.fhir.cds.services import PREFETCH, SERVICES

PROBLEM = "application/problem+json"
VIEW = "/cds-services/back-pain-view"
SIGN = "/cds-services/back-pain-order-sign"
ORDER = call("order-sign", orders=[SCAN], conditions=[BACK_PAIN])


def test_discovery_lists_every_service_with_what_it_wants_to_know(site: Served) -> None:
    got = send(f"{site.address}/cds-services", Accept_Language="en-GB,en;q=0.9")

    assert got.status == 200
    services = got.data["services"]
    assert [it["id"] for it in services] == list(SERVICES)
    assert {it["hook"] for it in services} == {
        *("patient-view", "order-select", "order-sign", "appointment-book")
    }
    for service in services:
        assert service["title"].startswith("Low back pain")
        assert service["description"]
        assert service["prefetch"] == PREFETCH
        assert send(f"{site.address}/cds-services/{service['id']}", {}).status == 422


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("en", "en"),
        ("fr, nl-BE;q=0.5", "nl"),
        ("nl;q=0.1, en-GB;q=0.9", "en"),
        ("en;q=0, de", "nl"),
        ("fr", "nl"),
        ("", "nl"),
    ],
)
def test_cards_speak_the_language_that_is_asked_for(site: Served, asked: str, spoken: str) -> None:
    got = send(f"{site.address}{SIGN}", ORDER, Accept_Language=asked)

    assert got.headers["Content-Language"] == spoken
    said = load().words[spoken].cds["imaging_summary"]
    assert got.data["cards"][0]["summary"] == said


def test_links_lead_to_this_site(site: Served) -> None:
    (card,) = send(f"{site.address}{SIGN}", ORDER).data["cards"]

    assert card["links"][0]["url"] == f"{site.address}/"


def test_feedback_is_taken_and_dropped(site: Served) -> None:
    planted = "plantedwordofaclinician"
    sent = {
        "feedback": [
            {
                "card": INSTANCE,
                "outcome": "overridden",
                "overrideReason": {"userComment": planted},
                "outcomeTimestamp": "2026-11-25T10:05:31Z",
            }
        ]
    }

    got = send(f"{site.address}{VIEW}/feedback", sent)

    assert (got.status, got.data) == (200, {})
    assert written_with(site, planted) == []
    assert send(f"{site.address}{VIEW}/feedback", {"feedback": []}).status == 422
    assert send(f"{site.address}/cds-services/none/feedback", sent).status == 404


def written_with(site: Served, planted: str) -> list[str]:
    written = site.everything_written()
    return [name for name, data in written.items() if planted.encode() in data]


@pytest.mark.hazard("H-46")
def test_what_was_sent_is_in_no_error_and_nowhere_on_disk(site: Served) -> None:
    planted = "plantedwordofaperson"
    answers = {**DESK, "cannot": {"yoga": planted}}
    sent = call("patient-view", responses=[response(answers)])
    sent["prefetch"]["patient"] = with_(sent["prefetch"]["patient"], name=[{"text": planted}])

    send(f"{site.address}{VIEW}", sent)
    refused = send(f"{site.address}{VIEW}", sent | {"hook": planted})

    assert refused.status == 422
    assert planted.encode() not in refused.body
    assert written_with(site, planted) == []


HOSTILE = {
    "a name twice": b'{"hook": "patient-view", "hook": "order-sign"}',
    "not a number": b'{"hookInstance": NaN}',
    "beyond numbers": json.dumps(ORDER).replace('"1288992"', "1e999").encode(),
    "half a character": b'{"hook": "\\ud800"}',
    "not UTF-8": b'{"hook": "\xff"}',
    "too deep": b'{"prefetch": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "deep objects": b'{"prefetch": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
    "broken": b'{"hook": ',
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "many names": json.dumps({f"x{n}": 1 for n in range(5000)}).encode(),
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("path", [VIEW, SIGN, f"{VIEW}/feedback"])
def test_a_hostile_body_is_refused_with_its_reason(site: Served, path: str, what: str) -> None:
    got = send(f"{site.address}{path}", HOSTILE[what])

    assert got.status == 422
    assert got.headers["Content-Type"] == PROBLEM
    assert got.data["problems"][0]["text"]


VALUES: list[Any] = [
    *(None, True, 0, -1, 1e308, 10**15, "", "x" * 5000, [], {}, [None], [[]], [{}], {"entry": 1}),
    *({"entry": [{}]}, {"entry": [{"resource": None}]}, {"resourceType": "Bundle", "entry": {}}),
    {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": 4}}]},
    {"resourceType": "Patient", "birthDate": 4, "gender": [], "deceasedBoolean": {}},
    {"coding": 1},
    {"coding": [1, None, {"system": [], "code": {}}]},
]


def test_no_value_anywhere_in_a_call_makes_it_our_fault(site: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    whole = call("order-sign", orders=[SCAN], conditions=[BACK_PAIN], responses=[response({})])
    tried = 0
    for path in places(whole):
        for value in VALUES[tried % 3 :: 3]:
            body = json.dumps(replaced(whole, path, value))
            connection.request("POST", SIGN, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            tried += 1
            assert answer.status in (200, 412, 422), (path, value)
    connection.close()
    assert tried > 300


def test_ten_megabytes_are_refused_before_they_are_read(site: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.putrequest("POST", VIEW)
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(10_000_000))
    connection.endheaders()

    answer = connection.getresponse()

    assert (answer.status, json.load(answer)["status"]) == (413, 413)
    connection.close()


def test_a_record_of_a_megabyte_is_read(site: Served) -> None:
    many = [with_(BACK_PAIN, id=f"c{n}", note=[{"text": "x" * 900}]) for n in range(900)]

    assert send(f"{site.address}{VIEW}", call("patient-view", conditions=many)).status == 200


@pytest.mark.parametrize(
    ("path", "method", "sent", "kind", "status"),
    [
        ("/cds-services/none", "POST", ORDER, "application/json", 404),
        ("/cds-services/back-pain-view/none", "POST", ORDER, "application/json", 404),
        (VIEW, "GET", None, "application/json", 405),
        (VIEW, "DELETE", None, "application/json", 405),
        ("/cds-services", "POST", ORDER, "application/json", 405),
        (VIEW, "POST", call("patient-view", patient=None), "application/json", 412),
        (VIEW, "POST", b"<xml/>", "application/xml", 415),
    ],
)
def test_every_refusal_has_one_shape(
    site: Served, path: str, method: str, sent: Any, kind: str, status: int
) -> None:
    got = send(f"{site.address}{path}", sent, method=method, Content_Type=kind)

    assert got.status == status
    assert got.headers["Content-Type"] == PROBLEM
    assert {"type", "title", "status", "detail"} <= set(got.data)
    if status == 405:
        assert got.headers["Allow"]


def test_a_page_of_another_site_may_call_it(site: Served) -> None:
    before = send(f"{site.address}{VIEW}", method="OPTIONS", Origin="https://sandbox.example")

    assert before.status == 204
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    allowed = before.headers["Access-Control-Allow-Headers"].lower()
    assert {"content-type", "authorization"} <= {it.strip() for it in allowed.split(",")}
    for got in (send(f"{site.address}/cds-services"), send(f"{site.address}{SIGN}", ORDER),
                send(f"{site.address}{VIEW}", {})):  # fmt: skip
        assert got.headers["Access-Control-Allow-Origin"] == "*"
        assert got.headers["Cache-Control"] == "no-store"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in got.headers


ISS = "https://record.example"


@pytest.fixture(scope="module")
def keys() -> dict[str, Any]:
    return {
        "ES384": ec.generate_private_key(ec.SECP384R1()),
        "RS384": rsa.generate_private_key(public_exponent=65537, key_size=2048),
        "other": ec.generate_private_key(ec.SECP384R1()),
    }


@pytest.fixture(scope="module")
def guarded(
    cache: str, keys: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A site that knows one record system, with a key of each kind."""
    home = tmp_path_factory.mktemp("guarded")
    file = home / "clients.json"
    file.write_text(json.dumps({"clients": [{"iss": ISS, "keys": public(keys)}]}))
    with served(home, RUGKOMPAS_CDS_CLIENTS=str(file), XDG_CACHE_HOME=cache) as running:
        yield running


def public(keys: dict[str, Any]) -> list[dict[str, Any]]:
    made = []
    for name, algorithm in (("ES384", jwt.algorithms.ECAlgorithm), ("RS384",
                            jwt.algorithms.RSAAlgorithm)):  # fmt: skip
        jwk = algorithm.to_jwk(keys[name].public_key(), as_dict=True)
        made.append({**jwk, "kid": name, "alg": name, "use": "sig"})
    return made


def token(site: Served, key: Any, kid: str, algorithm: str = "", **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": ISS,
        "aud": f"{site.address}{SIGN}",
        "iat": now,
        "exp": now + 300,
        "jti": f"{kid}-{time.perf_counter_ns()}",
    } | changed
    claims = {name: value for name, value in claims.items() if value is not None}
    headers = {"kid": kid, "jku": "https://nowhere.example/keys"}
    return jwt.encode(claims, key, algorithm=algorithm or kid, headers=headers)


def ask(site: Served, signed: str | None) -> Got:
    header = {} if signed is None else {"Authorization": f"Bearer {signed}"}
    return send(f"{site.address}{SIGN}", ORDER, **header)


@pytest.mark.parametrize("kind", ["ES384", "RS384"])
def test_a_known_system_gets_its_cards(guarded: Served, keys: dict[str, Any], kind: str) -> None:
    got = ask(guarded, token(guarded, keys[kind], kind))

    assert got.status == 200
    assert got.data["cards"]


def test_a_token_works_once(guarded: Served, keys: dict[str, Any]) -> None:
    signed = token(guarded, keys["ES384"], "ES384")

    assert [ask(guarded, signed).status for _ in range(2)] == [200, 401]


WRONG: dict[str, dict[str, Any]] = {
    "another system": {"iss": "https://other.example"},
    "for another service": {"aud": "https://rug.example/cds-services/back-pain-order-sign"},
    "for no service": {"aud": None},
    "over": {"iat": 1, "exp": 200},
    "without an end": {"exp": None},
    "for a year": {"exp": int(time.time()) + 31_536_000},
    "to come": {"iat": int(time.time()) + 4000, "exp": int(time.time()) + 4300},
    "without an id": {"jti": None},
    "without a system": {"iss": None},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_token_that_does_not_hold_is_refused(
    guarded: Served, keys: dict[str, Any], what: str
) -> None:
    got = ask(guarded, token(guarded, keys["ES384"], "ES384", **WRONG[what]))

    assert got.status == 401
    assert got.headers["WWW-Authenticate"] == "Bearer"
    assert got.headers["Content-Type"] == PROBLEM


def test_other_keys_and_other_algorithms_are_refused(guarded: Served, keys: dict[str, Any]) -> None:
    secret = json.dumps(public(keys)[0])
    for signed in (
        None,
        "",
        "x.y.z",
        token(guarded, keys["other"], "ES384"),
        token(guarded, keys["ES384"], "unknown", "ES384"),
        token(guarded, keys["RS384"], "ES384", "RS384"),
        token(guarded, keys["RS384"], "RS384", "RS256"),
        token(guarded, secret * 3, "ES384", "HS384"),
        token(guarded, None, "ES384", "none"),
    ):
        assert ask(guarded, signed).status == 401


def test_discovery_stays_open(guarded: Served) -> None:
    assert send(f"{guarded.address}/cds-services").status == 200


def test_outside_a_trial_nobody_may_call_without_a_list(cache: str, tmp_path: Path) -> None:
    with served(
        tmp_path,
        RUGKOMPAS_SECRET_KEY="k" * 60,
        RUGKOMPAS_HOSTS="127.0.0.1",
        RUGKOMPAS_PROXIES="1",
        XDG_CACHE_HOME=cache,
    ) as running:
        got = send(f"{running.address}{SIGN}", ORDER, X_Forwarded_Proto="https")

    assert got.status == 401


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"clients": [{}]}',
        '{"clients": [{"iss": "x", "keys": []}]}',
        '{"clients": [{"iss": "x", "keys": [{"kty": "oct", "k": "AAAA", "kid": "1", '
        '"alg": "HS384"}]}]}',
    ],
)
def test_a_list_that_cannot_be_used_stops_the_start(tmp_path: Path, text: str) -> None:
    from environs import Env

    from rugkompas.web.cds.clients import clients_from

    file = tmp_path / "clients.json"
    file.write_text(text)
    env = Env(prefix="RUGKOMPAS_")

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUGKOMPAS_CDS_CLIENTS", str(file))
        found, wrong = clients_from(env)

    assert found == {}
    assert "RUGKOMPAS_CDS_CLIENTS" in wrong[0]
