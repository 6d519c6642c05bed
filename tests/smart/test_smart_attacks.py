"""Somebody, or a record system, that does not keep to the rules: each time a page that says so,
never a fault of the site, never a question too few."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from going import asked_of, begin, comes_back, local, permits
from people import CALM
from record_server import RecordSystem, Twist
from test_smart_launch import takes, title_of
from two_records import condition, patient
from walks import load_answers, visit_of

from rugkompas.fhir import names
from rugkompas.web.smart import sealed, wire
from rugkompas.web.smart.servers import Server

STALE = "Deze stap werkt niet meer"
LAUNCH = "Deze link klopt niet"
REFUSED = "Het dossier gaf geen goed antwoord"
UNREACHABLE = "Het dossier is nu niet bereikbaar"
NOBODY = "Er is geen persoon gekozen"


def says(response: Any, title: str) -> bool:
    """The page says this, with the alarm signs and a way on without the record."""
    page = response.content.decode()
    assert title_of(response) == title
    assert "tel:112" in page
    assert 'href="/vragen/"' in page
    return bool(200 <= response.status_code < 500)


# Who may start


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize(
    "sent",
    [
        *({}, {"iss": "here"}, {"launch": "x"}, {"iss": "here", "launch": ""}),
        {"iss": "http://169.254.169.254/latest", "launch": "x"},
        {"iss": "https://evil.example/fhir", "launch": "x"},
        {"iss": "here/../fhir", "launch": "x"},
        {"iss": "here@evil.example", "launch": "x"},
        {"iss": "here.evil.example", "launch": "x"},
        {"iss": "here?x=1", "launch": "x"},
        {"iss": "here\r\nHost: x", "launch": "x"},
        {"iss": ["here", "https://evil.example/fhir"], "launch": "x"},
        {"iss": "here", "launch": ["x", "y"]},
        {"iss": "here", "launch": "x" * 4001},
        {"iss": "file:///etc/passwd", "launch": "x"},
    ],
)
def test_who_is_not_on_the_list_is_refused_before_any_connection(
    sent: dict[str, Any], client: Client, system: RecordSystem
) -> None:
    listed = {
        name: [one.replace("here", system.iss()) for one in (it if isinstance(it, list) else [it])]
        for name, it in sent.items()
    }

    response = client.get(f"/smart/launch?{urlencode(listed, doseq=True)}")

    assert says(response, LAUNCH)
    assert system.asked == []
    assert "launch" not in client.cookies
    assert "evil" not in response.content.decode()


@pytest.mark.parametrize("number", ["0", "5", "99999999999"])
def test_a_system_that_is_not_listed_cannot_be_chosen(
    number: str, client: Client, system: RecordSystem
) -> None:
    assert says(client.get(f"/smart/naar/{number}/"), LAUNCH)
    assert system.asked == []


# The way back


@pytest.mark.hazard("H-42", "H-51")
def test_a_state_that_is_not_of_this_browser_is_refused(
    client: Client, system: RecordSystem
) -> None:
    address = local(permits(begin(client), "anna"))
    state = asked_of(address)["state"]
    other = Client(HTTP_HOST="127.0.0.1")
    begin(other)

    for who, where in (
        (Client(HTTP_HOST="127.0.0.1"), address),
        (other, address),
        (client, address.replace(state, state[::-1])),
        (client, address.replace(state, "")),
        (client, address.replace(state, "é")),
        (client, f"{address}&state={state}"),
        (client, "/smart/terug/"),
    ):
        assert says(who.get(where), STALE)
    assert "POST /public/token" not in system.asked
    # Nothing of that ends the launch of who really is on their way.
    assert client.get(address).status_code == 200


@pytest.mark.hazard("H-51")
def test_a_way_back_is_used_once(client: Client, system: RecordSystem) -> None:
    address = local(permits(begin(client), "anna"))
    kept = client.cookies["launch"].value
    assert client.get(address).status_code == 200

    assert says(client.get(address), STALE)
    client.cookies["launch"] = kept
    assert says(client.get(address), STALE)
    assert system.asked.count("POST /public/token") == 1


@pytest.mark.hazard("H-51")
def test_another_process_is_held_by_the_record_system(client: Client, system: RecordSystem) -> None:
    address = local(permits(begin(client), "anna"))
    kept = client.cookies["launch"].value
    client.get(address)
    cache.clear()
    client.cookies["launch"] = kept

    assert says(client.get(address), REFUSED)


@pytest.mark.hazard("H-51")
def test_a_launch_does_not_wait_for_ever(
    client: Client, system: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = local(permits(begin(client), "anna"))
    later = time.time() + sealed.SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert says(client.get(address), STALE)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("name", ["launch", "record"])
def test_a_cookie_that_is_not_ours_opens_nothing(
    name: str, client: Client, system: RecordSystem
) -> None:
    comes_back(client)
    record = client.cookies["record"].value
    begin(client)
    swapped = {"launch": record, "record": client.cookies["launch"].value}
    for value in ("", "x", swapped[name], client.cookies[name].value[:-2] + "xx", "é"):
        client.cookies[name] = value
        where = "/smart/gegevens/" if name == "record" else "/smart/terug/?state=x&code=y"
        assert says(client.get(where), STALE)
        if name == "record":
            assert says(client.post(where), STALE)


@pytest.mark.hazard("H-51")
def test_a_stolen_code_is_worth_nothing_in_another_browser(
    client: Client, system: RecordSystem
) -> None:
    victims = asked_of(permits(begin(client), "anna"))["code"]
    thief = Client(HTTP_HOST="127.0.0.1")
    own = asked_of(begin(thief))

    back = thief.get("/smart/terug/", {"code": victims, "state": own["state"]})

    # PKCE: the record system holds the code to the verifier of who asked for it.
    assert says(back, REFUSED)
    assert "record" not in thief.cookies
    assert "GET /public/fhir/Patient/anna" not in system.asked


@pytest.mark.hazard("H-51")
def test_a_code_of_one_system_is_not_taken_to_another(client: Client, system: RecordSystem) -> None:
    code = asked_of(permits(begin(client, 1), "anna"))["code"]
    state = asked_of(begin(client, 2))["state"]

    assert says(client.get("/smart/terug/", {"code": code, "state": state}), REFUSED)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("always", [True, False])
@pytest.mark.parametrize("iss", ["", "https://evil.example", "twice"])
def test_an_answer_of_another_system_is_refused(
    iss: str, always: bool, client: Client, system: RecordSystem
) -> None:
    system.instead["configuration"] = replaced(
        authorization_response_iss_parameter_supported=always
    )
    address = local(permits(begin(client), "anna"))
    more = urlencode({"iss": iss}) if iss != "twice" else urlencode([("iss", system.iss())] * 2)

    assert says(client.get(f"{address}&{more}"), STALE)
    assert "POST /public/token" not in system.asked


@pytest.mark.parametrize("error", ["server_error", "<script>alert(1)</script>", ""])
def test_an_error_is_told_without_its_words(
    error: str, client: Client, system: RecordSystem
) -> None:
    state = asked_of(begin(client))["state"]

    back = client.get("/smart/terug/", {"error": error, "state": state, "error_description": "HI!"})

    assert says(back, REFUSED)
    assert "HI!" not in back.content.decode()
    assert "<script>alert" not in back.content.decode()
    assert not client.cookies["launch"].value


# What the record system says of itself


def replaced(**other: Any) -> Twist:
    """The same answer with these names changed; None takes one out."""

    def twist(_: Any, told: Any) -> Any:
        return {name: it for name, it in {**told, **other}.items() if it is not None}

    return twist


@pytest.mark.hazard("H-45", "H-51")
@pytest.mark.parametrize(
    "other",
    [
        {"token_endpoint": "https://evil.example/token"},
        {"token_endpoint": "http://169.254.169.254/"},
        {"token_endpoint": "http://localhost:1/token"},
        {"token_endpoint": "ftp://localhost/token"},
        {"token_endpoint": "javascript:alert(1)"},
        {"token_endpoint": None},
        {"token_endpoint": ["https://localhost/"]},
        {"token_endpoint": "http://[::1"},
        {"authorization_endpoint": "https://evil.example/authorize"},
        {"authorization_endpoint": "//evil.example/authorize"},
        {"authorization_endpoint": "http://x@localhost/"},
        {"authorization_endpoint": "here\r\nSet-Cookie: visit=x"},
        {"authorization_endpoint": "here#fragment"},
        {"authorization_endpoint": "here" + "x" * 2000},
        {"code_challenge_methods_supported": ["plain"]},
        {"code_challenge_methods_supported": None},
        {"code_challenge_methods_supported": "S256"},
    ],
)
def test_a_system_cannot_lead_elsewhere_or_do_without_pkce(
    other: dict[str, Any], client: Client, system: RecordSystem
) -> None:
    here = f"http://{system.host}/public/authorize"
    told = {
        name: it.replace("here", here) if isinstance(it, str) else it for name, it in other.items()
    }
    system.instead["configuration"] = replaced(**told)

    assert says(client.get("/smart/naar/1/"), REFUSED)
    assert "launch" not in client.cookies or not client.cookies["launch"].value


def test_an_endpoint_on_a_host_that_the_operator_names_is_used(
    client: Client, system: RecordSystem
) -> None:
    system.instead["configuration"] = replaced(
        authorization_endpoint="https://sign-in.example/go?tenant=1"
    )
    listed = Server(system.iss(), "x", "rug-public", hosts=("sign-in.example",))

    with override_settings(SMART_SERVERS=(listed,)):
        address = begin(client)

    assert address.startswith("https://sign-in.example/go?tenant=1&response_type=code")


# What goes wrong on the line


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
        cache.clear()
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


# What is in a token or a record


@pytest.mark.hazard("H-54")
@pytest.mark.parametrize(
    ("other", "title"),
    [
        ({"patient": None}, NOBODY),
        ({"patient": ""}, NOBODY),
        ({"patient": ".."}, NOBODY),
        ({"patient": "../Patient/bram"}, NOBODY),
        ({"patient": "a" * 65}, NOBODY),
        ({"patient": ["anna"]}, NOBODY),
        # The record of somebody else than the token is about.
        ({"patient": "bram"}, REFUSED),
        ({"access_token": None}, REFUSED),
        ({"access_token": "a\r\nX: y"}, REFUSED),
        ({"access_token": 7}, REFUSED),
        ({"access_token": "wrong"}, REFUSED),
        ({"token_type": "mac"}, REFUSED),
        ({"token_type": None}, REFUSED),
    ],
)
def test_a_token_that_is_not_right_reads_nothing(
    other: dict[str, Any], title: str, client: Client, system: RecordSystem
) -> None:
    system.instead["token"] = replaced(**other)

    assert says(comes_back(client), title)
    assert "record" not in client.cookies


@pytest.mark.hazard("H-54")
@pytest.mark.parametrize(
    "other",
    [
        {"id": "bram"},
        {"id": None},
        {"resourceType": "Person"},
        {"resourceType": None},
        {"modifierExtension": [{"url": "https://x.example"}]},
        {"implicitRules": "https://x.example"},
    ],
)
def test_another_person_or_one_that_fhir_forbids_to_read_is_refused(
    other: dict[str, Any], client: Client, system: RecordSystem
) -> None:
    system.instead["Patient"] = replaced(**other)

    assert says(comes_back(client), REFUSED)


WRONG: list[Any] = [None, 7, "x", [], {}, [None], [7], {"coding": 7}, {"coding": [7, None, {}]}]


@pytest.mark.hazard("H-25", "H-51")
@pytest.mark.parametrize("name", ["name", "birthDate", "gender", "deceasedBoolean", "extension"])
def test_wrong_types_in_a_person_are_no_fault(
    name: str, client: Client, system: RecordSystem
) -> None:
    for wrong in (*WRONG, [{"given": 7, "family": []}], [{"text": "\u202e<b>\n"}], "0000-00-00"):
        system.instead["Patient"] = replaced(**{name: wrong})
        assert comes_back(client).status_code == 200
        page = client.get("/smart/gegevens/")
        assert page.status_code == 200
        assert "<b>" not in page.content.decode()


@pytest.mark.hazard("H-25", "H-51")
@pytest.mark.parametrize("name", ["code", "clinicalStatus", "verificationStatus", "subject", "id"])
def test_wrong_types_in_a_list_say_nothing_about_a_person(
    name: str, client: Client, system: RecordSystem
) -> None:
    for wrong in WRONG:
        broken = {**condition("anna", names.CANCER), name: wrong}
        system.instead["Condition"] = listing(broken)
        assert comes_back(client).status_code == 200
        page = client.get("/smart/gegevens/")
        assert page.status_code == 200
        assert ('value="cancer"' in page.content.decode()) == (name == "id")


def listing(*resources: Any, **more: Any) -> Twist:
    """A bundle with these."""

    def twist(_: Any, __: Any) -> Any:
        entries = [{"resource": resource} for resource in resources]
        return {"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}

    return twist


@pytest.mark.hazard("H-54")
@pytest.mark.parametrize(
    "subject",
    [
        *("Patient/bram", "Patient/ann", "Patient/anna2", "anna", "Group/anna", "#anna"),
        "https://evil.example/fhir/Patient/anna",
    ],
)
def test_a_disease_of_somebody_else_is_not_used_and_told(
    subject: str, client: Client, system: RecordSystem
) -> None:
    theirs = {**condition("anna", names.CANCER), "subject": {"reference": subject}}
    system.instead["Condition"] = listing(theirs, condition("anna", names.ANEURYSM))
    comes_back(client)

    page = client.get("/smart/gegevens/").content.decode()

    assert 'value="cancer"' not in page
    assert 'value="known_aaa"' in page
    assert "Niet of niet helemaal gelezen: de lijst met ziekten." in page


@pytest.mark.hazard("H-25")
def test_one_disease_that_may_not_be_read_leaves_the_others(
    client: Client, system: RecordSystem
) -> None:
    hidden = {
        **condition("anna", names.CANCER),
        "modifierExtension": [{"url": "https://x.example"}],
    }
    outcome = {"resourceType": "OperationOutcome", "issue": []}
    whole = {"reference": f"{system.iss()}/Patient/anna/_history/3"}
    other = {**condition("anna", names.ANEURYSM), "subject": whole}
    system.instead["Condition"] = listing(hidden, outcome, other, None, 7)
    comes_back(client)

    page = client.get("/smart/gegevens/").content.decode()

    assert 'value="cancer"' not in page
    assert 'value="known_aaa"' in page
    assert "Niet of niet helemaal gelezen" in page


@pytest.mark.hazard("H-45")
@pytest.mark.parametrize(
    ("onward", "read"),
    [
        ("here/Condition?page=2&patient=anna&code=x|y", True),
        ("https://evil.example/fhir/Condition?page=2", False),
        ("here.evil.example/Condition", False),
        ("here@evil.example/", False),
        ("/Condition?page=2", False),
        # Another FHIR server on the same host would see the token.
        ("other/Condition?page=2", False),
    ],
)
def test_a_next_page_is_read_from_the_same_server_alone(
    onward: str, read: bool, client: Client, system: RecordSystem
) -> None:
    address = onward.replace("here", system.iss()).replace("other", system.iss("secret"))
    pages = [condition("anna", names.CANCER), condition("anna", names.ANEURYSM)]

    def twist(handler: Any, told: Any) -> Any:
        first = "page=2" not in handler.path
        links = [{"relation": "next", "url": address}] if first else []
        return listing(pages[0 if first else 1], link=links)(handler, told)

    system.instead["Condition"] = twist
    comes_back(client)
    page = client.get("/smart/gegevens/").content.decode()

    assert 'value="cancer"' in page
    assert ('value="known_aaa"' in page) == read
    assert ("de lijst met ziekten." in page) == (not read)
    assert system.asked.count("GET /public/fhir/Condition") == (2 if read else 1)
    assert "GET /secret/fhir/Condition" not in system.asked


@pytest.mark.hazard("H-51")
def test_pages_without_an_end_have_one(client: Client, system: RecordSystem) -> None:
    def endless(handler: Any, told: Any) -> Any:
        onward = {"relation": "next", "url": f"http://{system.host}{handler.path}"}
        return listing(link=[onward])(handler, told)

    system.instead["Condition"] = endless

    assert comes_back(client).status_code == 200
    assert system.asked.count("GET /public/fhir/Condition") == 5


@pytest.mark.hazard("H-54")
def test_what_cannot_be_true_beside_own_answers_changes_nothing(
    client: Client, system: RecordSystem
) -> None:
    """Pain for forty years, says the person; twenty-something years old, says the record."""
    load_answers(client, {"pain_duration_days": 40 * 365})
    system.instead["Patient"] = replaced(birthDate="2000-01-01")
    comes_back(client)

    response: Any = takes(client, "age_years", "sex")

    assert (response.status_code, title_of(response)) == (422, "Dit past niet bij uw antwoorden")
    assert 'href="/controle/"' in response.content.decode()
    assert visit_of(client).given == {"pain_duration_days": 40 * 365}
    # The page with what was found still opens: without the age it fits.
    assert takes(client, "sex").status_code == 302  # type: ignore[attr-defined]


@pytest.mark.parametrize("sent", [["nonsense"], ["age_years", "age_years"], ["__class__", ""], []])
def test_what_was_not_found_cannot_be_taken(
    sent: list[str], client: Client, system: RecordSystem
) -> None:
    comes_back(client)

    assert takes(client, *sent).status_code == 302  # type: ignore[attr-defined]
    assert set(visit_of(client).given) <= {"age_years"}


def test_a_record_beside_the_longest_visit_is_no_fault(
    client: Client, system: RecordSystem
) -> None:
    system.records["dora"] = (patient("dora", name=[{"text": "é" * 5000}]), [])
    assert comes_back(client, "dora").status_code == 200
    assert len(client.cookies["record"].value) < 4000
    load_answers(client, CALM)

    assert takes(client, "age_years").status_code == 302  # type: ignore[attr-defined]


@pytest.mark.hazard("H-45", "H-46")
def test_the_token_is_nowhere_when_the_record_was_read(
    client: Client, system: RecordSystem
) -> None:
    response = comes_back(client)
    (token,) = [it for it, code in system.tokens.items() if code.patient == "anna"][-1:]
    held = [response.content.decode(), str(response.headers), *map(str, cache._cache.values())]

    opened = sealed._keys("record").decrypt(client.cookies["record"].value.encode()).decode()
    assert token not in opened
    assert "Anna" in opened
    assert not [one for one in (*held, str(client.cookies)) if token in one]
    assert json.loads(opened)["answers"]["age_years"] > 60
