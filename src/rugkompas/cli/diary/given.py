"""What was given on the command line, as fields of an entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.cli.say import refused


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """NAME=VALUE, more than once. Raises RefusedError."""
    found = {}
    for text in given:
        name, equals, value = text.rpartition("=")
        if not equals or not name:
            raise refused("diary_pair", option)
        found[name.strip()] = value.strip()
    return found


def number(text: str) -> Any:
    """A number where it is one; the check of the entry says what is wrong with the rest."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def scores(given: Iterable[str], names: tuple[str, ...]) -> dict[str, Any]:
    """NAME=SCORE, or a score alone for each own activity in turn. Raises RefusedError."""
    found: dict[str, Any] = {}
    for place, text in enumerate(given):
        name, equals, score = text.rpartition("=")
        if not equals:
            if place >= len(names):
                raise refused("diary_no_names", "--activity")
            name = names[place]
        found[name.strip()] = number(score.strip())
    return found


def signs(given: Iterable[str], knowledge: Knowledge) -> dict[str, Any]:
    """ID=ANSWER; the members of a set with commas between them."""
    found: dict[str, Any] = {}
    for name, answer in pairs(given, "--sign").items():
        question = knowledge.questions.get(name)
        is_set = question is not None and question.kind == "set"
        found[name] = [part for part in answer.split(",") if part] if is_set else answer
    return found
