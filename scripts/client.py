"""Makes the types of the Python client from the description of the API.

python scripts/client.py            client/python/src/rugkompas_client/{words,answers,results}.py
python scripts/client.py --check    only say whether they are up to date
"""

from __future__ import annotations

import argparse
import inspect
import json
import keyword
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rugkompas.catalogue import Knowledge, load
from rugkompas.web.api import describe

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "client" / "python" / "src" / "rugkompas_client"
RUFF = Path(sys.executable).with_name("ruff")
SENT = ("Answers", "Diary")
"""What a program sends; it writes these itself, so they are typed dicts. What it reads are
structs, which also check. The body of ``next`` is made by the method."""
LEFT_OUT = ("Interview",)
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
WIDTH = 96
MADE = "Made by scripts/client.py from the description of the API; do not edit."

Schema = dict[str, Any]


class Types:
    """Schemas as types of Python. aliases: the titled enumerations that were met. nested: the
    objects inside others, with their names."""

    def __init__(self, *, sent: bool) -> None:
        self._sent = sent
        self.aliases: dict[str, str] = {}
        self.nested: dict[str, Schema] = {}

    def of(self, schema: Schema, name: str) -> str:
        """The type of one schema. name: of its property. Raises ValueError for what it is not made
        for, so that a new kind of schema is noticed."""
        if "$ref" in schema:
            return str(schema["$ref"]).rpartition("/")[2]
        if "enum" in schema or "const" in schema:
            return self._literal(schema)
        if "anyOf" in schema:
            parts = _one_list(_flat(schema["anyOf"]))
            return " | ".join(dict.fromkeys(self.of(one, name) for one in parts))
        kind = schema.get("type")
        if isinstance(kind, list):
            return " | ".join(self.of({"type": one}, name) for one in kind)
        if kind == "array":
            return self._array(schema, name)
        if kind == "object":
            return self._object(schema, name)
        if schema.get("format") == "date":
            return "dt.date"
        if kind in PLAIN:
            return PLAIN[kind]
        if set(schema) <= {"description"}:
            return "Any"
        raise ValueError(f"{name}: {schema}")

    def _literal(self, schema: Schema) -> str:
        words = schema.get("enum", [schema.get("const")])
        literal = f"Literal[{', '.join(json.dumps(word, ensure_ascii=False) for word in words)}]"
        title = schema.get("title")
        if title is None:
            return literal
        if self.aliases.setdefault(title, literal) != literal:
            raise ValueError(f"{title} is two different things")
        return str(title)

    def _array(self, schema: Schema, name: str) -> str:
        if "prefixItems" in schema:
            return f"tuple[{', '.join(self.of(one, name) for one in schema['prefixItems'])}]"
        item = self.of(schema["items"], name)
        return f"list[{item}]" if self._sent else f"tuple[{item}, ...]"

    def _object(self, schema: Schema, name: str) -> str:
        if "properties" in schema:
            title = schema.get("title") or name.title().replace("_", "")
            self.nested[title] = schema
            return str(title)
        key = self.of(schema.get("propertyNames", {"type": "string"}), name)
        return f"dict[{key}, {self.of(schema.get('additionalProperties', {}), name)}]"


def _flat(schemas: list[Schema]) -> list[Schema]:
    return [it for one in schemas for it in (_flat(one["anyOf"]) if "anyOf" in one else [one])]


def _one_list(schemas: list[Schema]) -> list[Schema]:
    """Lists of words as one list of all their words: of a choice between lists, a type checker
    cannot tell which one is written down."""
    lists = [one for one in schemas if "enum" in one.get("items", {})]
    if len(lists) < 2:
        return schemas
    words = dict.fromkeys(word for one in lists for word in one["items"]["enum"])
    joined = {"type": "array", "items": {"enum": list(words)}}
    return [joined, *(one for one in schemas if one not in lists)]


def files(knowledge: Knowledge) -> dict[str, str]:
    """The text of each file."""
    schemas = describe.schemas(knowledge)
    sent, given = Types(sent=True), Types(sent=False)
    dicts = [_dict(name, schemas[name], sent) for name in SENT]
    while sent.nested:
        name = next(iter(sent.nested))
        dicts.insert(0, _dict(name, sent.nested.pop(name), sent))
    kept = [name for name in schemas if name not in (*SENT, *LEFT_OUT)]
    structs = [_struct(name, schemas[name], given) for name in kept]
    words = {**given.aliases, **sent.aliases}
    aliases = "\n".join(f"{name}: TypeAlias = {it}" for name, it in sorted(words.items()))
    about = {
        "words.py": "The words that answers and results can be.",
        "answers.py": "What is sent: the answers of one person, and a diary.",
        "results.py": "What comes back. Fields that are not known here are passed over.",
    }
    parts = {
        "words.py": ["from typing import Literal, TypeAlias", aliases],
        "answers.py": [_DICTS + _imports(sent), *dicts],
        "results.py": [_STRUCTS + _imports(given), *structs],
    }
    return {name: _file(about[name], parts[name]) for name in parts}


_DICTS = "from typing import Any, Literal, Required, TypedDict\n\n"
_STRUCTS = """import datetime as dt
from typing import Any, Literal

from msgspec import Struct

"""


def _imports(types: Types) -> str:
    return f"from rugkompas_client.words import {', '.join(sorted(types.aliases))}"


def _file(about: str, parts: list[str]) -> str:
    head = f'"""{about}\n\n{MADE}\n"""\n\nfrom __future__ import annotations\n\n'
    done = subprocess.run(
        [RUFF, "format", "--no-cache", "--isolated", "--line-length=100", "-"],
        input=head + "\n\n".join(parts),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _dict(name: str, schema: Schema, types: Types) -> str:
    needed = schema.get("required", ())
    lines = [f"class {name}(TypedDict, total=False):", *_about(schema, 4)]
    for field, it in schema["properties"].items():
        type_ = types.of(it, field)
        lines.append(f"    {field}: {f'Required[{type_}]' if field in needed else type_}")
        lines += _about({"description": _said(it)}, 4)
    return "\n".join(lines)


def _said(schema: Schema) -> str:
    """The question, and between which numbers its answer lies."""
    inner = schema.get("anyOf", [{}])[0]
    low, high = inner.get("minimum"), inner.get("maximum")
    limits = "" if low is None else f"{low} to {high}."
    return f"{schema.get('description', '')} {limits}".strip()


def _struct(name: str, schema: Schema, types: Types) -> str:
    base, own = "Struct", schema
    if "allOf" in schema:
        first, own = schema["allOf"]
        base = types.of(first, name)
    fields = [_field(field, it, own, types) for field, it in own["properties"].items()]
    changed = {_name(field): field for field in own["properties"] if _name(field) != field}
    how = f", rename={json.dumps(changed)}" if changed else ""
    if any(" = " in field for field in fields):
        # Written as JSON again, a result is what came.
        how += ", omit_defaults=True"
    head = f"class {name}({base}, frozen=True, kw_only=True{how}):"
    return "\n".join([head, *_about(schema, 4), *fields])


def _field(field: str, schema: Schema, owner: Schema, types: Types) -> str:
    type_ = types.of(schema, field)
    if field in owner.get("required", ()):
        return f"    {_name(field)}: {type_}"
    default = schema.get("default")
    if default is None and "None" not in type_.split(" | "):
        type_ += " | None"
    if type_.startswith("dict[") and default == {}:
        return f"    {_name(field)}: {type_} = {{}}"
    return f"    {_name(field)}: {type_} = {tuple(default) if default == [] else default!r}"


def _name(field: str) -> str:
    return f"{field}_" if keyword.iskeyword(field) else field


def _about(schema: Schema, indent: int) -> Iterator[str]:
    """The description as a docstring."""
    said = inspect.cleandoc(schema.get("description", ""))
    if not said:
        return
    space = " " * indent
    parts = [textwrap.fill(part, WIDTH - indent) for part in said.split("\n\n")]
    yield textwrap.indent('"""' + "\n\n".join(parts) + '"""', space)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    made = {FOLDER / name: text for name, text in files(load()).items()}
    old = [
        str(path.relative_to(ROOT))
        for path, text in made.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    if check:
        if old:
            print(f"{', '.join(old)}: older than the API. Run: make client")
        return 2 if old else 0
    for path, text in made.items():
        path.write_text(text, "utf-8")
        print(f"{path.relative_to(ROOT)}: {len(text.splitlines()):,} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
