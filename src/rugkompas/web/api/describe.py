"""What the description of the API (OpenAPI 3.1) says about bodies and answers."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import msgspec

from rugkompas.catalogue import Knowledge
from rugkompas.people.answers_schema import answers_schema
from rugkompas.web.api import shapes, shapes_of_words
from rugkompas.web.api.problems import MEDIA

Described = dict[str, Any]
ABOUT = (
    "Answers of one person about low back pain in, an assessment with its sources out. No medical "
    "device, for adults, and a demonstration until a clinician has signed. Nothing is kept, and "
    "nothing that was sent appears in a log or an error."
)
_PLACE = "#/components/schemas/"
_GIVEN = (
    *(shapes.Assessment, shapes.FittingOptions, shapes.Plan, shapes.NextPage, shapes.Question),
    *(shapes.Prognosis, shapes.FactIds, shapes.Fact, shapes.Problem),
    *(shapes_of_words.ShortReport, shapes_of_words.Check, shapes_of_words.DiaryCourse),
)
_OF_THE_CATALOGUE = ("Source", "Question", "Citation")
"""Given as they are kept; their kinds and topics grow with the knowledge."""
_WITH_MORE = {
    "Report": ("report", "ShortReport", "The assessment, and the short result in words."),
    "PlannedAssessment": ("plan", "Plan", "The assessment, and the plan."),
}
"""An assessment with one field more: its name, the shape of it, and what it is."""


def schemas(knowledge: Knowledge) -> Described:
    """Everything that is sent or given, by name."""
    found = {name: _open(schema) for name, schema in _shapes().items()}
    found |= {name: _growing(found[name]) for name in _OF_THE_CATALOGUE}
    for name, (field, shape, about) in _WITH_MORE.items():
        more = {"type": "object", "properties": {field: _ref(shape)}, "required": [field]}
        found[name] = {"description": about, "allOf": [_ref("Assessment"), more]}
    sent = {"Answers": answers_schema(knowledge), "Interview": _INTERVIEW, "Diary": _DIARY}
    return sent | found


def _shapes() -> dict[str, Described]:
    return msgspec.json.schema_components(_GIVEN, ref_template=_PLACE + "{name}")[1]


def _open(schema: Any) -> Any:
    """What is given may get more fields, so that a program of today reads it tomorrow."""
    if isinstance(schema, list):
        return [_open(it) for it in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        name: _open(it)
        for name, it in schema.items()
        if (name, it) != ("additionalProperties", False)
    }
    if isinstance(kept.get("description"), str):
        kept["description"] = inspect.cleandoc(kept["description"])
    return kept


def _growing(schema: Described) -> Described:
    """A new kind of source may not keep a program of today from reading an assessment."""
    properties = {
        name: {"type": "string", **{key: it[key] for key in it if key != "enum"}}
        if "enum" in it
        else it
        for name, it in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _ref(name: str) -> Described:
    return {"$ref": f"{_PLACE}{name}"}


_INTERVIEW: Described = {
    "type": "object",
    "description": "passed: ids of questions that were asked and not answered. life: also what "
    "plays a role, and what life allows.",
    "additionalProperties": False,
    "properties": {
        "answers": _ref("Answers"),
        "passed": {"type": "array", "items": {"type": "string"}},
        "life": {"type": "boolean"},
    },
}
_DIARY: Described = {
    "type": "object",
    "description": "A diary as ``rugkompas diary export`` writes it in JSON.",
    "required": ["kind", "format", "records"],
    "properties": {
        "kind": {"const": "rugkompas_diary"},
        "format": {"const": 1},
        "records": {"type": "array", "items": {"type": "object"}},
    },
}


_ANSWERS = {
    "alarm sign": {"age_years": 38, "bladder_change": "new_or_changed"},
    "much is open": {"age_years": 38, "pain_duration_days": 26, "course_activity": "unchanged"},
}
_TEXT = "This one stretch cures back pain in 5 minutes"
"""What is sent in examples; the tests send each of them."""


def looked_up(
    title: str, gives: str, *, several: bool = False, errors: tuple[int, ...] = (422,)
) -> Described:
    """What is looked up, and takes no body."""
    given = {"type": "array", "items": _ref(gives)} if several else _ref(gives)
    return _described(title, None, given, errors)


def of_answers(title: str, gives: str) -> Described:
    """The answers of one person, as CONTRACT.md names them."""
    return _described(title, _ref("Answers"), _ref(gives), examples=_ANSWERS)


def next_page() -> Described:
    """The interview."""
    examples = {
        "begin": {},
        "go on": {"answers": {"age_years": 38}, "passed": ["sex"], "life": False},
    }
    return _described("The next page", _ref("Interview"), _ref("NextPage"), examples=examples)


def of_diary() -> Described:
    """A diary."""
    empty = {"kind": "rugkompas_diary", "format": 1, "records": []}
    examples = {"nothing written": empty}
    return _described(
        "The course in a diary", _ref("Diary"), _ref("DiaryCourse"), examples=examples
    )


def of_text(most: int) -> Described:
    """A title or a text."""
    body = {
        "type": "object",
        "required": ["text"],
        "additionalProperties": False,
        "properties": {"text": {"type": "string", "minLength": 1, "maxLength": most}},
    }
    examples = {"a promise": {"text": _TEXT}}
    return _described("What a title promises", body, _ref("Check"), examples=examples)


def _described(
    title: str,
    body: Described | None,
    result: Described,
    errors: tuple[int, ...] = (413, 415, 422),
    examples: Mapping[str, Described] | None = None,
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
        shown = {name: {"value": value} for name, value in (examples or {}).items()}
        content = {"application/json": {"schema": body, "examples": shown}}
        extra["requestBody"] = {"required": True, "content": content}
    return {"summary": title, "openapi_extra": extra}
