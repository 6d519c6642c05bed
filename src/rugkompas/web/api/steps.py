"""The interview for a program: answers and what was passed over in, the next page out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from rugkompas.assess import assess
from rugkompas.assess.pages import OFFER, Asked, next_page, next_page_of_life
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.sentences import Voice
from rugkompas.people.person import person
from rugkompas.web.asking import DAYS_IN, NONE, Field, fields
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import words

PARTS = ("factors", "changeable", "person_facts")


def next_step(
    answers: Mapping[str, Any], passed: Sequence[str], life: bool, language: str
) -> dict[str, Any] | None:
    """The next page, or None when nothing is left to ask.

    answers: as ``assess`` takes them. passed: steps that were asked and not answered. life: go
    on, after triage and course, with what plays a role and what life allows.
    Raises BadAnswers.
    """
    held, day = knowledge(), today()
    p = held.parameters_on(day)
    checked = person(answers, held).given
    told = dict(_steps(checked))
    asked = [Asked("given", {**dict.fromkeys(passed), **told, OFFER: "yes" if life else "no"})]
    page = next_page(asked, {}, held, p)
    if page is None and life and _can_wait(answers, day):
        page = next_page_of_life(asked, {}, held, p)
    if page is None:
        return None
    t = words(language)
    shown = fields(page, {}, held, Voice(held, language), t)
    left = "" if page.left is None else "_left"
    return {
        "id": page.id,
        "stage": page.stage,
        "left": page.left,
        "title": shown[0].label if len(shown) == 1 else t(f"page_{page.id}"),
        "progress": t(f"progress_{page.stage}{left}", count=page.left),
        "questions": [as_asked(field) for field in shown],
    }


def _can_wait(answers: Mapping[str, Any], day: dt.date) -> bool:
    return assess(answers, on=day, knowledge=knowledge()).triage.urgency not in URGENT


def status(language: str) -> dict[str, Any]:
    """Whether this is a demonstration, and the words that then stand on every page."""
    held = knowledge()
    demonstration = not held.release.signed_by
    said = Voice(held, language)("status") if demonstration else ""
    return {"demonstration": demonstration, "status": said}


def _steps(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Answers by step: a map is a step for each of its keys."""
    steps: list[tuple[str, Any]] = []
    for name, answer in given.items():
        if name in PARTS:
            steps += [(f"{name}.{key}", word) for key, word in answer.items()]
        else:
            steps.append((name, answer))
    return steps


def as_asked(field: Field) -> dict[str, Any]:
    """A question with its words. ``id``: the name of the answer, "map.key" for a part."""
    # Of several, "none of these" is an empty list; where one is chosen it can be a real answer.
    none = NONE if field.kind == "several" else ""
    made: dict[str, Any] = {
        "id": field.step,
        "kind": field.kind,
        "label": field.label,
        "help": field.help,
        "why": field.why,
        "choices": [
            {"value": it.value, "text": it.text} for it in field.choices if it.value != none
        ],
    }
    nothing = [it.text for it in field.choices if it.value == none]
    if nothing:
        made["nothing"] = nothing[0]
    if field.kind == "duration":
        made["days_in"] = DAYS_IN
    if field.high:
        made |= {"low": field.low, "high": field.high}
    return made
