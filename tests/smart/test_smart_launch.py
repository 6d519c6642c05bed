"""Both launches as SMART App Launch 2.2 has them, against a record system that checks each rule."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from going import asked_of, begin, comes_back, local, permits, takes, title_of
from people import CALM
from record_server import RecordSystem
from walks import load_answers, visit_of

from rugkompas.web.smart.granting import challenge


def test_a_start_on_the_site_sends_exactly_what_the_specification_asks(
    client: Client, system: RecordSystem
) -> None:
    address = begin(client)
    asked = asked_of(address)

    assert address.startswith(f"http://{system.host}/public/authorize?")
    assert {name: it for name, it in asked.items() if name not in ("state", "code_challenge")} == {
        "response_type": "code",
        "client_id": "rug-public",
        "redirect_uri": "http://127.0.0.1/smart/terug/",
        "scope": "launch/patient patient/Patient.r patient/Condition.rs patient/Observation.rs",
        "aud": system.iss(),
        "code_challenge_method": "S256",
    }
    # 32 and 32 bytes: a state has at least 122 bits, a challenge is a SHA-256.
    assert len(asked["state"]) == len(asked["code_challenge"]) == 43


def test_a_start_by_the_record_system_gives_back_its_launch(
    client: Client, system: RecordSystem
) -> None:
    launch = system.launch("bram")

    response = client.get("/smart/launch", {"iss": system.iss(), "launch": launch})
    asked = asked_of(response.headers["Location"])

    assert asked["launch"] == launch
    assert asked["scope"].split()[0] == "launch"
    assert "launch/patient" not in asked["scope"]
    assert asked["aud"] == system.iss()


def test_no_two_starts_are_alike(client: Client, system: RecordSystem) -> None:
    first, second = (asked_of(begin(client)) for _ in range(2))

    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]


def test_the_challenge_is_that_of_the_example_in_rfc_7636() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.hazard("H-54")
@pytest.mark.parametrize("number", [1, 2, 3, 4], ids=["public", "secret", "key", "old scopes"])
def test_each_way_to_say_who_we_are_ends_in_the_interview(
    number: int, client: Client, system: RecordSystem
) -> None:
    back = comes_back(client, "anna", number)
    page = client.get("/smart/gegevens/").content.decode()

    assert back.status_code == 200
    assert 'http-equiv="refresh" content="0; url=/smart/gegevens/"' in back.content.decode()
    assert "Anna Bakker-Zilver" in page
    assert "5 maart 1961" in page
    steps = re.findall(r'name="take" value="([^"]+)"', page)
    assert set(steps) == {
        *("age_years", "sex", "cancer", "bone_risk", "pain_nrs", "person_facts.osteoporosis")
    }
    response = takes(client, *steps)
    visit = visit_of(client)
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert visit.given["cancer"] == "past"
    assert visit.given["pain_nrs"] == 7
    assert visit.given["person_facts"] == {"osteoporosis": "yes"}
    assert set(visit.recorded) == set(steps)


def test_a_system_that_names_itself_may_do_so(client: Client, system: RecordSystem) -> None:
    def named(_: object, told: dict[str, object]) -> dict[str, object]:
        return {
            **told,
            "issuer": "https://sign-in.example",
            "authorization_response_iss_parameter_supported": True,
        }

    system.instead["configuration"] = named
    address = local(permits(begin(client), "anna"))

    assert client.get(f"{address}&iss=https%3A%2F%2Fsign-in.example").status_code == 200


@pytest.mark.hazard("H-43", "H-54")
def test_nothing_counts_before_the_person_looked(client: Client, system: RecordSystem) -> None:
    comes_back(client)
    client.get("/smart/gegevens/")

    assert not visit_of(client)


@pytest.mark.hazard("H-54")
def test_what_is_not_ticked_is_asked(client: Client, system: RecordSystem) -> None:
    comes_back(client)

    takes(client, "age_years", "sex")

    assert set(visit_of(client).given) == {"age_years", "sex"}
    assert client.get("/smart/gegevens/").status_code == 422


@pytest.mark.hazard("H-54")
def test_going_on_without_the_record_takes_nothing(client: Client, system: RecordSystem) -> None:
    comes_back(client)

    client.post("/smart/gegevens/", {"take": ["age_years"], "leave": "1"})

    assert not visit_of(client)
    assert not client.cookies["record"].value


@pytest.mark.hazard("H-06")
def test_own_answers_stay_but_for_what_is_more_urgent(client: Client, system: RecordSystem) -> None:
    load_answers(client, {**CALM, "pain_nrs": 3})
    comes_back(client)

    response = takes(
        client,
        *("age_years", "sex", "cancer", "bone_risk", "pain_nrs", "person_facts.osteoporosis"),
    )

    given, recorded = visit_of(client).given, visit_of(client).recorded
    assert response.headers["Location"] == "/controle/"  # type: ignore[attr-defined]
    assert (given["age_years"], given["pain_nrs"]) == (40, 3)
    assert (given["cancer"], given["bone_risk"]) == ("past", "yes")
    assert set(recorded) == {"cancer", "bone_risk", "person_facts.osteoporosis"}
    marked = client.get("/controle/").content.decode()
    assert marked.count("(Uit uw dossier)") == 2


@pytest.mark.hazard("H-23", "H-54")
def test_the_record_of_the_next_patient_does_not_mix_with_answers_of_the_one_before(
    client: Client, system: RecordSystem
) -> None:
    load_answers(client, {**CALM, "sex": "male", "pain_nrs": 9})
    comes_back(client)

    page = client.get("/smart/gegevens/").content.decode()
    client.post("/smart/gegevens/", {"take": ["age_years", "cancer"], "anew": "1"})

    assert "In deze browser staan al antwoorden." in page
    assert set(visit_of(client).given) == {"age_years", "cancer"}


def test_an_answer_that_the_person_changes_is_theirs(client: Client, system: RecordSystem) -> None:
    comes_back(client)
    takes(client, "age_years", "sex")

    same = client.get("/vragen/1/").content.decode()
    client.post("/vragen/1/", {"page": "age_years", "answer": "50"})

    assert "Dit antwoord staat in uw dossier" in same
    assert visit_of(client).recorded == ("sex",)
    assert "Dit antwoord staat in uw dossier" not in client.get("/vragen/1/").content.decode()
    client.post("/vragen/2/", {"page": "sex", "answer": "female"})
    assert visit_of(client).recorded == ("sex",)


def test_a_fact_of_the_record_stands_filled_in_when_its_page_comes(
    client: Client, system: RecordSystem
) -> None:
    load_answers(client, {**CALM, "age_years": 65})
    comes_back(client)
    takes(client, "person_facts.osteoporosis")

    visit = visit_of(client)

    assert visit.more["person_facts"] == {"osteoporosis": "yes"}
    assert visit.given["person_facts"] == {"osteoporosis": "yes"}


@pytest.mark.hazard("H-23", "H-54")
def test_a_record_with_nothing_does_not_leave_the_next_patient_with_other_answers(
    client: Client, system: RecordSystem
) -> None:
    system.records["carl"] = ({"resourceType": "Patient", "id": "carl"}, [])
    load_answers(client, CALM)
    comes_back(client, "carl")

    page = client.get("/smart/gegevens/").content.decode()
    response = client.post("/smart/gegevens/", {"anew": "1"})

    assert "In deze browser staan al antwoorden." in page
    assert response.headers["Location"] == "/vragen/1/"
    assert not visit_of(client)


def test_a_record_with_nothing_for_us_says_so(client: Client, system: RecordSystem) -> None:
    system.records["carl"] = ({"resourceType": "Patient", "id": "carl"}, [])
    comes_back(client, "carl")

    page = client.get("/smart/gegevens/").content.decode()

    assert "niets dat wij kunnen overnemen" in page
    assert 'name="take"' not in page
    assert client.post("/smart/gegevens/", {"leave": "1"}).headers["Location"] == "/vragen/"


@pytest.mark.hazard("H-54")
def test_a_record_that_does_not_say_whose_it_is_asks_to_be_sure(
    client: Client, system: RecordSystem
) -> None:
    system.records["dirk"] = ({"resourceType": "Patient", "id": "dirk", "gender": "male"}, [])
    comes_back(client, "dirk")

    page = client.get("/smart/gegevens/").content.decode()

    assert "In het dossier staat niet van wie het is." in page
    assert 'value="sex"' in page


def test_only_what_can_be_used_is_asked_for(client: Client, system: RecordSystem) -> None:
    comes_back(client)

    assert system.asked == [
        "GET /public/fhir/.well-known/smart-configuration",
        "GET /public/authorize",
        "POST /public/decide",
        "POST /public/token",
        "GET /public/fhir/Patient/anna",
        "GET /public/fhir/Condition",
        "GET /public/fhir/Observation",
    ]


def test_no_permission_is_fine(client: Client, system: RecordSystem) -> None:
    response = comes_back(client, "")

    assert response.status_code == 200
    assert title_of(response) == "U gaf geen toestemming"
    assert "<b>no</b>" not in response.content.decode()
    assert "POST /public/token" not in system.asked


def test_the_page_to_choose_names_each_system_and_what_is_read(
    client: Client, system: RecordSystem
) -> None:
    page = client.get("/smart/").content.decode()

    assert page.count("Naar Huisartsen De Linde") == 4
    assert 'href="/smart/naar/4/"' in page
    assert 'href="/smart/"' in client.get("/").content.decode()
    assert "Huisartsen De Linde (public)" in client.get("/privacy/").content.decode()


def test_a_site_without_record_systems_does_not_speak_of_them(client: Client) -> None:
    assert 'href="/smart/"' not in client.get("/").content.decode()
    assert "dossier bij een zorgverlener" not in client.get("/privacy/").content.decode()
    assert client.get("/smart/").status_code == 404
    launch = client.get("/smart/launch", {"iss": "https://record.example/fhir", "launch": "x"})
    assert (launch.status_code, title_of(launch)) == (404, "Hier is geen dossier mee verbonden")
