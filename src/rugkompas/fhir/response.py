"""Our answers become a QuestionnaireResponse: the way back of ``answers``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.fhir.elements import Element, claiming, coding, full
from rugkompas.fhir.layout import (
    ANSWER,
    NAME,
    NONE,
    OPTION,
    PART,
    SCORES,
    code_of,
    parts,
    repeats,
)
from rugkompas.fhir.names import ANSWERS, INTAKE, OPTIONS, RECORD, versioned
from rugkompas.people.person import person


def response_from(
    answers: Mapping[str, Any],
    knowledge: Knowledge,
    *,
    status: str = "completed",
    subject: Element | None = None,
    authored: str = "",
) -> Element:
    """A response to our questionnaire with these answers.

    What was not asked is not there. subject: a reference to the patient. authored: a moment
    as FHIR writes it; the profile of SDC demands one. Raises BadAnswers.
    """
    one = person(answers, knowledge)
    return full(
        resourceType="QuestionnaireResponse",
        meta=claiming("QuestionnaireResponse") if authored else None,
        identifier={"system": RECORD, "value": one.id} if one.id is not None else None,
        questionnaire=versioned(INTAKE, knowledge),
        status=status,
        subject=subject,
        authored=authored,
        item=list(_parts(one.given, knowledge)),
    )


def _parts(given: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Element]:
    for part, questions in parts(knowledge).items():
        items = [item for q in questions for item in _items(q, given, knowledge)]
        if items:
            yield {"linkId": f"{PART}{part}", "item": items}


def _items(question: Question, given: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Element]:
    if question.kind == "group":
        members = [
            item
            for id_ in question.members
            for item in _items(knowledge.questions[id_], given, knowledge)
        ]
        if members:
            yield {"linkId": question.id, "item": members}
        return
    if question.id not in given:
        return
    answer = given[question.id]
    if question.kind == "scored_list":
        for activity in answer:
            if items := list(_activity(question.id, activity)):
                yield {"linkId": question.id, "item": items}
    elif repeats(question):
        yield from _options(question, answer)
    elif question.kind == "map":
        items = [
            _answered(f"{question.id}.{key}", [_coded(question, word)])
            for key, word in answer.items()
        ]
        if items:
            yield {"linkId": question.id, "item": items}
    else:
        yield _answered(question.id, _values(question, answer))


def _answered(link: str, values: list[Element]) -> Element:
    return {"linkId": link, "answer": values}


def _coded(question: Question, word: str) -> Element:
    return {"valueCoding": coding(ANSWERS, code_of(question, word))}


def _option(id_: str) -> Element:
    return {"valueCoding": coding(ANSWERS if id_ == NONE else OPTIONS, id_)}


def _values(question: Question, answer: Any) -> list[Element]:
    kind = question.kind
    if kind == "integer":
        return [{"valueInteger": answer}]
    if kind == "number":
        return [{"valueDecimal": answer}]
    if kind in ("tri", "choice"):
        return [_coded(question, answer)]
    if kind == "text":
        return [{"valueString": answer}]
    if not answer:
        return [{"valueCoding": coding(ANSWERS, NONE)}]
    if question.keys_from:
        return [_option(id_) for id_ in answer]
    return [
        _coded(question, word) if word in (*question.values, "unknown") else {"valueString": word}
        for word in answer
    ]


def _activity(id_: str, activity: Mapping[str, Any]) -> Iterator[Element]:
    if activity[NAME]:
        yield _answered(f"{id_}.{NAME}", [{"valueString": activity[NAME]}])
    for score in SCORES:
        if activity.get(score) is not None:
            yield _answered(f"{id_}.{score}", [{"valueDecimal": activity[score]}])


def _options(question: Question, answer: Mapping[str, str]) -> Iterator[Element]:
    for id_, said in answer.items() or ((NONE, ""),):
        items = [_answered(f"{question.id}.{OPTION}", [_option(id_)])]
        if said:
            value = _coded(question, said) if question.values else {"valueString": said}
            items.append(_answered(f"{question.id}.{ANSWER}", [value]))
        yield {"linkId": question.id, "item": items}
