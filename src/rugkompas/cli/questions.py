"""``rugkompas questions``: everything that can be asked, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

import click

from rugkompas.catalogue.schema import Question
from rugkompas.cli.app import Command, format_option, language_option
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``questions`` in the language of ``say``."""

    def run(format_: str | None) -> None:
        asked = sorted(say.knowledge.questions.values(), key=lambda q: (q.order, q.id))
        if format_ == "json":
            data = [as_data(question, say) for question in asked]
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for question in asked:
            click.echo(f"{question.id}: {_shape(question)}")
            words = say.knowledge.words[say.language].questions.get(question.id)
            if words is not None:
                click.echo(f"    {words.label}")

    return Command(
        "questions", callback=run, params=[format_option("text", "json"), language_option()]
    ).speaks(say)


def as_data(question: Question, say: Say) -> dict[str, Any]:
    """One question for programs: what it takes, to whom it applies, and its words if any."""
    words = say.knowledge.words[say.language].questions.get(question.id)
    data: dict[str, Any] = {
        "id": question.id,
        "kind": question.kind,
        "topic": question.topic,
        "order": question.order,
        "triage": question.triage,
        "emergency": question.emergency,
        "optional": question.optional,
        "applies": question.applies,
    }
    if values := allowed(question):
        data["values"] = values
    if question.low is not None:
        data |= {"low": question.low, "high": question.high, "unit": question.unit}
    if question.members:
        data["members"] = question.members
    if question.keys_from == "factors":
        data["keys"] = list(say.knowledge.factors)
    if words is not None:
        data |= {"label": words.label, "help": words.help, "why": words.why}
        data["words"] = words.values
    return data


def allowed(question: Question) -> list[str]:
    """The words that an answer may be, or that a set may hold."""
    if question.kind == "tri":
        return ["yes", "no", "unknown"]
    return [*question.values, *(["unknown"] if question.unknown_alone else [])]


def _shape(question: Question) -> str:
    """What an answer looks like, in one line."""
    if question.kind in ("integer", "number"):
        return f"{question.kind} {question.low:g}-{question.high:g}, {question.unit}"
    values = allowed(question) or question.members
    return f"{question.kind}: {', '.join(values)}" if values else question.kind
