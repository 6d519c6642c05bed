"""The API gives what the library gives, refuses in one shape and keeps nothing."""

from __future__ import annotations

import http.client
import json
import re
import socket
import urllib.error
import urllib.request
from typing import Any

import pytest
from asking import ask
from people import AUTHOR, CALM
from server import Served

from rugkompas.assess import assess
from rugkompas.assess.plan import plan
from rugkompas.assess.prognosis import prognosis
from rugkompas.catalogue import load
from rugkompas.outputs.data import as_data
from rugkompas.outputs.plan_report import plan_data
from rugkompas.outputs.prognosis_report import prognosis_data
from rugkompas.outputs.report import report
from rugkompas.outputs.sentences import contact_words
from rugkompas.people import made_up

EMERGENCY = {**CALM, "bladder_change": "new_or_changed"}


@pytest.mark.parametrize("who", [AUTHOR, CALM, EMERGENCY, {}])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_assess_gives_what_the_library_gives(
    site: Served, who: dict[str, Any], language: str
) -> None:
    got = ask(site, f"/assess?language={language}", who)

    assert got.status == 200
    assert got.data == json.loads(json.dumps(as_data(assess(who), language)))


def test_made_up_people_get_the_same(site: Served) -> None:
    for one in made_up.people(40, 7, load()):
        assert ask(site, "/assess", one).data["triage"] == as_data(assess(one), "nl")["triage"]


def test_a_plan_is_that_of_the_library(site: Served) -> None:
    got = ask(site, "/plan", AUTHOR)

    assert got.data["plan"] == json.loads(json.dumps(plan_data(plan(assess(AUTHOR)))))


def test_a_prognosis_is_that_of_the_library(site: Served) -> None:
    got = ask(site, "/prognosis", AUTHOR)

    assert got.data == json.loads(json.dumps(prognosis_data(prognosis(AUTHOR), "nl")))
    assert ask(site, "/prognosis", EMERGENCY).data["call_first"]


@pytest.mark.hazard("H-19")
def test_an_emergency_offers_nothing_and_says_whom_to_call(site: Served) -> None:
    got = ask(site, "/options", EMERGENCY)

    assert got.data["options"]["offered"] == []
    assert got.data["triage"]["contact"]["id"] == assess(EMERGENCY).triage.contacts[0]


def test_following_what_is_asked_next_reaches_a_complete_assessment(site: Served) -> None:
    answers: dict[str, Any] = {}
    asked = []
    while page := _next(site, answers):
        for question in page["questions"]:
            asked.append(question["id"])
            _fill(answers, question, AUTHOR)
        assert len(asked) < 200
    assert len(asked) == len(set(asked))

    assert ask(site, "/assess", answers).data["triage"]["complete"]


def _next(site: Served, answers: dict[str, Any]) -> Any:
    got = ask(site, "/next", {"answers": answers, "life": True})
    assert got.status == 200, got.data
    return got.data["page"]


def _fill(answers: dict[str, Any], question: dict[str, Any], person: dict[str, Any]) -> None:
    """The person's answer, or the calmest that can be chosen."""
    name, _, part = question["id"].partition(".")
    calm: Any = [] if question["kind"] in ("several", "activities") else question.get("low")
    if question["kind"] == "one":
        values = [choice["value"] for choice in question["choices"]]
        calm = next(value for value in ("none", "no", values[0]) if value in values)
    own = person.get(name)
    if part:
        own = own.get(part) if isinstance(own, dict) else None
    answer = calm if own is None or isinstance(own, list) else own
    if part:
        answers.setdefault(name, {})[part] = answer
    else:
        answers[name] = answer


def test_what_was_passed_over_is_not_asked_again(site: Served) -> None:
    first = ask(site, "/next", {}).data["page"]["id"]

    assert ask(site, "/next", {"passed": [first]}).data["page"]["id"] != first


def test_at_an_emergency_nothing_more_is_asked(site: Served) -> None:
    assert ask(site, "/next", {"answers": EMERGENCY, "life": True}).data["page"] is None


def test_every_answer_that_the_rules_know_can_be_chosen(site: Served) -> None:
    answers: dict[str, Any] = {}
    held = load().questions
    while page := _next(site, answers):
        for question in page["questions"]:
            _fill(answers, question, CALM)
            if question["kind"] in ("one", "several") and question["id"] in held:
                values = [choice["value"] for choice in question["choices"]]
                known = held[question["id"]].values or ("no", "yes", "unknown")
                assert set(values) >= set(known), question["id"]
                assert ("nothing" in question) == (question["kind"] == "several")

    assert answers["trauma"] == "none"


@pytest.mark.hazard("H-40")
def test_the_interview_says_that_it_is_a_demonstration(site: Served) -> None:
    got = ask(site, "/next?language=en", {}).data

    assert got["demonstration"] is True
    assert got["status"].startswith("This is a demonstration.")


def test_every_page_has_a_title_and_says_how_far(site: Served) -> None:
    answers: dict[str, Any] = {}
    said = load().words["nl"].web
    titles = {}
    while page := _next(site, answers):
        titles[page["id"]] = page["title"]
        assert page["progress"]
        for question in page["questions"]:
            _fill(answers, question, AUTHOR)

    assert titles["age_years"] == load().words["nl"].questions["age_years"].label
    assert titles["factors_home"] == said["page_factors_home"]


@pytest.mark.hazard("H-37")
@pytest.mark.parametrize("who", [AUTHOR, CALM, EMERGENCY, {}])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_short_report_has_the_words_of_the_long_one(
    site: Served, who: dict[str, Any], language: str
) -> None:
    got = ask(site, f"/report?language={language}", who).data
    short = got.pop("report")
    long = report(assess(who), language, commands=False)
    own = [it for it in short["sections"] if it["id"] in ("why", "open", "course", "net")]

    assert got == json.loads(json.dumps(as_data(assess(who), language)))
    assert short["answer"]["headline"] == long.answer.headline
    assert short["answer"]["how"]["points"] == list(long.answer.how.points)
    assert {it["id"] for it in own} >= {"why", "net"}
    for section in own:
        same = next(it for it in long.sections if it.id == section["id"])
        assert section["title"] == same.title
        assert [it["points"] for it in section["items"]] == [list(it.points) for it in same.items]
    named = {n for it in short["sections"] for row in it["items"] for n in _numbers(row)}
    assert named <= {line["number"] for line in short["sources"]["lines"]}


def _numbers(item: dict[str, Any]) -> list[int]:
    return [number for rests in item["rests"] for number in rests["numbers"]]


@pytest.mark.hazard("H-19")
def test_the_short_report_of_an_emergency_offers_nothing(site: Served) -> None:
    short = ask(site, "/report", EMERGENCY).data["report"]

    assert short["answer"]["headline"] == contact_words(load(), "nl", "gp_now")[0]
    assert short["emergency_number"] == "112"
    assert "options" not in {section["id"] for section in short["sections"]}


def test_what_contradicts_is_also_said_in_words(site: Served) -> None:
    got = ask(site, "/report", {"age_years": 20, "pain_duration_days": 20000}).data["problems"][0]

    assert got["where"] not in got["plain"]
    assert got["plain"] != got["text"]


def test_every_fact_can_be_read_with_its_sources(site: Served) -> None:
    kinds = ask(site, "/knowledge").data["kinds"]

    for kind, ids in kinds.items():
        got = ask(site, f"/knowledge/{kind}/{ids[0]}").data
        assert got["data"]["id"] == ids[0]
    flag = ask(site, "/knowledge/red_flags/E01?language=en").data
    assert flag["words"]["reason"]
    assert flag["sources"]


HOSTILE = {
    "a name twice": b'{"age_years": 40, "age_years": 90}',
    "not a number": b'{"age_years": NaN}',
    "beyond numbers": b'{"age_years": 1e999}',
    "half a character": b'{"id": "\\ud800"}',
    "not UTF-8": b'{"id": "\xff"}',
    "too deep": b'{"factors": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "broken": b'{"age_years": ',
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "many names": json.dumps({f"x{n}": 1 for n in range(5000)}).encode(),
}


@pytest.mark.parametrize(
    "path", ["/assess", "/report", "/options", "/plan", "/prognosis", "/next", "/course", "/check"]
)
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_body_is_refused_with_its_reason(site: Served, path: str, what: str) -> None:
    got = ask(site, path, HOSTILE[what])

    assert got.status == 422
    assert got.headers["Content-Type"] == "application/problem+json"
    assert got.data["problems"][0]["text"]


def test_ten_megabytes_are_refused_before_they_are_read(site: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.putrequest("POST", "/api/v1/assess")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(10_000_000))
    connection.endheaders()

    response = connection.getresponse()

    assert (response.status, json.load(response)["status"]) == (413, 413)
    connection.close()


@pytest.mark.parametrize(
    ("path", "method", "kind", "status"),
    [
        ("/nowhere", None, "application/json", 404),
        ("/knowledge/options/nothing", None, "application/json", 404),
        ("/knowledge/nothing/nothing", None, "application/json", 422),
        ("/assess?language=fr", "POST", "application/json", 422),
        ("/assess", "PUT", "application/json", 405),
        ("/assess", "POST", "text/plain", 415),
        ("/assess", "POST", "application/x-www-form-urlencoded", 415),
    ],
)
def test_every_refusal_has_one_shape(
    site: Served, path: str, method: str | None, kind: str, status: int
) -> None:
    got = ask(site, path, None if method is None else {}, kind=kind, method=method)

    assert got.status == status
    assert got.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(got.data)


def test_head_is_a_get_without_its_body(site: Served) -> None:
    for path in ("/questions", "/knowledge/options/heat", "/openapi.json", "/nowhere"):
        got, head = ask(site, path), ask(site, path, method="HEAD")

        assert (head.status, head.body) == (got.status, b"")
        assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert ask(site, "/assess", method="HEAD").status == 405


@pytest.mark.parametrize("whole", [True, False])
def test_a_body_in_pieces_is_read(site: Served, whole: bool) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    pieces = (b'{"age_', b'years": 40}') if whole else (b" " * 60_000, b" " * 60_000)

    connection.request(
        "POST",
        "/api/v1/assess",
        iter(pieces),
        {"Content-Type": "application/json"},
        encode_chunked=True,
    )

    response = connection.getresponse()
    found = json.load(response)
    assert response.status == (200 if whole else 413)
    assert whole == ("triage" in found)
    connection.close()


def test_a_broken_piece_is_no_fault_of_ours(site: Served) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
        connection.sendall(
            b"POST /api/v1/assess HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json"
            b"\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n"
        )
        status = connection.makefile("rb").readline()

    assert status.split()[1] in (b"400", b"422")


def test_any_site_may_call_it_and_it_sets_no_cookie(site: Served) -> None:
    for got in (ask(site, "/questions"), ask(site, "/assess", {}), ask(site, "/nowhere")):
        assert got.headers["Access-Control-Allow-Origin"] == "*"
        assert got.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in got.headers
    before = ask(site, "/assess", method="OPTIONS")
    assert before.status == 204
    assert "POST" in before.headers["Access-Control-Allow-Methods"]


@pytest.mark.hazard("H-46")
def test_what_was_sent_is_in_no_answer_of_an_error_and_nowhere_on_disk(site: Served) -> None:
    planted = "plantedwordofaperson"

    refused = ask(site, "/assess", {"trauma": planted, "cannot": {"yoga": 3}})
    ask(site, "/check", {"text": planted})

    assert refused.status == 422
    assert planted.encode() not in refused.body
    written = site.everything_written()
    assert [name for name, data in written.items() if planted.encode() in data] == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("sent", [b"", b"{", b"\xff", b'{"nothing_of_ours": 1}'])
def test_a_refusal_names_no_file_and_no_command(site: Served, sent: bytes, language: str) -> None:
    api = ask(site, f"/assess?language={language}", sent).data["problems"][0]["text"]
    fhir = urllib.request.Request(
        f"{site.address}/fhir/Questionnaire/$populate",
        sent,
        {"Content-Type": "application/json", "Accept-Language": language},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(fhir, timeout=30)

    for text in (api, refused.value.read().decode()):
        assert not re.search("rugkompas [a-z]|this file|dit bestand|[Ss]ave|[Ss]la ", text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_refusal_speaks_the_language(site: Served, language: str) -> None:
    got = ask(site, f"/assess?language={language}", {"age_years": -1}).data

    said = load().words[language]
    assert got["detail"] == said.web["api_422"]
    assert ("getal" in got["problems"][0]["text"]) == (language == "nl")
