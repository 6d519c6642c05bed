"""Two independent validators for R4, the rules of its definitions, and those of its profiles.

``fhirkit`` is made from the official definitions of 4.0.1; ``fhir.resources`` has models of its
own (R4B, stricter on lists and patterns). Neither runs the rules that are FHIRPath, nor knows
the codes of every required list, nor a profile: ``definitions`` and ``profiles`` do. A resource
has to pass all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import fhirkit
from definitions import faults
from fhir.resources.R4B import get_fhir_model_class
from profiles import unmet

_NAME = re.compile(r"[A-Z][A-Za-z0-9_]{0,254}")


def problems(resource: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a resource and what it holds; empty when it is valid."""
    # The definitions are read only of what has the form of a resource.
    return list(_formal(resource)) or [*faults(resource), *_deep(resource)]


def _formal(resource: dict[str, Any]) -> Iterator[str]:
    for issue in fhirkit.validate(resource):
        yield f"fhirkit: {issue}"
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValueError as error:
        yield f"fhir.resources: {error}"


def _deep(resource: dict[str, Any]) -> Iterator[str]:
    inner = [entry["resource"] for entry in resource.get("entry", ())]
    contained = resource.get("contained", [])
    yield from unmet(resource)
    if not isinstance(resource.get("name", []), list) and not _NAME.fullmatch(resource["name"]):
        yield f"{resource['name']} is no name for a program"
    for one in [*inner, *contained]:
        yield from _deep(one)
    named = {f"#{one['id']}" for one in contained}
    if named - set(_words(resource)):
        yield "a contained resource is not referred to"
    if resource["resourceType"] == "Bundle":
        yield from _links(resource)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _words(part)


def _links(bundle: dict[str, Any]) -> Iterator[str]:
    """Every reference within the bundle leads to something in it."""
    known = {entry["fullUrl"] for entry in bundle.get("entry", ())}
    for path in _references(bundle):
        if path.startswith("urn:uuid:") and path not in known:
            yield f"nothing in the bundle is {path}"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "reference" and isinstance(part, str):
                yield part
            else:
                yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)
