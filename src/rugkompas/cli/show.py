"""``rugkompas show ID``: one fact whole: its data, its function, its words, its cases, and
what rests on it."""

from __future__ import annotations

import difflib
import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import KINDS
from rugkompas.cli.app import Command, format_option, language_option
from rugkompas.cli.say import Say, refused
from rugkompas.rules import applies, clarify, course, factors, outlook, terms
from rugkompas.rules.red_flags import ROWS

NAMED_IN: dict[str, tuple[str, ...]] = {
    "sources": ("source",),
    "contacts": ("contact",),
    "conditions": ("suspects",),
    "expectations": ("expectation",),
    "terms": ("condition", "definition", "applies", "inferred_from"),
    "questions": ("condition", "definition", "applies", "inferred_from", "members"),
}
"""Kind -> the keys under which other facts name one of it."""
_RULES = (applies, clarify, course, factors, outlook, terms)


def command(say: Say) -> click.Command:
    """``show`` in the language of ``say``."""

    def run(id_: str, format_: str | None) -> None:
        known = {known.lower(): known for known in _ids(say.knowledge)}
        if id_.lower() not in known:
            raise _unknown(id_, known)
        found = list(everything(known[id_.lower()], say.knowledge))
        if format_ == "json":
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for item in found:
            _print(item, say)

    return Command(
        "show",
        callback=run,
        params=[
            click.Argument(["id_"], metavar="ID", shell_complete=_complete(say)),
            format_option("text", "json"),
            language_option(),
        ],
    ).speaks(say)


def _complete(say: Say) -> Any:
    def ids(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
        return [id_ for id_ in _ids(say.knowledge) if id_.startswith(typed)]

    return ids


def _ids(knowledge: Knowledge) -> list[str]:
    return sorted({id_ for kind in KINDS for id_ in getattr(knowledge, kind)})


def _unknown(id_: str, known: Mapping[str, str]) -> Exception:
    padded = re.sub(r"^([a-z])(\d)$", r"\g<1>0\2", id_.lower())
    close = difflib.get_close_matches(padded, known, n=1)
    if close:
        return refused("unknown_item_near", id_, near=known[close[0]])
    return refused("unknown_item", id_)


def everything(id_: str, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """Each fact with this id (a question and a factor may share one), whole."""
    for kind in KINDS:
        fact = getattr(knowledge, kind).get(id_)
        if fact is None:
            continue
        yield {
            "id": id_,
            "kind": kind,
            "data": msgspec.to_builtins(fact),
            "words": {
                language: msgspec.to_builtins(getattr(words, kind)[id_])
                for language, words in knowledge.words.items()
                if id_ in getattr(words, kind, {})
            },
            "code": [
                {"function": _place(function), "source": inspect.getsource(function)}
                for function in _functions_of(kind, id_)
            ],
            "named_by": sorted(_named_by(kind, id_, knowledge)),
            "cases": list(_cases(id_)),
        }


def _functions_of(kind: str, id_: str) -> Iterator[Callable[..., Any]]:
    """The functions that stand for this fact."""
    if kind == "red_flags" and id_ in ROWS:
        yield ROWS[id_]
    if kind == "questions" and id_ in applies.APPLIES:
        yield applies.APPLIES[id_]
    if kind == "factors" and id_ in factors.INFERRED:
        yield factors.INFERRED[id_]
    if kind == "terms":
        named = re.compile(rf"{id_}\b")
        yield from (f for f in _functions() if named.match(f.__doc__ or ""))


def _functions() -> Iterator[Callable[..., Any]]:
    """Every function of the rules."""
    for module in _RULES:
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                yield function
    yield from ROWS.values()


def _place(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


def _named_by(kind: str, id_: str, knowledge: Knowledge) -> Iterator[str]:
    """What rests on this fact: other facts ("red_flags/E01") and functions that read it."""
    word = re.compile(rf"(?<!\w){re.escape(id_)}(?!\w)")
    for other_kind in KINDS:
        for other in getattr(knowledge, other_kind).values():
            texts = _texts(msgspec.to_builtins(other), NAMED_IN.get(kind, ()))
            if any(word.search(text) for text in texts):
                yield f"{other_kind}/{other.id}"
    prefix = {"parameters": r"\bp\.", "questions": r"\bq\."}.get(kind)
    if prefix:
        read = re.compile(prefix + re.escape(id_) + r"\b")
        yield from (_place(f) for f in _functions() if read.search(inspect.getsource(f)))


def _texts(data: Any, keys: tuple[str, ...], here: bool = False) -> Iterator[str]:
    """All texts under any of these keys."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, keys, key in keys)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, keys, here)
    elif here and isinstance(data, str):
        yield data


def _cases(id_: str) -> Iterator[str]:
    """Case files of a checkout that name this id, with the first line that does."""
    folder = Path(rugkompas.__file__).parents[2] / "tests" / "cases"
    word = re.compile(rf"(?<!\w){re.escape(id_)}(?!\w)")
    for path in sorted(folder.glob("*.yaml")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if word.search(line):
                yield f"tests/cases/{path.name}:{number}"
                break


def _print(item: dict[str, Any], say: Say) -> None:
    click.echo(f"{item['id']} ({say('kind_' + item['kind'])})")
    _print_tree(item["data"])
    for language, words in item["words"].items():
        click.echo(f"\n{say('show_words', language=language)}")
        _print_tree(words)
    for code in item["code"]:
        click.echo(f"\n{say('show_code', place=code['function'])}")
        click.echo(code["source"].rstrip())
    for key in ("named_by", "cases"):
        if item[key]:
            click.echo(f"\n{say('show_' + key)}")
            click.echo("\n".join(f"  {line}" for line in item[key]))
    click.echo()


def _print_tree(data: Any, indent: str = "  ") -> None:
    """Data as plain indented lines."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, dict | list) and value:
                click.echo(f"{indent}{key}:")
                _print_tree(value, indent + "  ")
            else:
                click.echo(f"{indent}{key}: {value}")
    elif isinstance(data, list):
        for value in data:
            if isinstance(value, dict):
                click.echo(f"{indent}- {', '.join(f'{k}: {v}' for k, v in value.items())}")
            else:
                click.echo(f"{indent}- {value}")
    else:
        click.echo(f"{indent}{data}")
