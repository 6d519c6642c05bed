"""Answers survive the way to FHIR and back; other programs write them in other ways."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import KNOWLEDGE, people

from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.checking import resource_in
from rugkompas.fhir.names import ABSENT, ANSWERS, INTAKE, OPTIONS
from rugkompas.fhir.outcome import Refused, operation_outcome
from rugkompas.fhir.response import response_from
from rugkompas.people.person import grouped, person

Element = dict[str, Any]
SAYS_NOTHING = ("factors", "changeable", "person_facts", "activities", "ibp_items")
"""Where an empty object or list tells nothing; it does not travel."""


def response(*items: Element, **more: Any) -> Element:
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": list(items),
        **more,
    }


def item(link: str, *answers: Element, **more: Any) -> Element:
    return {"linkId": link, **({"answer": list(answers)} if answers else {}), **more}


def coded(code: str, system: str = ANSWERS) -> Element:
    return {"valueCoding": {"system": system, "code": code}}


def read(*items: Element, **more: Any) -> dict[str, Any]:
    return answers_from(response(*items, **more), KNOWLEDGE).answers


def refused(value: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        answers_from(value, KNOWLEDGE)
    return [(issue.kind, issue.path) for issue in caught.value.issues]


@pytest.mark.hazard("H-25")
@settings(max_examples=150, deadline=None, derandomize=True)
@given(people())
def test_answers_come_back_as_they_went(answers: dict[str, Any]) -> None:
    expected = {
        id_: answer
        for id_, answer in grouped(person(answers, KNOWLEDGE).given, KNOWLEDGE).items()
        if answer or answer == 0 or id_ not in SAYS_NOTHING
    }
    sent = json.loads(json.dumps(response_from(answers, KNOWLEDGE)))

    back = answers_from(sent, KNOWLEDGE)

    assert _plain(back.answers) == _plain(expected)
    assert back.notes == ()


def _plain(answers: Any) -> Any:
    return json.loads(json.dumps(answers))


@pytest.mark.parametrize(
    "answers",
    [
        {"id": "a-1", "likes": [], "dislikes": ["yoga", "pilates"], "rejects": {}, "cannot": {}},
        {"rejects": {"yoga": "", "massage": "te duur"}, "tried": {"heat": "helped"}},
        {"other_conditions": ["diabetes", "jicht"], "medicines": [], "picks": []},
        {"immune_or_infection_risk": ["unknown"], "spa_features": []},
        {"plan_when": {"heat": "na het eten, thuis"}, "bmi": 24.5, "activities": [{"name": "x"}]},
    ],
)
def test_lists_maps_and_own_words_come_back(answers: dict[str, Any]) -> None:
    back = answers_from(response_from(answers, KNOWLEDGE), KNOWLEDGE).answers

    assert _plain(back) == answers


def test_nothing_answered_is_nothing_asked() -> None:
    assert read(item("part-triage", item=[item("age_years"), item("factors", item=[])])) == {}
    assert answers_from({"resourceType": "QuestionnaireResponse", "status": "stopped"}, KNOWLEDGE)


NOT_KNOWN = {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}
"""In place of a value, as FHIR has it, and not beside it."""


def test_another_program_may_write_otherwise() -> None:
    found = read(
        item("pain_nrs", {"valueDecimal": 7.0}),
        item("seriously_ill", {"valueBoolean": False}),
        item("leg_pain", {"valueString": " nee, geen pijn in mijn  benen "}),
        item("cold_pale_leg", {"valueCoding": {"display": "Dat weet ik niet"}}),
        item("fever_or_chills", {"valueCoding": {"code": "no"}}),
        item("trauma", coded("none")),
        item("age_years", {"valueString": "52"}),
        item("pain_duration_days", {"valueQuantity": {"value": 30, "code": "d"}}),
        item("factors.low_mood", coded("yes")),
        item("rejects", item=[item("rejects.option", coded("yoga", OPTIONS))]),
        item("flank_colic", {"extension": [{"url": ABSENT, "valueCode": "asked-unknown"}]}),
        item("anticoagulant", {"extension": [{"url": ABSENT, "valueCode": "not-applicable"}]}),
        item("sex", coded("sex.female"), item=[]),
        item("trunk_band", {"_valueBoolean": NOT_KNOWN}),
        item("gait_unsteady_new", {"valueCoding": NOT_KNOWN}),
        item("max_block_min", {"valueQuantity": {"value": 20, "unit": "minuten"}}),
        item("onset_age_years", {"valueQuantity": {"value": 44, "unit": "jaar"}}),
    )

    assert found == {
        "trunk_band": "unknown",
        "gait_unsteady_new": "unknown",
        "max_block_min": 20,
        "ibp_items": {"onset_age_years": 44},
        "pain_nrs": 7,
        "seriously_ill": "no",
        "leg_pain": "none",
        "cold_pale_leg": "unknown",
        "fever_or_chills": "no",
        "trauma": "none",
        "age_years": 52,
        "pain_duration_days": 30,
        "factors": {"low_mood": "yes"},
        "rejects": {"yoga": ""},
        "flank_colic": "unknown",
        "sex": "female",
    }


def test_items_may_stand_under_an_answer_or_without_their_group() -> None:
    nested = item("flank_colic", coded("yes") | {"item": [item("pain_nrs", {"valueInteger": 3})]})
    loose = [
        item("activities.name", {"valueString": "tillen"}),
        item("activities.now_0_10", {"valueInteger": 4}),
        item("ibp_insidious", coded("yes")),
    ]

    assert read(nested, *loose) == {
        "flank_colic": "yes",
        "pain_nrs": 3,
        "activities": ({"name": "tillen", "now_0_10": 4},),
        "ibp_items": {"ibp_insidious": "yes"},
    }


@pytest.mark.parametrize(
    ("items", "kind", "path"),
    [
        ([item("wat_is_dit", coded("yes"))], "fhir_unknown_item", "item[0].linkId"),
        ([{"answer": []}], "fhir_missing", "item[0].linkId"),
        ([item("factors", coded("yes"))], "fhir_unknown_item", "item[0].answer"),
        ([item("pain_nrs", {"valueInteger": 11})], "out_of_range", "item[0].answer[0]"),
        ([item("pain_nrs", {"valueInteger": True})], "fhir_no_number", "item[0].answer[0].value"),
        ([item("pain_nrs", {"valueDecimal": 3.5})], "not_whole", "item[0].answer[0]"),
        (
            [item("pain_nrs", {"valueString": "heel erg"})],
            "fhir_no_number",
            "item[0].answer[0].value",
        ),
        (
            [item("pain_duration_days", {"valueQuantity": {"value": 3, "code": "wk"}})],
            "fhir_no_number",
            "item[0].answer[0].value",
        ),
        (
            [item("pain_nrs", {"valueQuantity": {"value": 3, "comparator": ">"}})],
            "fhir_no_number",
            "item[0].answer[0].value",
        ),
        ([item("leg_pain", coded("cancer.past"))], "fhir_no_code", "item[0].answer[0].value"),
        ([item("leg_pain", {"valueBoolean": False})], "fhir_no_code", "item[0].answer[0].value"),
        (
            [item("trauma", coded("none", "http://loinc.org"))],
            "fhir_no_code",
            "item[0].answer[0].value",
        ),
        (
            [item("asks_about", coded("astrology", OPTIONS))],
            "fhir_no_code",
            "item[0].answer[0].value",
        ),
        (
            [item("seriously_ill", coded("yes"), coded("no"))],
            "fhir_too_many",
            "item[0].answer[1]",
        ),
        (
            [item("seriously_ill", coded("yes")), item("seriously_ill", coded("no"))],
            "fhir_twice",
            "item[1]",
        ),
        (
            [item("seriously_ill", coded("no") | {"valueBoolean": False})],
            "fhir_more_than_one",
            "item[0].answer[0].value",
        ),
        (
            [item("medicines", coded("medicines.nsaid"), coded("none_of_these"))],
            "fhir_not_alone",
            "item[0].answer[0]",
        ),
        (
            [item("tried", item=[item("tried.option", coded("heat", OPTIONS))])],
            "fhir_missing",
            "item[0].item.answer",
        ),
        (
            [item("tried", item=[item("tried.answer", coded("tried.helped"))])],
            "fhir_missing",
            "item[0].item.answer",
        ),
        ([item("ibp_items", item="x")], "fhir_not_a_list", "item[0].item"),
        ([{"linkId": "sex", "answer": {"a": 1}}], "fhir_not_a_list", "item[0].answer"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(
    items: list[Element], kind: str, path: str
) -> None:
    assert (kind, f"QuestionnaireResponse.{path}") in refused(response(*items))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "fhir_not_resource"),
        ([], "fhir_not_resource"),
        ({"resourceType": "Patient"}, "fhir_not_resource"),
        ({"resourceType": ["QuestionnaireResponse"]}, "fhir_not_resource"),
        ({"resourceType": "QuestionnaireResponse"}, "fhir_missing"),
        (response(status="entered-in-error"), "fhir_in_error"),
        (response(questionnaire="http://example.org/Questionnaire/x"), "fhir_other_form"),
        (response(questionnaire=7), "fhir_other_form"),
        (response(implicitRules="http://example.org/rules"), "fhir_rules"),
        (response(modifierExtension=[{"url": "http://x.org/not"}]), "fhir_modifier"),
        (response(item("sex", modifierExtension=[{"url": "http://x.org/not"}])), "fhir_modifier"),
        (response(contained=[{"a": {"modifierExtension": [{"url": "x"}]}}]), "fhir_modifier"),
    ],
)
def test_what_changes_the_meaning_is_refused(value: Any, kind: str) -> None:
    assert kind in [found for found, _ in refused(value)]


def test_another_version_of_our_questionnaire_is_read_and_told() -> None:
    found = answers_from(response(questionnaire=f"{INTAKE}|2020.01"), KNOWLEDGE)

    assert [note.kind for note in found.notes] == ["fhir_other_version"]


def test_an_answer_never_comes_back_in_a_message() -> None:
    secret = "zeer-geheim-4711"
    items = [
        item("leg_pain", {"valueString": secret}),
        item("pain_nrs", {"valueString": secret}),
        item("asks_about", coded(secret, OPTIONS)),
        item("sex", coded(secret)),
        item("cancer", {"valueCoding": {"display": secret}}),
        item("bmi", {"valueQuantity": {"value": 4711, "unit": secret}}),
        item("minutes_a_week", {"valueInteger": 4711000}),
    ]
    for one in items:
        with pytest.raises(Refused) as caught:
            answers_from(response(one), KNOWLEDGE)
        for language in ("nl", "en"):
            told = json.dumps(operation_outcome(caught.value.issues, KNOWLEDGE, language))
            assert secret not in told
            assert "4711" not in told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "too_deep"),
        (b'{"resourceType":"Patient","resourceType":"Patient"}', "key_twice"),
        (b'{"resourceType":"Patient","a":NaN}', "not_finite"),
        (b'{"resourceType":"Patient","a":"\\ud800"}', "file_not_text"),
        (b"\xff\xfe{", "file_not_text"),
        (b"", "file_broken"),
        (b"[1, 2", "file_broken"),
        (b'{"a":"' + b"x" * 10_000_000 + b'"}', "file_too_large"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(text: bytes, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        resource_in(io.BytesIO(text), "a.json")

    assert [issue.kind for issue in caught.value.issues] == [kind]


def test_a_number_beyond_all_numbers_is_out_of_range() -> None:
    text = json.dumps(response(item("pain_nrs", {"valueDecimal": 0.5}))).replace("0.5", "1e999")

    assert refused(resource_in(io.BytesIO(text.encode()), "a.json")) == [
        ("out_of_range", "QuestionnaireResponse.item[0].answer[0]")
    ]
