"""A token or a record that is not what it should be: it says nothing about a person, and what was
not read is told."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from going import (
    NOBODY,
    REFUSED,
    comes_back,
    listing,
    local,
    permits,
    replaced,
    says,
    takes,
    title_of,
)
from people import CALM
from record_server import RecordSystem
from two_records import condition, patient
from walks import load_answers, visit_of

from rugkompas.fhir import names
from rugkompas.web.smart import sealed


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


def only_the_second_is_found(client: Client) -> None:
    """Of a cancer and an aneurysm in the record, and that something was not read is told."""
    comes_back(client)
    page = client.get("/smart/gegevens/").content.decode()
    assert 'value="cancer"' not in page
    assert 'value="known_aaa"' in page
    assert "Niet of niet helemaal gelezen: de lijst met ziekten." in page


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

    only_the_second_is_found(client)


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

    only_the_second_is_found(client)


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
    here = map(str, caches["process"]._cache.values())
    held = [response.content.decode(), str(response.headers), *here]

    opened = sealed._keys("record").decrypt(client.cookies["record"].value.encode()).decode()
    assert token not in opened
    assert "Anna" in opened
    assert not [one for one in (*held, str(client.cookies)) if token in one]
    assert json.loads(opened)["answers"]["age_years"] > 60


SPOILS = (None, 0, 1e308, True, "", "Patient/anna", "9999-99-99", [], {}, [None], {"coding": [{}]})


def spoiled(value: Any, draw: random.Random) -> Any:
    """The same with one place in it, at any depth, taken out or made something else."""
    if not isinstance(value, dict | list) or not value or draw.random() < 0.2:
        return draw.choice(SPOILS)
    place = draw.choice(list(value) if isinstance(value, dict) else range(len(value)))
    if isinstance(value, dict) and draw.random() < 0.2:
        return {name: it for name, it in value.items() if name != place}
    made = dict(value) if isinstance(value, dict) else list(value)
    made[place] = spoiled(value[place], draw)
    return made


@pytest.mark.hazard("H-35", "H-51")
@pytest.mark.parametrize("name", ["configuration", "token", "Patient", "Condition", "Observation"])
def test_whatever_a_record_system_says_is_a_page(
    name: str, client: Client, system: RecordSystem
) -> None:
    draw = random.Random(name)

    def twist(handler: Any, told: Any) -> None:
        handler.write(200, json.dumps(spoiled(told, draw)).encode())

    for _ in range(30):
        system.reset()
        caches["process"].clear()
        client.cookies.clear()
        system.instead[name] = twist
        response = client.get("/smart/naar/1/")
        if name != "configuration":
            response = client.get(local(permits(response.headers["Location"], "anna")))
        assert response.status_code in (200, 302, 424)
        if "record" in client.cookies:
            page = client.get("/smart/gegevens/").content.decode()
            steps = re.findall(r'name="take" value="([^"]+)"', page)
            assert client.post("/smart/gegevens/", {"take": steps}).status_code == 302
