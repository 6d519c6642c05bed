"""What the description of the API (OpenAPI 3.1) says about bodies and answers."""

from __future__ import annotations

from typing import Any

from rugkompas.people.answers_schema import answers_schema
from rugkompas.rules.prognosis import MONTHS
from rugkompas.web.api.problems import MEDIA, PROBLEM_SCHEMA
from rugkompas.web.rules import knowledge

Described = dict[str, Any]
ABOUT = (
    "Answers of one person about low back pain in, an assessment with its sources out. No medical "
    "device, for adults, and a demonstration until a clinician has signed. Nothing is kept, and "
    "nothing that was sent appears in a log or an error."
)
_ANY: Described = {"type": "object"}
_STATUS: Described = {
    "demonstration": {"type": "boolean", "description": "No clinician has signed yet."},
    "status": {"type": "string", "description": "Then the words that stand on every page."},
}
_PAGE: Described = {
    "type": ["object", "null"],
    "required": ["id", "stage", "left", "title", "progress", "questions"],
    "properties": {
        "id": {"type": "string"},
        "stage": {"enum": ["signs", "course", "factors", "life"]},
        "left": {
            "type": ["integer", "null"],
            "description": "Pages of this stage that can come at most, this one counted.",
        },
        "title": {"type": "string"},
        "progress": {"type": "string", "description": "How far, in words."},
        "questions": {"type": "array", "minItems": 1, "items": _ANY},
    },
}


def schemas() -> Described:
    """What several addresses share, by name."""
    return {"Answers": answers_schema(knowledge()), "Problem": PROBLEM_SCHEMA}


def _ref(name: str) -> Described:
    return {"$ref": f"#/components/schemas/{name}"}


def listing(title: str) -> Described:
    """A list or an object that is looked up."""
    return _described(title, None, {}, errors=(422,))


def of_answers(title: str) -> Described:
    """The answers of one person, as CONTRACT.md names them."""
    return _described(title, _ref("Answers"), _ANY)


def next_page() -> Described:
    """The interview."""
    body = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "answers": _ref("Answers"),
            "passed": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Ids of questions that were asked and not answered.",
            },
            "life": {
                "type": "boolean",
                "description": "Also what plays a role, and what life allows.",
            },
        },
    }
    result: Described = {
        "type": "object",
        "required": ["page", "demonstration", "status"],
        "properties": {"page": _PAGE, **_STATUS},
    }
    return _described("The next page", body, result)


def report() -> Described:
    """The assessment with its words."""
    text: Described = {"type": "string"}
    sections: Described = {"type": "array", "items": _ANY}
    answer: Described = {
        "type": "object",
        "required": ["urgency", "headline", "action", "lead", "how", "watch"],
        "properties": {"urgency": text, "headline": text, "action": text},
    }
    words: Described = {
        "type": "object",
        "required": ["answer", "sections", "sources", "about", "status", "emergency_number"],
        "properties": {"answer": answer, "sections": sections, "emergency_number": text},
    }
    result: Described = {
        "type": "object",
        "required": ["triage", "safety_net", "demonstration", "report"],
        "properties": {"triage": _ANY, "report": words},
    }
    return _described("The assessment and the short result in words", _ref("Answers"), result)


def prognosis() -> Described:
    """The chances later."""
    ends = ("", "_lower", "_upper")
    chances = [f"limited_{months}m{end}" for months in MONTHS for end in ends]
    chance: Described = {"type": "number", "minimum": 0, "maximum": 1}
    result: Described = {
        "type": "object",
        "required": [*chances, "call_first", "answered"],
        "properties": {**dict.fromkeys(chances, chance), "call_first": {"type": "boolean"}},
    }
    return _described("How it may go on", _ref("Answers"), result)


def of_diary() -> Described:
    """A diary."""
    body = {
        "type": "object",
        "required": ["kind", "format", "records"],
        "properties": {
            "kind": {"const": "rugkompas_diary"},
            "format": {"const": 1},
            "records": {"type": "array", "items": _ANY},
        },
    }
    return _described("The course in a diary", body, _ANY)


def of_text(most: int) -> Described:
    """A title or a text."""
    body = {
        "type": "object",
        "required": ["text"],
        "additionalProperties": False,
        "properties": {"text": {"type": "string", "minLength": 1, "maxLength": most}},
    }
    return _described("What a title promises", body, _ANY)


def one_fact() -> Described:
    """A fact by its id."""
    return _described("One fact", None, _ANY, errors=(404, 422))


def _described(
    title: str, body: Described | None, result: Described, errors: tuple[int, ...] = (413, 415, 422)
) -> Described:
    refused = {"content": {MEDIA: {"schema": _ref("Problem")}}}
    said = {422: "What was sent cannot be used; each problem is named", 404: "Not there"}
    said |= {415: "The body is not JSON", 413: "The body is larger than one person needs"}
    extra: Described = {
        "responses": {
            200: {"description": "OK", "content": {"application/json": {"schema": result}}},
            **{code: {"description": said[code], **refused} for code in errors},
            429: {"description": "Too many requests from this address", **refused},
        }
    }
    if body is not None:
        content = {"application/json": {"schema": body}}
        extra["requestBody"] = {"required": True, "content": content}
    return {"summary": title, "openapi_extra": extra}
