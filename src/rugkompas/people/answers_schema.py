"""The answers of one person as a JSON Schema (2020-12): the same that ``person`` takes.

Left to ``person``: that numbers fit together (a pain that lasts longer than a life, a range that
is turned).
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


def answers_schema(knowledge: Knowledge) -> Schema:
    """The schema of a flat object of answers. Null is the same as leaving a name out."""
    questions = sorted(knowledge.questions.values(), key=lambda q: (q.order, q.id))
    asked = [question for question in questions if not question.member_of]
    properties = {question.id: _or_null(_answer(question, knowledge)) for question in asked}
    return {
        "type": "object",
        # A member of a group may also come by itself.
        "properties": {"id": {}, **properties, **_members(questions, knowledge)},
        "additionalProperties": False,
    }


def _members(questions: Iterable[Question], knowledge: Knowledge) -> Schema:
    return {q.id: _or_null(_answer(q, knowledge)) for q in questions if q.member_of}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, _NULL]}


def _words(words: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


def _answer(question: Question, knowledge: Knowledge) -> Schema:
    if question.kind == "tri":
        return _words(TRI)
    if question.kind == "choice":
        return _words(question.values)
    if question.kind in ("integer", "number"):
        return {"type": question.kind, "minimum": question.low, "maximum": question.high}
    if question.kind == "set":
        return _set(question)
    if question.kind == "group":
        members = [knowledge.questions[member] for member in question.members]
        return _object(_members(members, knowledge))
    if question.kind == "map":
        return _map(question, knowledge)
    if question.kind == "ids":
        ids = list(getattr(knowledge, question.keys_from)) if question.keys_from else None
        return {"type": "array", "items": _words(ids) if ids else {"type": "string"}}
    if question.kind == "scored_list":
        named = _object({"name": {"type": "string"}, "start_0_10": _SCORE, "now_0_10": _SCORE})
        return {"type": "array", "items": {**named, "required": ["name"]}}
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
    keys = list(getattr(knowledge, question.keys_from))
    word = _words(question.values) if question.values else {"type": "string"}
    named = _object(dict.fromkeys(keys, _or_null(word)))
    if question.id not in LISTS_TOO:
        return named
    return {"anyOf": [named, {"type": "array", "items": _words(keys)}]}
