"""The questionnaire asks what we ask, of whom we ask it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from renderer import enabled, holds, items
from strategies import KNOWLEDGE, people

from rugkompas.assess.interview import StillOpen, next_question
from rugkompas.fhir import names
from rugkompas.fhir.layout import slots
from rugkompas.fhir.questionnaire import questionnaire
from rugkompas.fhir.response import response_from
from rugkompas.fhir.terminology import code_systems
from rugkompas.logic.verbs import Questions
from rugkompas.people import made_up
from rugkompas.people.person import grouped, person
from rugkompas.rules.applies import APPLIES

DAY = dt.date(2026, 11, 25)
P = KNOWLEDGE.parameters_on(DAY)
FORM = questionnaire(KNOWLEDGE, on=DAY)
BY_LINK = {item["linkId"]: item for item in items(FORM)}
HOLDER = {inner["linkId"]: item["linkId"] for item in items(FORM) for inner in item.get("item", ())}


def is_enabled(link: str, response: dict[str, Any]) -> bool:
    """An item applies when it and everything around it does."""
    around = HOLDER.get(link)
    return enabled(BY_LINK[link], response) and (around is None or is_enabled(around, response))


@pytest.mark.hazard("H-25")
@settings(max_examples=25, deadline=None, derandomize=True)
@given(people())
def test_an_item_applies_exactly_when_our_rules_say_so(answers: dict[str, Any]) -> None:
    one = person(answers, KNOWLEDGE)
    response = response_from(answers, KNOWLEDGE)

    for id_, applies in APPLIES.items():
        together = {other for other, rule in APPLIES.items() if rule is applies}
        closed = frozenset(KNOWLEDGE.questions) - together
        q = Questions(StillOpen(one.codes, closed), KNOWLEDGE.codebook)
        assert is_enabled(id_, response) is (applies(q, P).value is not False), id_


def test_what_the_interview_asks_is_never_hidden() -> None:
    for answers in made_up.people(15, 3, KNOWLEDGE):
        full = person(answers, KNOWLEDGE).given
        so_far: dict[str, Any] = {}
        passed: frozenset[str] = frozenset()
        while question := next_question(grouped(so_far, KNOWLEDGE), KNOWLEDGE, P, passed):
            response = response_from(grouped(so_far, KNOWLEDGE), KNOWLEDGE)
            assert is_enabled(question, response), question
            if question in full:
                so_far[question] = full[question]
            else:
                passed |= {question}


def test_both_ways_of_saying_when_are_used() -> None:
    simple = {link for link, item in BY_LINK.items() if "enableWhen" in item}
    expressed = {
        link
        for link, item in BY_LINK.items()
        if any("enableWhenExpression" in e["url"] for e in item.get("extension", ()))
    }

    assert {"child_alarm", "leg_weakness_progressive", "back_extension_sport"} <= simple
    assert expressed == {"pregnancy", "pregnancy_alarm", "ibp_items", "spa_features"}
    assert holds(
        BY_LINK["pregnancy"]["extension"][-1]["valueExpression"]["expression"],
        response_from({}, KNOWLEDGE),
    )


def test_every_answer_of_ours_has_an_item_and_every_code_can_be_looked_up() -> None:
    listed = {
        (system["url"], concept["code"])
        for system in code_systems(KNOWLEDGE)
        for concept in system["concept"]
    }
    used = {
        (option["valueCoding"]["system"], option["valueCoding"]["code"])
        for item in items(FORM)
        for option in item.get("answerOption", ())
    }
    own = {(c["system"], c["code"]) for i in items(FORM) for c in i.get("code", ())}

    assert set(slots(KNOWLEDGE)) <= set(BY_LINK)
    assert used <= listed
    assert {pair for pair in own if pair[0].startswith(names.BASE)} <= listed


def test_codes_of_others_are_only_those_of_the_table() -> None:
    foreign = {
        (code["system"], code["code"])
        for item in items(FORM)
        for code in item.get("code", ())
        if not code["system"].startswith(names.BASE)
    }

    assert foreign <= {(code.system, code.code) for code in names.FOREIGN}
    assert (names.LOINC, "72514-3") in foreign


def test_what_is_shown_is_in_two_languages_and_unknown_is_always_an_answer() -> None:
    hidden = {inner["linkId"] for inner in items(BY_LINK["part-known"])} | {"part-known"}
    for link, item in BY_LINK.items():
        if link in hidden:
            continue
        assert item["text"], link
        assert item["_text"]["extension"][0]["url"] == names.TRANSLATION, link
        for option in item.get("answerOption", ()):
            assert option["valueCoding"]["display"], link
    for link in ("seriously_ill", "factors.low_mood", "person_facts.pregnant"):
        codes = [option["valueCoding"]["code"] for option in BY_LINK[link]["answerOption"]]
        assert codes == ["no", "yes", "unknown"]
