"""The answers of one person as a JSON Schema (2020-12): the same that ``person`` takes.

Each answer is described by its question, in English. Left to ``person``: that numbers fit
together (a pain that lasts longer than a life, a range that is turned).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic.codebook import TRI
from rugkompas.people.person import LISTS_TOO

Schema = dict[str, Any]
_SCORE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 10}
_NULL: Schema = {"type": "null"}
_TRI: Schema = {"title": "Tri", "type": "string", "enum": list(TRI)}
_RECORD: Schema = {"description": "Names the record; it stands in the result as text."}
_TITLES = {"factors": "FactorId", "options": "OptionId", "person_facts": "PersonFactId"}
_LANGUAGE = "en"


def answers_schema(knowledge: Knowledge) -> Schema:
    """The schema of a flat object of answers. Null is the same as leaving a name out."""
    questions = sorted(knowledge.questions.values(), key=lambda q: (q.order, q.id))
    asked = [question for question in questions if not question.member_of]
    members = [question for question in questions if question.member_of]
    properties = _properties(asked, knowledge)
    return {
        "type": "object",
        # A member of a group may also come by itself.
        "properties": {"id": _RECORD, **properties, **_properties(members, knowledge)},
        "additionalProperties": False,
    }


def _properties(questions: Iterable[Question], knowledge: Knowledge) -> Schema:
    return {question.id: _property(question, knowledge) for question in questions}


def _property(question: Question, knowledge: Knowledge) -> Schema:
    said = knowledge.words[_LANGUAGE].questions.get(question.id)
    described = {"description": said.label} if said else {}
    return {**described, **_or_null(_answer(question, knowledge))}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, _NULL]}


def _words(words: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


def _ids(kind: str, knowledge: Knowledge) -> Schema:
    return {"title": _TITLES[kind], **_words(getattr(knowledge, kind))}


def _answer(question: Question, knowledge: Knowledge) -> Schema:
    if question.kind == "tri":
        return _TRI
    if question.kind == "choice":
        return _words(question.values)
    if question.kind in ("integer", "number"):
        return {"type": question.kind, "minimum": question.low, "maximum": question.high}
    if question.kind == "set":
        return _set(question)
    if question.kind == "group":
        members = [knowledge.questions[member] for member in question.members]
        return _object(_properties(members, knowledge))
    if question.kind == "map":
        return _map(question, knowledge)
    if question.kind == "ids":
        text: Schema = {"type": "string"}
        one = _ids(question.keys_from, knowledge) if question.keys_from else text
        return {"type": "array", "items": one}
    if question.kind == "scored_list":
        named = _object({"name": {"type": "string"}, "start_0_10": _SCORE, "now_0_10": _SCORE})
        return {"type": "array", "items": {"title": "Activity", **named, "required": ["name"]}}
    return {"type": "string"}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _set(question: Question) -> Schema:
    members: Schema = {"type": "array", "items": _words(question.values)}
    if not question.unknown_alone:
        return members
    alone: Schema = {"type": "array", "items": _words(["unknown"])}
    return {"anyOf": [members, alone, _words(["unknown"])]}


def _map(question: Question, knowledge: Knowledge) -> Schema:
    ids = _ids(question.keys_from, knowledge)
    word: Schema = {"type": "string"}
    if question.values:
        word = _TRI if question.values == list(TRI) else _words(question.values)
    named = {"type": "object", "propertyNames": ids, "additionalProperties": _or_null(word)}
    if question.id not in LISTS_TOO:
        return named
    return {"anyOf": [named, {"type": "array", "items": ids}]}
