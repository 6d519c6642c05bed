"""``rugkompas fhir``: files in, files out, and the exit codes of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from running import run
from valid import problems

from rugkompas.catalogue import Knowledge
from rugkompas.fhir.response import response_from
from rugkompas.people import made_up

DESK = Path(__file__).parents[2] / "docs" / "examples" / "desk.json"


@pytest.mark.parametrize("name", ["questionnaire", "plan-definition", "terminology", "capability"])
def test_a_definition_comes_out_as_json(name: str, tmp_path: Path) -> None:
    target = tmp_path / "made.json"

    shown = run("fhir", name, "--lang", "en")
    written = run("fhir", name, "--lang", "en", "-o", target)

    assert (shown.code, written.code) == (0, 0)
    assert shown.out == target.read_bytes()
    assert json.loads(shown.out)["resourceType"]


def test_the_language_of_the_questionnaire_is_that_of_the_command() -> None:
    nl, en = (json.loads(run("fhir", "questionnaire", "--lang", lang).out) for lang in ("nl", "en"))

    assert (nl["language"], en["language"]) == ("nl", "en")
    assert (
        nl["item"][0]["_text"]["extension"][0]["extension"][1]["valueString"]
        == en["item"][0]["text"]
    )


def test_answers_go_there_and_back_and_are_assessed(tmp_path: Path) -> None:
    response, back, bundle = (tmp_path / f"{name}.json" for name in ("response", "back", "bundle"))

    assert run("fhir", "response", DESK, "--subject", "Patient/7", "-o", response).code == 0
    assert run("fhir", "answers", response, "-o", back).code == 0
    assert run("fhir", "assess", response, "--subject", "Patient/7", "-o", bundle).code == 0
    applied = run("fhir", "apply", response, "--subject", "Patient/7")

    assert json.loads(back.read_text("utf-8")) == json.loads(DESK.read_text("utf-8"))
    made = json.loads(bundle.read_text("utf-8"))
    assert problems(made) == []
    assert problems(json.loads(applied.out)) == []
    assert problems(json.loads(response.read_text("utf-8"))) == []


def test_a_response_keeps_its_patient(tmp_path: Path) -> None:
    response = tmp_path / "response.json"
    run("fhir", "response", DESK, "--subject", "Patient/7", "-o", response)

    made = json.loads(run("fhir", "assess", response).out)

    subjects = [it["resource"].get("subject") for it in made["entry"]]
    assert {"reference": "Patient/7"} in subjects
    assert "Patient" not in {it["resource"]["resourceType"] for it in made["entry"]}
    for command in ("assess", "apply"):
        assert run("fhir", command, response, "--subject", "Patient/8").refused()
        assert run("fhir", command, response, "--subject", "x").refused()


def test_a_record_is_filled_in(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    patient = {"resourceType": "Patient", "id": "1", "birthDate": "1980-01-01"}
    record.write_text(
        json.dumps(
            {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}]}
        )
    )

    made = run("fhir", "populate", record, "--on", "2026-11-25")

    assert made.code == 0
    assert problems(json.loads(made.out)) == []
    assert '"valueInteger": 46' in made.text


HOSTILE = [
    b"",
    b"{",
    b"[]",
    b'{"resourceType": "Observation"}',
    b'{"resourceType": "QuestionnaireResponse", "status": "entered-in-error"}',
    b'{"resourceType": "Patient", "modifierExtension": [{"url": "x"}]}',
    b'{"a":' * 100_000,
    b'{"a": 1, "a": 2}',
    b'{"a": "\\ud800"}',
    b"x" * 10_000_000,
]


@pytest.mark.parametrize(
    ("command", "content"),
    [
        *(("assess", content) for content in HOSTILE),
        *((command, HOSTILE[3]) for command in ("answers", "apply", "populate")),
    ],
)
def test_bad_input_is_refused_with_an_outcome(command: str, content: bytes, tmp_path: Path) -> None:
    file, outcome = tmp_path / "in.json", tmp_path / "outcome.json"
    file.write_bytes(content)
    more = ["--subject", "Patient/1"] if command == "apply" else []

    done = run("fhir", command, file, "--operation-outcome", outcome, *more)

    assert done.refused(), done.err
    made = json.loads(outcome.read_text("utf-8"))
    assert made["resourceType"] == "OperationOutcome"
    assert problems(made) == []


def test_a_result_never_takes_the_place_of_its_input(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text("{}")

    for command in ("answers", "assess", "populate"):
        assert run("fhir", command, file, "-o", file).refused()
    assert file.read_text() == "{}"


def test_many_responses_become_a_table_or_observations(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    people = [{**one, "id": f"p{n}"} for n, one in enumerate(made_up.people(20, 1, knowledge))]
    lines = [json.dumps(response_from(one, knowledge)) for one in people]
    lines[4] = '{"resourceType": "Patient"}'
    file = tmp_path / "in.ndjson"
    file.write_text("\n".join(lines), "utf-8")
    table, fhir = tmp_path / "out.parquet", tmp_path / "out.ndjson"

    first = run("fhir", "assess", file, "-o", table, "--options")
    second = run("fhir", "assess", file, "-o", fhir)

    assert (first.code, second.code) == (3, 3)
    frame = pl.read_parquet(table)
    assert frame["id"].to_list() == [one["id"] for n, one in enumerate(people) if n != 4]
    assert "options_offered" in frame.columns
    codes = [
        json.loads(one)["valueCodeableConcept"]["coding"][0]["code"]
        for one in fhir.read_text("utf-8").splitlines()
    ]
    assert codes == [f"urgency.{urgency}" for urgency in frame["urgency"]]
    (rejected,) = (tmp_path / "out.rejects.ndjson").read_text("utf-8").splitlines()
    assert problems(json.loads(rejected)) == []
    (row,) = (tmp_path / "out.rejects.jsonl").read_text("utf-8").splitlines()
    assert json.loads(row)["row"] == 5


def test_an_ndjson_needs_a_place_for_its_results(tmp_path: Path) -> None:
    file = tmp_path / "in.ndjson"
    file.write_text("{}")

    assert run("fhir", "assess", file).refused()
    assert run("fhir", "assess", file, "-o", tmp_path / "out.pdf").refused()
    assert run("fhir", "assess", file, "-o", file).refused()


def test_a_pick_that_does_not_fit_is_named(tmp_path: Path) -> None:
    file, answers = tmp_path / "in.json", json.loads(DESK.read_text("utf-8"))
    me = tmp_path / "me.json"
    me.write_text(json.dumps({**answers, "picks": ["yoga"], "rejects": {"yoga": ""}}))
    run("fhir", "response", me, "-o", file)

    outcome = tmp_path / "outcome.json"
    done = run("fhir", "assess", file, "--operation-outcome", outcome)

    assert done.refused()
    assert "yoga" in done.err
    (issue,) = json.loads(outcome.read_text("utf-8"))["issue"]
    assert issue["expression"][0].startswith("QuestionnaireResponse.item[")


def test_a_diary_comes_out_as_observations(tmp_path: Path) -> None:
    assert run("diary", "add", "--folder", tmp_path, "--pain", "4", "--note", "thuis").code == 0

    made = run("fhir", "diary", "--folder", tmp_path, "--subject", "Patient/3")

    assert made.code == 0
    found = json.loads(made.out)
    assert problems(found) == []
    assert [part["resource"]["valueInteger"] for part in found["entry"]] == [4]
    assert "thuis" not in made.text
