"""Holds the pages that explain against the rest: every statement has a source and a sentence,
every number of a sentence is read from a fact, every picture has its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rugkompas.catalogue.figures import found_at, number_at
from rugkompas.catalogue.files import KnowledgeError, line_of
from rugkompas.catalogue.option_schema import Effect
from rugkompas.catalogue.topic_schema import Drawing, Row, Statement, Topic
from rugkompas.catalogue.words import TopicWords

if TYPE_CHECKING:
    from rugkompas.catalogue.load import Knowledge

T = TypeVar("T")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_GIVEN = {"emergency_number"}
"""Filled in for every sentence."""


def check_topics(knowledge: Knowledge, folder: Path) -> None:
    """Raises KnowledgeError, with file and line, for the first thing that does not fit."""
    taken: dict[int, str] = {}
    for topic in knowledge.topics.values():
        path = folder / "topics" / f"{topic.id}.yaml"
        if topic.number in taken:
            raise KnowledgeError(
                path,
                line_of(path, "number"),
                f"{topic.number} is the number of '{taken[topic.number]}'. Give another one.",
            )
        taken[topic.number] = topic.id
        _check_topic(knowledge, topic, path)
        for language, words in knowledge.words.items():
            said_in = folder / "words" / language / "topics" / f"{topic.id}.yaml"
            _check_words(knowledge, topic, words.topics[topic.id], said_in)


def statements(topic: Topic) -> Iterator[Statement]:
    """Every statement of a page, in order."""
    for part in topic.parts:
        yield from part.statements


def _check_topic(knowledge: Knowledge, topic: Topic, path: Path) -> None:
    seen: set[str] = set()
    for id_ in [*(part.id for part in topic.parts), *(it.id for it in statements(topic))]:
        if id_ in seen:
            raise KnowledgeError(path, line_of(path, id_), f"'{id_}' stands twice. Rename one.")
        seen.add(id_)
    for id_ in topic.onward:
        if id_ not in knowledge.topics:
            raise KnowledgeError(path, line_of(path, id_), f"'{id_}' is not a topic.")
    for statement in statements(topic):
        _check_statement(knowledge, statement, path)
    for part in topic.parts:
        if part.drawing:
            _check_drawing(knowledge, part.drawing, path)
        elif not part.statements:
            raise KnowledgeError(path, line_of(path, part.id), f"'{part.id}' says nothing.")


def _check_statement(knowledge: Knowledge, statement: Statement, path: Path) -> None:
    line = line_of(path, statement.id)
    cited = list(statement.citations)
    for name, number in statement.numbers.items():
        if bool(number.at) == (number.own is not None):
            raise KnowledgeError(path, line, f"'{name}' needs `at` or `own`, and not both.")
        if number.own is not None and not statement.citations:
            raise KnowledgeError(path, line, f"'{name}' is a number of its own: cite its source.")
        if number.at:
            cited += _resolved(path, line, partial(number_at, knowledge, number.at))[1]
    if not cited:
        raise KnowledgeError(
            path, line, f"statement '{statement.id}' has no source. Add `citations:`."
        )


def _resolved(path: Path, line: int | None, look: Callable[[], T]) -> T:
    """What a path leads to. Raises KnowledgeError for one that leads nowhere."""
    try:
        return look()
    except LookupError as error:
        raise KnowledgeError(path, line, f"{error.args[0]}. Mend the path.") from None


def _check_drawing(knowledge: Knowledge, drawing: Drawing, path: Path) -> None:
    line = line_of(path, f"kind: {drawing.kind}")
    if drawing.bar:
        _resolved(path, line, partial(number_at, knowledge, drawing.bar))
    for row in drawing.rows:
        _check_row(knowledge, row, path)
    for id_ in drawing.comparisons:
        found = knowledge.comparisons.get(id_)
        if found is None or found.kind != "ranking":
            raise KnowledgeError(path, line_of(path, id_), f"'{id_}' is not a ranking.")
    if drawing.expectation:
        facts = knowledge.expectations.get(drawing.expectation)
        known = {it.id for it in facts.proportions} if facts else set()
        for id_ in drawing.proportions:
            if id_ not in known:
                raise KnowledgeError(path, line_of(path, id_), f"'{id_}' is not a proportion.")
        if facts is None or (drawing.kind == "course" and not facts.band):
            raise KnowledgeError(path, line, f"'{drawing.expectation}' has no course to draw.")
    needed = {
        "forest": drawing.rows,
        "ranks": drawing.comparisons,
        "course": drawing.expectation,
        "shares": drawing.proportions,
        "rules": True,
    }
    if not needed[drawing.kind]:
        raise KnowledgeError(path, line, f"a drawing of kind '{drawing.kind}' has nothing to draw.")


def _check_row(knowledge: Knowledge, row: Row, path: Path) -> None:
    line = line_of(path, row.figure)
    figure, cited = _resolved(path, line, partial(found_at, knowledge, row.figure))
    if not isinstance(figure, Effect) or figure.value is None or not cited:
        raise KnowledgeError(
            path, line, f"'{row.figure}' is not an effect with a value and a source."
        )


def _check_words(knowledge: Knowledge, topic: Topic, words: TopicWords, path: Path) -> None:
    needed = {
        "parts": {part.id for part in topic.parts},
        "said": {statement.id for statement in statements(topic)},
        "drawn": {part.id for part in topic.parts if part.drawing},
        "labels": {
            row.id
            for part in topic.parts
            if part.drawing
            for row in part.drawing.rows
            if row.id not in knowledge.options
        },
    }
    for name, ids in needed.items():
        have = set(getattr(words, name))
        for id_ in sorted(ids - have):
            raise KnowledgeError(path, None, f"has no words for '{name}.{id_}'. Add them.")
        for id_ in sorted(have - ids):
            raise KnowledgeError(
                path, line_of(path, id_), f"'{name}.{id_}' has words but no fact. Take them away."
            )
    for statement in statements(topic):
        said = words.said[statement.id]
        used = set(_PLACEHOLDER.findall(said)) - _GIVEN
        if used != set(statement.numbers):
            raise KnowledgeError(
                path,
                line_of(path, f"{statement.id}:"),
                f"'{statement.id}' says {sorted(used)}, and its numbers are "
                f"{sorted(statement.numbers)}. Make them equal.",
            )
