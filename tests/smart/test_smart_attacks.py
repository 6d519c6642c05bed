"""Somebody, or a record system, that does not keep to the rules: each time a page that says so,
never a fault of the site, never a question too few."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from going import (
    LAUNCH,
    REFUSED,
    STALE,
    asked_of,
    begin,
    comes_back,
    local,
    permits,
    replaced,
    says,
    title_of,
)
from record_server import RecordSystem

from rugkompas.web.models import Tally
from rugkompas.web.smart import sealed
from rugkompas.web.smart.servers import Server

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
def test_a_way_back_that_is_not_told_to_be_new_reads_nothing(
    client: Client, system: RecordSystem
) -> None:
    address = local(permits(begin(client), "anna"))
    database = str(settings.DATABASES["default"]["NAME"])

    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        with connections["tallies"].cursor() as ours:
            ours.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        locked = client.get(address)
        other.execute("ROLLBACK")
    connections["tallies"].close()

    assert (locked.status_code, title_of(locked)) == (503, "Er ging bij ons iets mis")
    assert 'href="/vragen/"' in locked.content.decode()
    assert "POST /public/token" not in system.asked
    # Nothing was used up: a minute later the same step works.
    assert client.get(address).status_code == 200


@pytest.mark.hazard("H-51")
def test_what_we_forgot_is_held_by_the_record_system(client: Client, system: RecordSystem) -> None:
    address = local(permits(begin(client), "anna"))
    kept = client.cookies["launch"].value
    client.get(address)
    Tally.objects.all().delete()
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
