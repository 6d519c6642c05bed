"""Holds questions and answers against the rest: every sentence has sources, every link leads
somewhere, no number stands twice, and every alarm leads to a row of the triage table."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING

from rugkompas.catalogue.answer_schema import PAGES, Asked
from rugkompas.catalogue.files import KnowledgeError, line_of
from rugkompas.catalogue.schema import Citation

if TYPE_CHECKING:
    from rugkompas.catalogue.load import Knowledge


def said_on(asked: Asked) -> dict[str, list[Citation]]:
    """Key of a sentence -> its sources, in the order in which they are said."""
    says = asked.says
    found = {"first": says.first, "second": says.second, "third": says.third}
    return {key: citations for key, citations in found.items() if citations is not None}


def check_answers(knowledge: Knowledge, folder: Path) -> None:
    """Raises KnowledgeError for the first thing that does not fit."""
    numbers: dict[int, str] = {}
    for asked in knowledge.answers.values():
        path = folder / "answers" / f"{asked.id}.yaml"
        if asked.number in numbers:
            raise KnowledgeError(
                path,
                line_of(path, "number"),
                f"number {asked.number} is that of '{numbers[asked.number]}'. Take a free one.",
            )
        numbers[asked.number] = asked.id
        _check_links(asked, path, knowledge)
        _check_sentences(asked, folder, knowledge)
    for alarm in knowledge.alarms.values():
        if alarm.flag and alarm.flag not in knowledge.red_flags:
            path = folder / "alarms" / f"{alarm.id}.yaml"
            raise KnowledgeError(
                path,
                line_of(path, alarm.flag),
                f"'{alarm.flag}' is no row of the triage table. Name one of knowledge/red_flags.",
            )


def _check_links(asked: Asked, path: Path, knowledge: Knowledge) -> None:
    known: dict[str, Container[str]] = {
        "options": knowledge.options,
        "answers": knowledge.answers,
        "topics": knowledge.topics,
        "pages": PAGES,
    }
    for link in asked.links:
        kind, _, id_ = link.partition("/")
        if id_ not in known[kind] or link == f"answers/{asked.id}":
            raise KnowledgeError(
                path,
                line_of(path, id_),
                f"the link '{link}' leads nowhere. Name an option, another answer, a "
                f"topic, or a page ({', '.join(PAGES)}).",
            )


def _check_sentences(asked: Asked, folder: Path, knowledge: Knowledge) -> None:
    for language in knowledge.words.values():
        words = language.answers.get(asked.id)
        if words is not None and set(words.says) != set(said_on(asked)):
            raise KnowledgeError(
                folder / "words" / language.language / "answers" / f"{asked.theme}.yaml",
                None,
                f"'{asked.id}' says {sorted(words.says)}, but its file has sources for "
                f"{sorted(said_on(asked))}. Every sentence needs its sources, and the reverse.",
            )
