"""Everything that we send is valid in two validators; and the validators are awake."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from valid import problems

from rugkompas.assess import assess
from rugkompas.assess.plan import plan
from rugkompas.catalogue import Knowledge
from rugkompas.fhir.bundle import bundle
from rugkompas.fhir.capability import capability
from rugkompas.fhir.diary import diary_bundle
from rugkompas.fhir.guideline import apply, guideline
from rugkompas.fhir.outcome import Issue, operation_outcome
from rugkompas.fhir.populate import populate
from rugkompas.fhir.questionnaire import questionnaire
from rugkompas.fhir.terminology import terminology
from rugkompas.people import made_up
from rugkompas.people.diary.book import Book
from rugkompas.people.diary.entry import entry

AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DESK = json.loads((Path(__file__).parents[2] / "docs/examples/desk.json").read_text("utf-8"))
LIFE = {
    "activities": [{"name": "tillen", "start_0_10": 8, "now_0_10": 3.5}, {"name": "fietsen"}],
    "rejects": {"yoga": "niets voor mij"},
    "tried": {"massage": "no_change"},
    "asks_about": ["opioids"],
    "likes": [],
    "rmdq": 12,
    "bmi": 24.5,
    "other_conditions": ["diabetes", "iets anders"],
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_definitions_are_valid(knowledge: Knowledge, day: dt.date, language: str) -> None:
    other = {"nl": "en", "en": "nl"}[language]

    for made in (
        questionnaire(knowledge, (language, other), on=day),
        guideline(knowledge, language, on=day),
        terminology(knowledge, (language, other)),
        capability(knowledge, language),
    ):
        assert problems(made) == []


def test_a_questionnaire_in_one_language_is_valid(knowledge: Knowledge, day: dt.date) -> None:
    made = questionnaire(knowledge, ("en",), on=day)

    assert problems(made) == []
    assert "translation" not in json.dumps(made)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_bundles_of_made_up_people_are_valid(
    knowledge: Knowledge, day: dt.date, language: str
) -> None:
    people = [{}, DESK, DESK | LIFE, *made_up.people(12, 8, knowledge)]

    for answers in people:
        found = assess(answers, on=day, knowledge=knowledge)
        made = bundle(found, plan(found), at=AT, language=language)
        care = apply(found, plan(found), at=AT, language=language, subject="Patient/1")

        assert problems(made) == []
        assert problems(care) == []


def test_other_forms_of_a_bundle_are_valid(knowledge: Knowledge, day: dt.date) -> None:
    found = assess(DESK, on=day, knowledge=knowledge)

    made = bundle(found, at=AT, subject="Patient/12", type_="collection")

    assert problems(made) == []
    kinds = [entry["resource"]["resourceType"] for entry in made["entry"]]
    assert "Patient" not in kinds
    assert "CarePlan" not in kinds


def test_outcomes_are_valid(knowledge: Knowledge) -> None:
    issues = [
        Issue("fhir_modifier", "QuestionnaireResponse.item[0].modifierExtension"),
        Issue("file_broken", "a.json", {"format": "JSON", "line": "1"}, "fatal"),
    ]

    assert problems(operation_outcome(issues, knowledge)) == []
    assert problems(operation_outcome([], knowledge, "nl")) == []


def test_a_diary_and_a_record_that_was_filled_in_are_valid(
    knowledge: Knowledge, day: dt.date
) -> None:
    written = dt.datetime(2026, 11, 24, 20, tzinfo=dt.UTC)
    days = [
        {
            "day": day - dt.timedelta(days=2),
            "pain": 6,
            "activities": {"lopen": 4},
            "note": "geheim",
        },
        {"day": day - dt.timedelta(days=1), "activities": {"lopen": 3}},
    ]
    book = Book([entry({**one, "written_at": written}, knowledge) for one in days])

    made = diary_bundle(book, knowledge)
    filled = populate({"resourceType": "Patient"}, knowledge=knowledge, on=day)

    assert problems(made) == []
    assert problems(filled) == []
    assert "geheim" not in json.dumps(made)
    values = [
        part["resource"].get("valueInteger", part["resource"].get("valueQuantity", {}).get("value"))
        for part in made["entry"][1:]
    ]
    assert values == [6, 4, 3]


def _first(made: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(
        part["resource"] for part in made["entry"] if part["resource"]["resourceType"] == kind
    )


@pytest.mark.parametrize(
    "break_",
    [
        lambda made: _first(made, "Observation").pop("code"),
        lambda made: _first(made, "Observation").update(status="done"),
        lambda made: _first(made, "Observation").update(effectiveDateTime="25-11-2026"),
        lambda made: _first(made, "Observation").update(colour="red"),
        lambda made: _first(made, "CarePlan").update(category={"text": "x"}),
        lambda made: _first(made, "CarePlan")["activity"][0].update(reference={"reference": "a/b"}),
        lambda made: _first(made, "Provenance")["target"].append({"reference": "urn:uuid:none"}),
        lambda made: _first(made, "QuestionnaireResponse")["item"][0].update(
            answer=[{"valueInteger": 1}]
        ),
        lambda made: made["entry"][0].pop("request"),
        lambda made: made["entry"][0].update(fullUrl=made["entry"][1]["fullUrl"]),
    ],
)
def test_the_validators_are_awake(
    knowledge: Knowledge, day: dt.date, break_: Callable[[dict[str, Any]], object]
) -> None:
    found = assess(DESK, on=day, knowledge=knowledge)
    made = copy.deepcopy(bundle(found, plan(found), at=AT))

    break_(made)

    assert problems(made)
