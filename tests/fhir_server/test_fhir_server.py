"""The FHIR server: its statement is true, what it sends is valid, what it refuses is FHIR too."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from r4_types import TYPES
from records import DESK, PATIENT, Got, places, replaced, response, send, with_
from server import Served, served
from valid import problems

from rugkompas.assess import assess
from rugkompas.catalogue import load
from rugkompas.fhir import names
from rugkompas.fhir.answers import answers_from

MEDIA = "application/fhir+json"
FORM = "application/x-www-form-urlencoded"
APPLY = "PlanDefinition/$apply"
POPULATE = "Questionnaire/$populate"
RECORD = Path(__file__).parents[2] / "docs/examples/record.json"
EMERGENCY = {**DESK, "bladder_change": "new_or_changed"}
SUBJECT = {"reference": "Patient/123"}


def ask(site: Served, path: str, sent: Any = None, **more: Any) -> Got:
    if sent is not None:
        more.setdefault("Content_Type", MEDIA)
    got = send(f"{site.address}/fhir/{path}", sent, **more)
    assert got.headers["Content-Type"] == MEDIA
    return got


def statement(site: Served) -> Any:
    return ask(site, "metadata").data


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_statement_is_valid(site: Served, language: str) -> None:
    got = ask(site, "metadata", Accept_Language=language)

    assert problems(got.data) == []
    assert got.data["implementation"]["url"] == f"{site.address}/fhir"
    assert got.data["language"] == language


def test_all_that_the_statement_names_is_served(site: Served) -> None:
    (rest,) = statement(site)["rest"]

    for resource in rest["resource"]:
        type_ = resource["type"]
        codes = {it["code"] for it in resource.get("interaction", ())}
        if codes:
            assert codes == {"read", "search-type"}
            found = ask(site, type_).data
            assert found["total"] == len(found["entry"]) > 0
            for entry in found["entry"]:
                one = entry["resource"]
                assert ask(site, f"{type_}/{one['id']}").data == one
                if "url" in one:
                    by_url = ask(site, f"{type_}?url={quote(one['url'], safe='')}").data
                    assert [it["resource"]["id"] for it in by_url["entry"]] == [one["id"]]
        for operation in resource.get("operation", ()):
            got = ask(site, f"{type_}/${operation['name']}", {"resourceType": "Basic"})
            assert got.status == 422


def test_what_the_statement_does_not_name_is_not_served(site: Served) -> None:
    (rest,) = statement(site)["rest"]
    readable = {it["type"] for it in rest["resource"] if "interaction" in it}

    for type_ in sorted(TYPES - readable):
        assert ask(site, type_).status == 404
    for type_ in sorted(TYPES):
        for name in ("validate", "assess", "populate", "apply", "everything"):
            named = {it["type"]: it.get("operation", ()) for it in rest["resource"]}
            if name not in {it["name"] for it in named.get(type_, ())}:
                assert ask(site, f"{type_}/${name}", {}).status == 404


def test_own_definitions_of_operations_are_there(site: Served) -> None:
    (rest,) = statement(site)["rest"]
    own = [
        operation["definition"]
        for it in rest["resource"]
        for operation in it.get("operation", ())
        if operation["definition"].startswith(names.BASE)
    ]

    assert own
    for address in own:
        assert address.partition("|")[2] == load().version
        assert (
            ask(site, f"OperationDefinition?url={quote(address + '0', safe='')}").data["total"] == 0
        )
        assert ask(site, f"OperationDefinition?url={quote(address, safe='')}").data["total"] == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_definition_is_valid(site: Served, language: str) -> None:
    types = {"Questionnaire", "PlanDefinition", "ActivityDefinition", "CodeSystem", "ValueSet"}
    for type_ in sorted(types | {"StructureDefinition", "OperationDefinition"}):
        found = ask(site, type_, Accept_Language=language).data
        assert problems(found) == []
        spoken = {it["resource"].get("language", language) for it in found["entry"]}
        assert spoken == {language}


def test_a_search_without_a_hit_is_an_empty_bundle(site: Served) -> None:
    found = ask(site, "Questionnaire?url=https://elsewhere.example/q&name=x").data

    assert problems(found) == []
    assert found["total"] == 0
    assert found["link"][0]["url"].endswith("Questionnaire?url=https%3A%2F%2Felsewhere.example%2Fq")


def test_a_search_may_be_a_form(site: Served) -> None:
    wanted = urlencode({"url": f"{names.INTAKE}|{load().version}"})

    found = ask(site, "Questionnaire/_search", wanted.encode(), Content_Type=FORM).data

    assert problems(found) == []
    assert found["entry"] == ask(site, f"Questionnaire?{wanted}").data["entry"]


def test_a_search_takes_what_people_write(site: Served) -> None:
    two = ask(site, "CodeSystem?_id=answers,none,options").data
    # As it stands in a resource: in an address this plus is a space.
    plus = ask(site, f"Questionnaire?version={load().version}&_id=intake").data

    assert {it["resource"]["id"] for it in two["entry"]} == {"answers", "options"}
    assert plus["total"] == 1


def test_the_base_address_answers_in_fhir_too(site: Served) -> None:
    for sent in (None, {"resourceType": "Bundle", "type": "batch"}):
        got = send(f"{site.address}/fhir", sent, Content_Type=MEDIA)
        assert got.status == 404
        assert outcome(got)["code"] == "not-found"


def test_a_version_of_fhir_may_be_named(site: Served) -> None:
    media = f"{MEDIA}; fhirVersion=4.0"

    assert ask(site, POPULATE, PATIENT, Accept=media, Content_Type=media).status == 200


def test_populate_fills_in_what_a_record_surely_says(site: Served) -> None:
    record = json.loads(RECORD.read_text("utf-8"))
    bare = ask(site, "Questionnaire/$populate", record)
    within = {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "subject", "valueReference": SUBJECT},
            {"name": "context", "resource": record},
        ],
    }

    assert bare.status == 200
    assert problems(bare.data) == []
    assert ask(site, "Questionnaire/intake/$populate", within).data == bare.data
    (parameter,) = bare.data["parameter"]
    assert parameter["name"] == "response"
    answers = answers_from(parameter["resource"], load()).answers
    assert {"age_years", "sex"} <= set(answers)
    alone = ask(site, "Questionnaire/$populate", PATIENT)
    assert set(answers_from(alone.data["parameter"][0]["resource"], load()).answers) == {
        *("age_years", "sex")
    }


@pytest.mark.parametrize("answers", [DESK, EMERGENCY, {}], ids=["desk", "emergency", "nothing"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_assess_gives_what_the_library_gives(
    site: Served, answers: dict[str, Any], language: str
) -> None:
    sent = response(answers) | {"subject": SUBJECT}

    got = ask(site, "QuestionnaireResponse/$assess", sent, Accept_Language=language)

    assert got.status == 200
    assert problems(got.data) == []
    assert got.data["type"] == "collection"
    found = assess(answers).triage
    (urgency,) = [
        it["resource"]["valueCodeableConcept"]["coding"][0]["code"]
        for it in got.data["entry"]
        if it["resource"]["resourceType"] == "Observation"
        and it["resource"]["code"]["coding"][0]["code"] == "urgency"
    ]
    assert urgency == f"urgency.{found.urgency}"
    subjects = {json.dumps(it["resource"].get("subject")) for it in got.data["entry"]}
    assert json.dumps(SUBJECT) in subjects


def test_apply_gives_a_care_plan(site: Served) -> None:
    sent = response(DESK)
    within = {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "subject", "valueString": "Patient/123"},
            {"name": "response", "resource": sent},
        ],
    }

    made = ask(site, "PlanDefinition/low-back-pain/$apply", within)
    bare = ask(site, "PlanDefinition/$apply", sent | {"subject": SUBJECT})

    for got in (made, bare):
        assert got.status == 200
        assert problems(got.data) == []
        assert got.data["resourceType"] == "CarePlan"
        assert got.data["subject"] == SUBJECT
    assert ask(site, "PlanDefinition/$apply", sent).status == 422
    assert ask(site, "PlanDefinition/other/$apply", within).status == 404
    hostile = sent | {"subject": {"reference": "javascript:alert(1)"}}
    assert ask(site, "PlanDefinition/$apply", hostile).status == 422


def parameters(*given: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Parameters", "parameter": list(given)}


ANSWERS = {"name": "response", "resource": response(DESK)}


@pytest.mark.hazard("H-54")
@pytest.mark.parametrize(
    ("path", "sent", "where"),
    [
        (
            APPLY,
            parameters(
                {"name": "subject", "valueString": "Patient/9"},
                {"name": "response", "resource": response(DESK) | {"subject": SUBJECT}},
            ),
            "Parameters.parameter[0].value",
        ),
        (
            POPULATE,
            parameters(
                {"name": "subject", "valueReference": {"reference": "Patient/9"}},
                {"name": "context", "resource": PATIENT},
            ),
            "Parameters.parameter[0].value.reference",
        ),
    ],
)
def test_what_is_of_one_person_is_not_made_into_anothers(
    site: Served, path: str, sent: Any, where: str
) -> None:
    got = ask(site, path, sent)

    assert got.status == 422
    issue = outcome(got)
    assert (issue["code"], issue["expression"]) == ("business-rule", [where])


def test_a_plan_is_for_whom_the_sender_names(site: Served) -> None:
    for value in (
        {"valueReference": SUBJECT},
        {"valueString": "Patient/123"},
        {"valueUri": "Patient/123/_history/2"},
    ):
        got = ask(site, APPLY, parameters(ANSWERS, {"name": "subject"} | value))
        assert got.data["subject"] == SUBJECT
    for other in ("Organization/1", "#p", "x"):
        sent = response(DESK) | {"subject": {"reference": other}}
        for path in (APPLY, "QuestionnaireResponse/$assess"):
            assert outcome(ask(site, path, sent))["expression"] == [
                "QuestionnaireResponse.subject.reference"
            ]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        (APPLY, {"name": "planDefinition", "valueCanonical": "https://elsewhere.example/plan"}),
        (POPULATE, {"name": "canonical", "valueUri": "https://elsewhere.example/questions|1"}),
        (
            POPULATE,
            {
                "name": "questionnaire",
                "resource": {"resourceType": "Questionnaire", "url": "https://elsewhere.example/q"},
            },
        ),
    ],
)
def test_another_definition_than_ours_is_not_passed_over(
    site: Served, path: str, parameter: dict[str, Any]
) -> None:
    subject = {"name": "subject", "valueString": "Patient/1288992"}
    sent = parameters(subject, ANSWERS, {"name": "context", "resource": PATIENT}, parameter)

    assert outcome(ask(site, path, sent))["expression"] == ["Parameters.parameter[3]"]
    for ours in (names.GUIDELINE, names.INTAKE):
        if (ours == names.GUIDELINE) == (path == APPLY):
            sent["parameter"][3] = {"name": parameter["name"], "valueUri": ours}
            assert ask(site, path, sent).status == 200


def test_a_plan_of_what_does_not_fit_is_refused_at_its_place(site: Served) -> None:
    sent = response({**DESK, "picks": ["opioids"]}) | {"subject": SUBJECT}

    issue = outcome(ask(site, "QuestionnaireResponse/$assess", sent))

    (path,) = issue["expression"]
    part, item = (int(place.partition("]")[0]) for place in path.split("item[")[1:])
    assert sent["item"][part]["item"][item]["linkId"] == "picks"


OPERATIONS = (
    "Questionnaire/$populate",
    "QuestionnaireResponse/$assess",
    "PlanDefinition/low-back-pain/$apply",
)


def outcome(got: Got) -> dict[str, Any]:
    """What was refused, held to be a valid OperationOutcome with a text."""
    assert got.headers["Content-Type"] == MEDIA
    assert problems(got.data) == []
    assert got.data["resourceType"] == "OperationOutcome"
    assert all(issue["details"]["text"] for issue in got.data["issue"])
    return dict(got.data["issue"][0])


@pytest.mark.parametrize(
    ("path", "sent", "more", "status", "code"),
    [
        ("Nothing", None, {}, 404, "not-found"),
        ("Questionnaire/none", None, {}, 404, "not-found"),
        ("a/b/c/d", None, {}, 404, "not-found"),
        ("Questionnaire/$none", {}, {}, 404, "not-found"),
        ("metadata", None, {"method": "DELETE"}, 405, "not-supported"),
        ("Questionnaire", {}, {}, 405, "not-supported"),
        ("Questionnaire/intake", {}, {"method": "PUT"}, 405, "not-supported"),
        ("Questionnaire/$populate", None, {}, 405, "not-supported"),
        ("metadata", None, {"Accept": "application/fhir+xml"}, 406, "not-supported"),
        ("metadata?_format=xml", None, {}, 406, "not-supported"),
        ("metadata", None, {"Accept": "application/json;q=0, text/xml"}, 406, "not-supported"),
        ("metadata", None, {"Accept": f"{MEDIA}; fhirVersion=3.0"}, 406, "not-supported"),
        (POPULATE, {}, {"Content_Type": f"{MEDIA}; fhirVersion=5.0"}, 415, "not-supported"),
        ("Questionnaire/_search", {}, {}, 415, "not-supported"),
        ("Patient/_search", b"", {"Content_Type": FORM}, 404, "not-found"),
        ("Questionnaire/$populate", b"x", {"Content_Type": "text/plain"}, 415, "not-supported"),
        ("Questionnaire/$populate", b"{", {}, 422, "invalid"),
        ("QuestionnaireResponse/$assess", {"resourceType": "Patient"}, {}, 422, "structure"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_refusal_is_an_outcome(
    site: Served, path: str, sent: Any, more: dict[str, Any], status: int, code: str, language: str
) -> None:
    got = ask(site, path, sent, Accept_Language=language, **more)

    assert got.status == status
    assert outcome(got)["code"] == code
    if status == 405:
        assert got.headers["Allow"]


@pytest.mark.parametrize("format_", ["json", "application/fhir+json", "application/json"])
def test_json_can_be_asked_for(site: Served, format_: str) -> None:
    assert ask(site, f"metadata?_format={format_}").status == 200
    assert (
        ask(site, "metadata", Accept=f"text/html, {format_};q=0.9").status
        == (406 if format_ == "json" else 200)
        or format_ == "json"
    )


def test_ten_megabytes_are_refused_before_they_are_read(site: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.putrequest("POST", "/fhir/QuestionnaireResponse/$assess")
    connection.putheader("Content-Type", MEDIA)
    connection.putheader("Content-Length", str(10_000_000))
    connection.endheaders()

    answer = connection.getresponse()

    assert answer.status == 413
    assert json.load(answer)["issue"][0]["code"] == "too-long"
    connection.close()


ITEM = '{"resourceType": "QuestionnaireResponse", "status": "completed", "item": '
HOSTILE = {
    "a name twice": b'{"resourceType": "Patient", "resourceType": "QuestionnaireResponse"}',
    "not a number": f"{ITEM}NaN}}".encode(),
    "beyond numbers": (
        ITEM + '[{"linkId": "age_years", "answer": [{"valueInteger": 1e999}]}]}'
    ).encode(),
    "half a character": f'{ITEM}[{{"linkId": "\\ud800"}}]}}'.encode(),
    "not UTF-8": b'{"resourceType": "\xff"}',
    "too deep": f"{ITEM}{'[' * 50_000}{']' * 50_000}}}".encode(),
    "deep items": (ITEM + '[{"linkId": "a", "item": ' * 300 + "[]" + "}]" * 300 + "}").encode(),
    "broken": b'{"resourceType": ',
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "many names": json.dumps({f"x{n}": 1 for n in range(5000)}).encode(),
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("path", OPERATIONS)
def test_a_hostile_body_is_refused_with_its_reason(site: Served, path: str, what: str) -> None:
    got = ask(site, path, HOSTILE[what])

    assert got.status == 422
    outcome(got)


@pytest.mark.parametrize("path", OPERATIONS)
@pytest.mark.parametrize("changed", ["modifierExtension", "implicitRules"])
def test_what_changes_the_meaning_is_refused(site: Served, path: str, changed: str) -> None:
    value: Any = [{"url": "http://x.example", "valueBoolean": True}]
    more = {changed: value if changed == "modifierExtension" else "http://x.example"}
    sent = (PATIENT if "populate" in path else response(DESK) | {"subject": SUBJECT}) | more

    got = ask(site, path, sent)

    assert got.status == 422
    assert outcome(got)["code"] == "not-supported"


VALUES: list[Any] = [
    *(None, True, 0, -1, 1e308, 10**15, "", "x" * 5000, [], {}, [None], [[]], [{}]),
    *({"coding": 1}, {"reference": 4}, {"value": 1e308}, [{"linkId": "age_years", "answer": 4}]),
    [{"linkId": "age_years", "answer": [{"valueInteger": 40}, {"valueInteger": 41}]}],
]


def test_no_value_anywhere_in_a_resource_makes_it_our_fault(site: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    record = json.loads(RECORD.read_text("utf-8"))
    short = {"age_years": 40, "pain_nrs": 3, "activities": [{"name": "tillen", "now_0_10": 3}]}
    tried = 0
    for path, whole in (
        (OPERATIONS[0], record),
        (OPERATIONS[2], response(short) | {"subject": SUBJECT}),
    ):
        for place in places(whole):
            for value in VALUES[tried % 4 :: 4]:
                tried += 1
                status = posted(connection, path, replaced(whole, place, value))
                assert status in (200, 422), (place, value)
    connection.close()
    assert tried > 200


def posted(connection: http.client.HTTPConnection, path: str, sent: Any) -> int:
    connection.request("POST", f"/fhir/{path}", json.dumps(sent), {"Content-Type": MEDIA})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_any_page_may_call_it_and_it_sets_no_cookie(site: Served) -> None:
    for got in (ask(site, "metadata"), ask(site, "Nothing"), ask(site, OPERATIONS[0], PATIENT)):
        assert got.headers["Access-Control-Allow-Origin"] == "*"
        assert got.headers["Cache-Control"] == "no-store"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in got.headers
    before = send(f"{site.address}/fhir/{OPERATIONS[0]}", method="OPTIONS")
    assert before.status == 204


@pytest.mark.parametrize(
    "profile",
    [
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient",
        f"{names.PAIN_PROFILE}|0",
        "x" * 5000,
        "\u202e<script>",
        4,
        {"a": []},
    ],
)
def test_a_profile_that_the_sender_claims_changes_nothing(site: Served, profile: Any) -> None:
    sent = response(DESK) | {"subject": SUBJECT}
    claimed = sent | {"meta": {"profile": [profile]}}

    plain, other = (ask(site, OPERATIONS[2], one) for one in (sent, claimed))

    assert (other.status, other.data["activity"]) == (200, plain.data["activity"])
    assert not isinstance(profile, str) or profile not in other.body.decode()


@pytest.mark.hazard("H-46")
def test_what_was_sent_is_in_no_error_and_nowhere_on_disk(site: Served) -> None:
    planted = "plantedwordofaperson"
    answers = {**DESK, "cannot": {"yoga": planted}}

    good = ask(site, OPERATIONS[1], response(answers))
    refused = ask(site, OPERATIONS[1], response(answers) | {"status": planted})
    ask(site, OPERATIONS[0], with_(PATIENT, name=[{"text": planted}]))

    assert good.status == 200
    assert refused.status == 422
    assert planted.encode() not in refused.body
    written = site.everything_written()
    assert [name for name, data in written.items() if planted.encode() in data] == []


def test_too_many_requests_are_an_outcome(cache: str, tmp_path: Path) -> None:
    with served(
        tmp_path,
        RUGKOMPAS_REQUESTS_A_MINUTE="1",
        XDG_CACHE_HOME=cache,
    ) as running:
        # The minute of the limit may turn once between three of them.
        got = max((ask(running, "Nothing") for _ in range(3)), key=lambda it: it.status)

    assert got.status == 429
    assert got.headers["Retry-After"]
    assert outcome(got)["code"] == "throttled"
