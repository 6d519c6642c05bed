"""Reading answers from JSON or YAML text, strictly: nothing is guessed, nothing is lost.

A name that stands twice, NaN, half a character, an alias or text that is not UTF-8 is refused
with its reason. YAML is 1.2, so ``no`` is a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from rugkompas.people.problems import Problem

LIMIT = 2_000_000
"""Bytes that the answers of one person may take; real ones take a few thousand."""
DEEPEST = 20
"""Objects and lists inside each other; real answers have three levels."""
MOST_NAMES = 1000
"""Names in one object; there are some two hundred questions and factors."""
MOST_NODES = 10 * MOST_NAMES
"""Names, answers, objects and lists in one YAML document."""
_LARGEST = 10**15
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
"""Half of a surrogate pair: JSON can write it, no file or screen can show it."""


class FileError(ValueError):
    """A file, line or cell cannot be read; ``problem`` says why."""

    def __init__(self, kind: str, where: str, **details: str) -> None:
        self.problem = Problem(kind, where, details)
        super().__init__(kind)


def read_bytes(stream: BinaryIO, where: str) -> bytes:
    """Everything in the stream. Raises FileError when that is more than one person needs."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise FileError("file_too_large", where, limit=f"{LIMIT // 1_000_000} MB")
    return data


def text_of(data: bytes, where: str) -> str:
    """UTF-8 text, with or without a byte order mark. Raises FileError for anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError("file_not_text", where) from None
    if "\0" in text:
        raise FileError("file_not_text", where)
    return text


def value_of(data: bytes, format_: str, where: str) -> Any:
    """The value in a JSON or YAML document. Raises FileError."""
    text = text_of(data, where)
    if not text.strip():
        raise FileError("file_empty", where)
    return json_value(text, where) if format_ == "json" else yaml_value(text, where)


def answers_in(value: Any, where: str) -> dict[str, Any]:
    """The answers of one person: an object of answers, or a case that holds one in ``answers``
    (then its ``id`` is kept and the rest is left out). Raises FileError."""
    case = value if isinstance(value, Mapping) and "answers" in value else None
    answers = value if case is None else case["answers"]
    if not isinstance(answers, Mapping):
        raise FileError("not_one_person", where)
    if case is None or case.get("id") is None:
        return dict(answers)
    return {**answers, "id": case["id"]}


def json_value(text: str, where: str) -> Any:
    """JSON, with names that stand once and numbers that are numbers. Raises FileError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        named = dict(pairs)
        if len(named) < len(pairs):
            seen: set[str] = set()
            twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
            raise FileError("key_twice", where, key=_shown(twice))
        return named

    def no_number(_: str) -> Any:
        raise FileError("not_finite", where)

    def whole(digits: str) -> int | float:
        return int(digits) if len(digits) < 16 else float(digits)

    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=no_number, parse_int=whole)
    except json.JSONDecodeError as error:
        raise FileError("file_broken", where, format="JSON", line=str(error.lineno)) from None
    except RecursionError:
        raise FileError("too_deep", where) from None
    return _checked(value, where)


def yaml_value(text: str, where: str) -> Any:
    """YAML 1.2 without aliases. Raises FileError."""
    from ruamel.yaml import YAML
    from ruamel.yaml.composer import Composer
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.events import AliasEvent

    class Plain(Composer):
        """No aliases: they let a few lines stand for gigabytes. And no more than answers need:
        this reader is slow."""

        nodes = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            self.nodes += 1
            if self.nodes > MOST_NODES:
                raise FileError("too_many_names", where, limit=str(MOST_NAMES))
            if self.parser.check_event(AliasEvent):
                line = self.parser.peek_event().start_mark.line + 1
                raise FileError("key_alias", where, line=str(line))
            return super().compose_node(parent, index)

    reader = YAML(typ="safe", pure=True)
    reader.Composer = Plain
    try:
        value = reader.load(text)
    except DuplicateKeyError as error:
        key = re.search(r'duplicate key "([^"\n]*)"', error.problem or "")
        raise FileError("key_twice", where, key=_shown(key[1] if key else "?")) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = str(mark.line + 1) if mark else "?"
        raise FileError("file_broken", where, format="YAML", line=line) from None
    except RecursionError:
        raise FileError("too_deep", where) from None
    except (YAMLError, ValueError, TypeError, OverflowError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError("file_unreadable", where, format="YAML") from None
    return _checked(value, where)


def _checked(value: Any, where: str, depth: int = 0) -> Any:
    """The same value, or FileError for what no answer can hold; too large numbers become
    infinite, so that they are out of range and nothing overflows."""
    if depth > DEEPEST:
        raise FileError("too_deep", where)
    if isinstance(value, str):
        if not value.isascii() and _HALF_CHARACTER.search(value):
            raise FileError("file_not_text", where)
        return value
    if isinstance(value, dict):
        if len(value) > MOST_NAMES:
            raise FileError("too_many_names", where, limit=str(MOST_NAMES))
        deeper = depth + 1
        return {
            _checked(key, where, deeper): _checked(item, where, deeper)
            for key, item in value.items()
        }
    if isinstance(value, bytes | bool) or value is None:
        return value
    if isinstance(value, int) and abs(value) > _LARGEST:
        return float("inf")
    if isinstance(value, Iterable):
        return type(value)(_checked(item, where, depth + 1) for item in value)  # type: ignore[call-arg]
    return value


def _shown(name: str) -> str:
    return name if len(name) <= 60 else name[:60] + "…"
