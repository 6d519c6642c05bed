"""Many responses at once are read as one by one, and what is wrong with a line is told."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import KNOWLEDGE, people
from valid import problems

from rugkompas.assess.table import assess_coded
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import bulk
from rugkompas.fhir.bulk_out import ObservationWriter, outcome_line
from rugkompas.fhir.elements import reference
from rugkompas.fhir.response import response_from
from rugkompas.people import columns, made_up
from rugkompas.people.person import person
from rugkompas.people.tables import Batch

DAY = dt.date(2026, 11, 25)


def line(answers: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({**response_from(answers, KNOWLEDGE), **more}).encode()


def batches(*lines: bytes, subjects: list[str] | None = None) -> list[Batch]:
    stream = io.BytesIO(b"\n".join(lines) + b"\n")
    return list(bulk.read(stream, KNOWLEDGE, "a.ndjson", subjects))


def results(batch: Batch) -> pl.DataFrame:
    return assess_coded(batch.coded, on=DAY, knowledge=KNOWLEDGE).results


def one_by_one(rows: list[dict[str, Any]]) -> pl.DataFrame:
    named = [{"id": str(number), **row} for number, row in enumerate(rows, start=1)]
    made = [person(row, KNOWLEDGE) for row in named]
    coded = columns.of_people(made, KNOWLEDGE)
    return assess_coded(coded, on=DAY, knowledge=KNOWLEDGE).results


@pytest.mark.hazard("H-25")
@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(people(), min_size=1, max_size=6))
def test_a_file_of_responses_gives_what_the_answers_give(rows: list[dict[str, Any]]) -> None:
    (batch,) = batches(*map(line, rows))

    assert batch.rejects == []
    assert results(batch).equals(one_by_one(rows))


def test_made_up_people_go_the_quick_way_and_come_out_the_same() -> None:
    rows = list(made_up.people(300, 4, KNOWLEDGE))
    quick = bulk._Rows(KNOWLEDGE)
    for number, row in enumerate(rows, start=1):
        quick.add(line(row), number)

    assert results(quick.batch([], None, None)).equals(one_by_one(rows))
    # The careful way, forced by an escape that the quick way does not read.
    (careful,) = batches(*(line(row, language="nl\u00e9") for row in rows))
    assert results(careful).equals(one_by_one(rows))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"status": "completed"', '"status": "completed", "status": "completed"'),
        ('"linkId": "age_years"', '"linkId": "age_years", "linkId": "age_years"'),
        ('"valueInteger": 44', '"valueInteger": 44, "valueInteger": 4'),
        ('"code": "no"', '"code": "yes", "code": "no"'),
        (
            '"item": [',
            '"item": [], "item": [',
        ),
        ('"status": "completed"', '"status": "completed", "meta": {"a": 1, "a": 2}'),
        ('"status": "completed"', '"status": "entered-in-error"'),
        ('"status": "completed"', '"status": "completed", "implicitRules": "x:y"'),
        ('"linkId": "age_years"', '"linkId": "age_years", "modifierExtension": [{"url": "x"}]'),
        ('"linkId"', '"\\u006dodifierExtension": [{"url": "x"}], "linkId"'),
        ('"valueInteger": 44', '"valueInteger": 144'),
        ('"valueInteger": 44', '"valueInteger": 44.5'),
        ('"valueInteger": 44', '"valueInteger": 1e999'),
        ('"valueInteger": 44', '"valueInteger": "\\ud800"'),
        ('"valueInteger": 44', '"valueDate": "2026-01-01"'),
        ('"linkId": "age_years"', '"linkId": "seriously_ill"'),
        ('"linkId": "age_years"', '"linkId": "age_months"'),
        ('"code": "no"', '"code": "perhaps"'),
    ],
)
def test_a_line_with_something_wrong_is_set_apart(old: str, new: str) -> None:
    good = line({"age_years": 44, "seriously_ill": "no"})
    text = good.decode()
    assert old in text

    (batch,) = batches(good, text.replace(old, new, 1).encode(), good)

    if new.endswith('{"a": 1, "a": 2}'):
        # A name twice where nothing is read changes no answer; the quick way lets it be.
        assert len(batch.coded.rows) + len(batch.rejects) == 3
        return
    assert [reject.row for reject in batch.rejects] == [2]
    assert len(batch.coded.rows) == 2


def test_a_line_may_be_written_by_another_program() -> None:
    first = line({"age_years": 44}, meta={"tag": [{"code": "x"}]}, extension=[{"url": "http://a"}])
    answered = {"linkId": "seriously_ill", "answer": [{"valueBoolean": True}]}
    other = line({}, status="amended", item=[answered])

    (batch,) = batches(first, b"", other)

    assert batch.rejects == []
    assert results(batch)["urgency"].to_list()[1] == "emergency"
    assert batch.coded.ids is not None
    assert batch.coded.ids.to_list() == ["1", "3"]


def test_hostile_lines_do_not_stop_the_rest() -> None:
    good = line({"age_years": 44})
    bad = [
        b"{",
        b"[]",
        b"null",
        b'{"a":' * 50_000,
        b"\xff\xfe",
        b'{"resourceType":"Patient"}',
        b'{"resourceType":"QuestionnaireResponse","status":"completed","item":' + b"[" * 5000,
        b'"' + b"x" * (bulk.LONGEST_LINE + 10) + b'"',
    ]

    (batch,) = batches(*(part for one in bad for part in (one, good)))

    assert len(batch.coded.rows) == len(bad)
    assert [reject.row for reject in batch.rejects] == list(range(1, 2 * len(bad), 2))
    for reject in batch.rejects:
        told = json.loads(outcome_line(reject, KNOWLEDGE, "nl"))
        assert problems(told) == []
        assert told["issue"][0]["diagnostics"] == f"line {reject.row}"


def test_batches_keep_memory_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LINES_AT_ONCE", 10)
    rows = [{**row, "id": f"p{n}"} for n, row in enumerate(made_up.people(35, 2, KNOWLEDGE))]

    found = batches(*map(line, rows))

    assert [len(batch.coded.rows) for batch in found] == [10, 10, 10, 5]
    whole = pl.concat([results(batch) for batch in found])
    assert whole["id"].to_list() == [row["id"] for row in rows]


def test_observations_come_out_in_order_and_valid(tmp_path: Path) -> None:
    rows = [{**row, "id": f"p{n}"} for n, row in enumerate(made_up.people(40, 7, KNOWLEDGE))]
    lines = [
        json.dumps(response_from(row, KNOWLEDGE, subject=reference(f"Patient/{n}"))).encode()
        for n, row in enumerate(rows)
    ]
    lines[3] = b"{}"
    lines[5] = json.dumps(response_from(rows[5], KNOWLEDGE)).encode()
    subjects: list[str] = []
    out = io.BytesIO()
    writer = ObservationWriter(out, subjects, KNOWLEDGE, DAY, "en")

    stream = io.BytesIO(b"\n".join(lines))
    for batch in bulk.read(stream, KNOWLEDGE, "a.ndjson", subjects):
        found = results(batch)
        writer.write(found)
    writer.close()

    made = [json.loads(one) for one in out.getvalue().splitlines()]
    assert len(made) == 39
    for one, urgency in zip(made, found["urgency"], strict=True):
        assert problems(one) == []
        assert one["valueCodeableConcept"]["coding"][0]["code"] == f"urgency.{urgency}"
    places = [n for n in range(40) if n not in (3, 5)]
    assert [one["subject"]["reference"] for one in made if "reference" in one["subject"]] == [
        f"Patient/{n}" for n in places
    ]
    assert made[4]["subject"]["identifier"]["value"] == "p5"


@pytest.mark.parametrize("other", ["javascript:alert(1)", "Organization/1", "#me", "Patient/"])
def test_a_subject_that_is_no_patient_is_refused_and_not_passed_on(other: str) -> None:
    subjects: list[str] = []

    (batch,) = batches(
        line({"age_years": 44}, subject={"reference": other}),
        line({"age_years": 44}, subject={"reference": "Patient/1/_history/2"}),
        subjects=subjects,
    )

    assert subjects == ["Patient/1"]
    ((row, problems_),) = [(one.row, one.problems) for one in batch.rejects]
    assert (row, problems_[0].kind) == (1, "fhir_no_reference")


def test_an_empty_file_has_nobody(knowledge: Knowledge) -> None:
    (batch,) = batches(b"")

    assert len(batch.coded.rows) == 0
