"""Finds a number that already stands in the knowledge, together with what it rests on.

"options.pilates.effects.pain+SMD+owen_2020.value" is: of the kind ``options``, the fact
``pilates``, its ``effects``, the one whose texts include these three, its ``value``. In a list,
an id, a place ("0") or such texts must point at exactly one member.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from rugkompas.catalogue.schema import Citation

if TYPE_CHECKING:
    from rugkompas.catalogue.load import Knowledge


def found_at(knowledge: Knowledge, at: str) -> tuple[Any, tuple[Citation, ...]]:
    """What stands there, and the citations nearest to it. Raises LookupError."""
    here: Any = knowledge
    cited: tuple[Citation, ...] = ()
    steps = at.split(".")
    for number, step in enumerate(steps):
        here = _next(here, step, ".".join(steps[: number + 1]))
        cited = tuple(_citations(here)) or cited
    return here, cited


def number_at(knowledge: Knowledge, at: str) -> tuple[float, tuple[Citation, ...]]:
    """A number and what it rests on. Raises LookupError when no number stands there."""
    value, cited = found_at(knowledge, at)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LookupError(f"'{at}' is not a number")
    return value, cited


def _next(here: Any, step: str, path: str) -> Any:
    if isinstance(here, dict):
        if step not in here:
            raise LookupError(f"'{path}' does not exist")
        return here[step]
    if isinstance(here, list | tuple):
        return _member(here, step, path)
    if isinstance(here, msgspec.Struct) and step in here.__struct_fields__:
        return getattr(here, step)
    raise LookupError(f"'{path}' does not exist")


def _member(members: list[Any] | tuple[Any, ...], step: str, path: str) -> Any:
    if step.isdigit():
        if int(step) >= len(members):
            raise LookupError(f"'{path}': there are only {len(members)}")
        return members[int(step)]
    wanted = set(step.split("+"))
    found = [member for member in members if wanted <= set(_texts(member))]
    if len(found) != 1:
        raise LookupError(f"'{path}' points at {len(found)} members, and has to point at one")
    return found[0]


def _texts(member: Any) -> Iterator[str]:
    """The words of a member by which it can be named."""
    if isinstance(member, msgspec.Struct):
        for field in member.__struct_fields__:
            value = getattr(member, field)
            if isinstance(value, Citation):
                yield value.source
            elif isinstance(value, str):
                yield value


def _citations(here: Any) -> Iterator[Citation]:
    if not isinstance(here, msgspec.Struct):
        return
    if isinstance(one := getattr(here, "citation", None), Citation):
        yield one
    for name in ("citations", "band_citations"):
        yield from getattr(here, name, ())
