"""One row of a table as the answers of one person: parts joined, text cells read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.people.files import FileError, json_value

NUMBER = re.compile(r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$")
"""A number as text: a point for decimals, nothing around it."""


def as_answers(row: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """The row's answers, in the types that ``person`` takes; a cell that cannot be read stays
    as it is, so that ``person`` refuses it. Column names must be known questions."""
    answers: dict[str, Any] = {}
    for name, cell in row.items():
        if cell is None or name == "id":
            continue
        question, _, part = name.partition(".")
        kind = knowledge.questions[question].kind
        if part and kind == "group" and part in knowledge.questions:
            kind = knowledge.questions[part].kind
        elif part:
            kind = "choice"
        value = _read(cell, kind)
        if part:
            answers.setdefault(question, {})[part] = value
        elif isinstance(value, dict):
            answers[question] = {**answers.get(question, {}), **value}
        else:
            answers[question] = value
    return answers


def _read(cell: Any, kind: str) -> Any:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, dict):
        return {key: _read(value, "") for key, value in cell.items() if value is not None}
    if kind in ("map", "group") and _is_pairs(cell):
        return {pair["key"]: pair["value"] for pair in cell}
    if not isinstance(cell, str):
        return cell
    if kind in ("integer", "number"):
        return float(cell) if NUMBER.match(cell) else cell
    if kind in ("set", "ids"):
        return split(cell)
    if kind in ("map", "group", "scored_list"):
        return _json(cell, split(cell) if kind == "map" and not cell.startswith("{") else cell)
    return cell


def _is_pairs(cell: Any) -> bool:
    """A Parquet map arrives as a list of key and value."""
    return (
        isinstance(cell, list)
        and bool(cell)
        and all(isinstance(item, dict) and item.keys() == {"key", "value"} for item in cell)
    )


def _json(text: str, otherwise: Any) -> Any:
    try:
        return json_value(text, "cell")
    except FileError:
        return otherwise


def split(text: str) -> list[str]:
    """ "a;b", "[]" or a JSON list as a list of words."""
    text = text.strip()
    if text.startswith("["):
        listed = _json(text, None)
        return [str(item) for item in listed] if isinstance(listed, list) else [text]
    return [part.strip() for part in text.split(";") if part.strip()]
