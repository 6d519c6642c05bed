"""One YAML file in, plain data out; every complaint names file and line.

YAML 1.2, so ``no`` stays a word, and a key that stands twice is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

S = TypeVar("S")


class KnowledgeError(Exception):
    """A file in ``knowledge/`` is wrong: what, where, and what to do."""

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        self.path = path
        self.line = line
        where = f"{shown(path)}, line {line}" if line else shown(path)
        super().__init__(f"{where}: {message}")


def shown(path: Path) -> str:
    """The path from ``knowledge/`` on, as people know it."""
    parts = path.parts
    return "/".join(parts[parts.index("knowledge") :]) if "knowledge" in parts else path.name


def read(path: Path) -> Any:
    """The file as plain dicts, lists, words and numbers."""
    # Loaded only where files are really read: with a cached result no start pays for it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        return YAML(typ="safe", pure=True).load(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise KnowledgeError(path, None, f"is not UTF-8 text ({error.reason}).") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = (error.problem or "cannot be read as YAML").split("\n")[0]
        raise KnowledgeError(path, line, f"{problem}. Mend the YAML at this place.") from error


def convert(path: Path, raw: Any, type_: type[S]) -> S:
    """Plain data into a frozen object; unknown keys and wrong types are refused."""
    try:
        return msgspec.convert(raw, type_)
    except msgspec.ValidationError as error:
        message, _, at = str(error).partition(" - at ")
        line = line_at(path, at.strip("`"))
        unknown = re.search(r"unknown field `(\w+)`", message)
        if unknown:
            line = line_of(path, unknown[1] + ":") or line
            allowed = ", ".join(field.encode_name for field in _fields(type_))
            message = f"unknown key '{unknown[1]}'. Allowed here: {allowed}"
        raise KnowledgeError(path, line, f"{message}. Mend the value or the key.") from error


def _fields(type_: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of a struct; for a mapping, those of its values."""
    while getattr(type_, "__args__", None):
        type_ = type_.__args__[-1]
    return msgspec.structs.fields(type_)


def line_of(path: Path, word: str) -> int | None:
    """The first line that holds this word."""
    pattern = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(word)}(?![A-Za-z0-9_])")
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if pattern.search(line):
            return number
    return None


def line_at(path: Path, at: str) -> int | None:
    """The line of a place such as ``$.values[0].from``."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    node: Node | None = YAML(typ="safe", pure=True).compose(path.read_text("utf-8"))
    line = node.start_mark.line + 1 if node else None
    for key, index in re.findall(r"\.([A-Za-z_]\w*)|\[(\d+|\.\.\.)\]", at):
        if isinstance(node, MappingNode) and key:
            found = [(k, v) for k, v in node.value if k.value == key]
            if not found:
                return line
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, SequenceNode) and index.isdigit() and int(index) < len(node.value):
            node = node.value[int(index)]
            line = node.start_mark.line + 1
        else:
            return line
    return line
