"""A third check, made from the official definitions of R4 themselves.

Of every element: how often it may come, the rules of the specification (all of severity error,
as FHIRPath) and the codes of a required list, through data types, contained resources and the
entries of a bundle. It knows no slices: the definitions of R4 that we use have none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import fhirpathpy
from fhirpathpy.engine.nodes import ResourceNode
from fhirpathpy.models import models
from official import official

_KEPT = ("StructureDefinition", "ValueSet", "CodeSystem")
UNREAD = {"ele-1", "txt-1", "txt-2", "dom-3", "ctm-1", "rng-2"}
"""Rules that the FHIRPath here cannot run. That nothing is empty (ele-1) the other two
validators know; the rest is about narratives, care teams and ranges, which we do not send, and
about contained resources (dom-3), which ``valid`` looks at."""
_TRACE = re.compile(r"[.]trace\([^()]*\)")
"""It changes nothing, and prints."""
_OWN_PARTS = ("BackboneElement", "Element")
_UCUM = "http://unitsofmeasure.org"
Element = dict[str, Any]


@cache
def _files() -> dict[str, bytes]:
    return {name: content for name, content in official() if name.startswith(_KEPT)}


def definition(id_: str) -> Element:
    """A StructureDefinition, by its id."""
    found: Element = json.loads(_files()[f"StructureDefinition-{id_}.json"])
    return found


@cache
def _elements(id_: str) -> dict[str, Element]:
    """Path -> element, of a type."""
    return {element["path"]: element for element in definition(id_)["snapshot"]["element"]}


@cache
def _parts(path: str) -> tuple[Element, ...]:
    """The elements directly below one."""
    return tuple(
        element
        for other, element in _elements(path.partition(".")[0]).items()
        if other.rpartition(".")[0] == path
    )


@cache
def _rule(expression: str) -> Callable[..., Any]:
    said = _TRACE.sub("", expression)
    # The interpreter has no hasValue, and does not take the boolean of FHIR for that of FHIRPath.
    said = said.replace(".hasValue()", ".exists()").replace("is Boolean", "is boolean")
    return fhirpathpy.compile(said, models["r4"])


@cache
def _codes(value_set: str) -> frozenset[str] | None:
    """The codes of a list; None when the package does not say them all."""
    content = _files().get(f"ValueSet-{value_set.partition('|')[0].rpartition('/')[2]}.json")
    found: set[str] = set()
    for part in json.loads(content)["compose"]["include"] if content else ({"filter": 1},):
        if "concept" in part:
            found |= {concept["code"] for concept in part["concept"]}
            continue
        name = f"CodeSystem-{str(part.get('system')).rpartition('/')[2]}.json"
        if part.keys() - {"system"} or name not in _files():
            return None
        found |= set(_below(json.loads(_files()[name]).get("concept", ())))
    return frozenset(found)


def _below(concepts: Any) -> Iterator[str]:
    for concept in concepts:
        yield concept["code"]
        yield from _below(concept.get("concept", ()))


def faults(resource: Element) -> list[str]:
    """What the definitions say against a resource and all that it holds."""
    return list(_resource(resource, resource))


def _resource(resource: Element, root: Element) -> Iterator[str]:
    type_ = resource["resourceType"]
    held = {"resource": resource, "rootResource": root, "ucum": _UCUM}
    yield from _broken(_elements(type_)[type_], resource, type_, held)
    yield from _inner(resource, type_, held)


def _inner(value: Element, path: str, held: Element) -> Iterator[str]:
    for element in _parts(path):
        found = list(_values(value, element))
        most = element["max"]
        if len(found) < element["min"] or (most != "*" and len(found) > int(most)):
            yield f"{element['path']} is there {len(found)} times"
        for type_, one in found:
            yield from _one(one, type_, element, held)


def _values(value: Element, element: Element) -> Iterator[tuple[str, Any]]:
    """(type, value) of all that stands at an element."""
    name = element["path"].rpartition(".")[2]
    types = [type_["code"] for type_ in element.get("type", [{"code": "Element"}])]
    names = {name: types[0]}
    if name.endswith("[x]"):
        names = {f"{name[:-3]}{type_[0].upper()}{type_[1:]}": type_ for type_ in types}
    for key, type_ in names.items():
        found = value.get(key, value.get(f"_{key}"))
        if found is not None:
            yield from ((type_, one) for one in (found if isinstance(found, list) else [found]))


def _one(value: Any, type_: str, element: Element, held: Element) -> Iterator[str]:
    path = element["path"]
    yield from _broken(element, value, path if type_ in _OWN_PARTS else type_, held)
    yield from _unknown(value, element)
    if not isinstance(value, dict):
        return
    if "contentReference" in element:
        yield from _inner(value, element["contentReference"][1:], held)
    elif type_ == "Resource":
        contained = path.endswith(".contained")
        yield from _resource(value, held["rootResource"] if contained else value)
    elif type_ in _OWN_PARTS:
        yield from _inner(value, path, held)
    elif type_[0].isupper():
        yield from _broken(_elements(type_)[type_], value, type_, held)
        yield from _inner(value, type_, held)


def required(profile: str) -> list[str]:
    """The elements that a profile in the package demands, as FHIRPath."""
    return [
        element["path"]
        for element in definition(profile)["differential"]["element"]
        if element.get("min") and "." in element["path"]
    ]


def _broken(element: Element, value: Any, base: str, held: Element) -> Iterator[str]:
    for rule in element.get("constraint", ()):
        if rule["severity"] != "error" or rule["key"] in UNREAD:
            continue
        node = ResourceNode.create_node(value, base)
        if _rule(rule["expression"])(node, held) not in ([True], []):
            yield f"{element['path']} breaks {rule['key']}: {rule['human']}"


def _unknown(value: Any, element: Element) -> Iterator[str]:
    binding = element.get("binding", {})
    allowed = _codes(binding["valueSet"]) if binding.get("strength") == "required" else None
    if allowed is None:
        return
    codes = [value]
    if isinstance(value, dict):
        codes = [one.get("code") for one in value.get("coding", [value])]
    if not set(codes) & allowed:
        yield f"{element['path']} has a code that is not in {binding['valueSet']}"
