"""One person's answers: a flat mapping in, a checked and coded ``Person`` out."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic.codebook import TRI
from rugkompas.people.problems import BadAnswers, Problem

LISTS_TOO = ("person_facts", "rejects", "cannot")
"""Objects that may also come as a list of the ids that hold (CONTRACT)."""
SAME_NUMBER = {"nprs": "pain_nrs"}
"""Two names for one number (CONTRACT): the left one stands in where the right one is absent."""


@dataclass(frozen=True, slots=True)
class Person:
    """Checked answers. ``given`` holds them under their question ids (members of groups
    under their own ids); ``codes`` holds what the rules read, variable -> code."""

    given: Mapping[str, Any]
    codes: Mapping[str, int | float]
    id: str | None = None


def person(answers: Mapping[str, Any], knowledge: Knowledge) -> Person:
    """Check and code the answers of one person.

    answers: question id -> answer, as in CONTRACT.md. ``None`` is the same as leaving the id
    out: not asked. A key ``id`` names the record and is kept.
    Raises BadAnswers with every problem found; nothing is dropped or guessed.
    """
    problems: list[Problem] = []
    given: dict[str, Any] = {}
    for key, answer in answers.items():
        if key == "id" or answer is None:
            continue
        question = knowledge.questions.get(key)
        if question is None:
            problems.append(_unknown_id(str(key), str(key), knowledge.questions))
        elif question.kind == "group":
            _group(question, answer, knowledge, given, problems)
        else:
            checked = _check(question, answer, knowledge, problems)
            if checked is not None:
                given[key] = checked
    if not problems:
        _between(given, problems)
    if problems:
        raise BadAnswers(problems)
    name = answers.get("id")
    return Person(given, _codes(given, knowledge), None if name is None else str(name))


def grouped(given: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Answers under their question ids, with the members of a group under their group: the
    shape of CONTRACT.md, as people keep it in a file."""
    found: dict[str, Any] = {}
    for name, answer in given.items():
        group = knowledge.questions[name].member_of
        if group:
            found.setdefault(group, {})[name] = answer
        else:
            found[name] = answer
    return found


def _unknown_id(where: str, key: str, known: Iterable[str]) -> Problem:
    close = difflib.get_close_matches(key, list(known), n=1)
    if close:
        return Problem("unknown_id_near", where, {"near": close[0]})
    return Problem("unknown_id", where)


def _group(
    question: Question,
    answer: Any,
    knowledge: Knowledge,
    given: dict[str, Any],
    problems: list[Problem],
) -> None:
    if not isinstance(answer, Mapping):
        problems.append(Problem("not_an_object", question.id))
        return
    for key, part in answer.items():
        if key not in question.members:
            allowed = {"allowed": _list(question.members)}
            problems.append(Problem("unknown_member", f"{question.id}.{key}", allowed))
        elif part is not None:
            checked = _check(knowledge.questions[key], part, knowledge, problems)
            if checked is not None:
                given[key] = checked


def _list(words: Any) -> str:
    return ", ".join(str(word) for word in words)


def _check(question: Question, answer: Any, knowledge: Knowledge, problems: list[Problem]) -> Any:
    """The answer in its own type, or None with a problem added."""
    check = {
        "tri": _word,
        "choice": _word,
        "integer": _number,
        "number": _number,
        "set": _members,
        "ids": _ids,
        "map": _map,
        "scored_list": _activities,
        "text": _text,
    }[question.kind]
    return check(question, answer, knowledge, problems)


def _word(question: Question, answer: Any, _: Knowledge, problems: list[Problem]) -> str | None:
    allowed = TRI if question.kind == "tri" else question.values
    if isinstance(answer, str) and answer in allowed:
        return answer
    kind = "not_a_boolean" if isinstance(answer, bool) else "not_a_value"
    problems.append(Problem(kind, question.id, {"allowed": _list(allowed)}))
    return None


def _number(
    question: Question, answer: Any, _: Knowledge, problems: list[Problem]
) -> int | float | None:
    limits = {"low": f"{question.low:g}", "high": f"{question.high:g}", "unit": question.unit}
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        problems.append(Problem("not_a_number", question.id, limits))
    elif not question.low <= answer <= question.high:  # type: ignore[operator]
        problems.append(Problem("out_of_range", question.id, limits))
    elif question.kind == "integer" and answer != int(answer):
        problems.append(Problem("not_whole", question.id, limits))
    else:
        return int(answer) if question.kind == "integer" else float(answer)
    return None


def _members(
    question: Question, answer: Any, _: Knowledge, problems: list[Problem]
) -> tuple[str, ...] | None:
    allowed = [*question.values, *(["unknown"] if question.unknown_alone else [])]
    if question.unknown_alone and answer == "unknown":
        answer = ["unknown"]
    if not isinstance(answer, list | tuple | set | frozenset):
        problems.append(Problem("not_a_list", question.id, {"allowed": _list(allowed)}))
        return None
    if any(member not in allowed for member in answer):
        problems.append(Problem("not_a_member", question.id, {"allowed": _list(allowed)}))
        return None
    members = tuple(member for member in allowed if member in answer)
    if "unknown" in members and len(members) > 1:
        problems.append(Problem("unknown_not_alone", question.id))
        return None
    return members


def _ids(
    question: Question, answer: Any, knowledge: Knowledge, problems: list[Problem]
) -> tuple[str, ...] | None:
    if not isinstance(answer, list | tuple) or not all(isinstance(item, str) for item in answer):
        problems.append(Problem("not_a_list_of_ids", question.id))
        return None
    if question.keys_from:
        keys = getattr(knowledge, question.keys_from)
        strange = [item for item in answer if item not in keys]
        problems += [_unknown_id(f"{question.id}.{item}", item, keys) for item in strange]
    return tuple(answer)


def _map(
    question: Question, answer: Any, knowledge: Knowledge, problems: list[Problem]
) -> dict[str, str] | None:
    """An object id -> word (or own words); a list names the ids that hold, and so says "no"
    of every other id that has words."""
    keys: Mapping[str, Any] = getattr(knowledge, question.keys_from)
    if isinstance(answer, list | tuple) and question.id in LISTS_TOO:
        if not all(isinstance(item, str) for item in answer):
            problems.append(Problem("not_a_list_of_ids", question.id))
            return None
        holding = dict.fromkeys(answer, "yes" if question.values else "")
        others = dict.fromkeys(keys, "no") if question.values else {}
        answer = {**others, **holding}
    if not isinstance(answer, Mapping):
        problems.append(Problem("not_an_object", question.id))
        return None
    checked: dict[str, str] = {}
    for key, word in answer.items():
        where = f"{question.id}.{key}"
        if word is None:
            continue
        if key not in keys:
            problems.append(_unknown_id(where, str(key), keys))
        elif isinstance(word, bool):
            problems.append(Problem("not_a_boolean", where, {"allowed": _list(question.values)}))
        elif not isinstance(word, str) or (question.values and word not in question.values):
            problems.append(Problem("not_a_value", where, {"allowed": _list(question.values)}))
        else:
            checked[str(key)] = word
    return checked


def _activities(
    question: Question, answer: Any, _: Knowledge, problems: list[Problem]
) -> tuple[dict[str, Any], ...] | None:
    keys = {"name", "start_0_10", "now_0_10"}
    well = isinstance(answer, list | tuple) and all(
        isinstance(item, Mapping)
        and set(item) <= keys
        and isinstance(item.get("name"), str)
        and all(
            item.get(key) is None
            or (
                isinstance(item[key], int | float)
                and not isinstance(item[key], bool)
                and 0 <= item[key] <= 10
            )
            for key in ("start_0_10", "now_0_10")
        )
        for item in answer
    )
    if not well:
        problems.append(Problem("not_activities", question.id))
        return None
    return tuple(dict(item) for item in answer)


def _text(question: Question, answer: Any, _: Knowledge, problems: list[Problem]) -> str | None:
    if isinstance(answer, str):
        return answer
    problems.append(Problem("not_text", question.id))
    return None


def _between(given: dict[str, Any], problems: list[Problem]) -> None:
    """What answers must be together, and what they say for each other."""
    age, days = given.get("age_years"), given.get("pain_duration_days")
    if age is not None and days is not None and days > (age + 1) * 366:
        problems.append(Problem("longer_than_life", "pain_duration_days"))
    for other, name in SAME_NUMBER.items():
        if other in given:
            # Of two different numbers the higher one counts: nothing lowers the urgency.
            given[name] = max(given[other], given.get(name, given[other]))
    low, high = given.get("pain_duration_days_min"), given.get("pain_duration_days_max")
    if low is not None and high is not None and low > high:
        problems.append(Problem("range_turned", "pain_duration_days_min"))
    elif days is None and "pain_duration_class" not in given and (low, high) != (None, None):
        interval = interval_class(low, high)
        if interval:
            given["pain_duration_class"] = interval


def interval_class(low: int | None, high: int | None) -> str | None:
    """The duration class that holds the whole range of days, if one does."""
    bounds = {
        "lt_3_weeks": (0, 20),
        "3_to_6_weeks": (21, 41),
        "6_to_12_weeks": (42, 83),
        "gt_12_weeks": (84, math.inf),
    }
    bottom, top = low or 0, math.inf if high is None else high
    for name, (first, last) in bounds.items():
        if first <= bottom and top <= last:
            return name
    return None


def _codes(given: Mapping[str, Any], knowledge: Knowledge) -> dict[str, int | float]:
    codes: dict[str, int | float] = {}
    book = knowledge.codebook
    for id_, answer in given.items():
        kind = knowledge.questions[id_].kind
        if kind in ("tri", "choice"):
            codes[id_] = book[id_].code(answer)
        elif kind in ("integer", "number"):
            codes[id_] = answer
        elif kind == "set":
            for member in _all_members(knowledge.questions[id_]):
                codes[f"{id_}.{member}"] = 2 if member in answer else 1
        elif kind == "map":
            for key, word in answer.items():
                variable = book[f"{id_}.{key}"]
                codes[variable.name] = variable.code(word) if word in variable.words else 2
        elif kind == "ids":
            for key in answer:
                if f"{id_}.{key}" in book:
                    codes[f"{id_}.{key}"] = 2
    return codes


def _all_members(question: Question) -> list[str]:
    return [*question.values, *(["unknown"] if question.unknown_alone else [])]
