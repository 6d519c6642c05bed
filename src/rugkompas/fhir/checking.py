"""What holds for every resource that comes in, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.people.files import FileError, json_value, read_bytes, text_of

_SAFE_STATUS = ("completed", "amended", "in-progress", "stopped")
_DEEPEST = 24


def resource_in(stream: BinaryIO, where: str) -> dict[str, Any]:
    """One resource as JSON: UTF-8, at most 2 MB, no name twice. Raises Refused."""
    try:
        value = json_value(text_of(read_bytes(stream, where), where), where)
    except FileError as error:
        problem = error.problem
        raise Refused([Issue(problem.kind, where, problem.details, "fatal")]) from None
    return resource_of(value, "Resource")


def resource_of(value: Any, *types: str) -> dict[str, Any]:
    """The same value, when it is a resource of one of these types (``Resource``: any) in which
    nothing changes the meaning of what we read. Raises Refused.

    FHIR forbids to read past a modifier extension or implicit rules that one does not know, and
    we know none.
    """
    kind = value.get("resourceType") if isinstance(value, Mapping) else None
    if not isinstance(kind, str) or (types != ("Resource",) and kind not in types):
        raise Refused([Issue("fhir_not_resource", "Resource", {"type": ", ".join(types)})])
    issues = list(_modifiers(value, types[0] if kind not in types else kind))
    if issues:
        raise Refused(issues)
    return dict(value)


def _modifiers(value: Any, path: str, depth: int = 0) -> Iterator[Issue]:
    if depth > _DEEPEST:
        yield Issue("too_deep", path)
    elif isinstance(value, Mapping):
        if value.get("modifierExtension"):
            yield Issue("fhir_modifier", f"{path}.modifierExtension")
        if value.get("implicitRules"):
            yield Issue("fhir_rules", f"{path}.implicitRules")
        for name, part in value.items():
            if isinstance(part, Mapping | list) and name != "modifierExtension":
                # A name of the sender may hold anything; only those of FHIR are repeated.
                shown = name if name.isidentifier() and len(name) < 40 else "element"
                yield from _modifiers(part, f"{path}.{shown}", depth + 1)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            if isinstance(part, Mapping | list):
                yield from _modifiers(part, f"{path}[{place}]", depth + 1)


def status_issue(response: Mapping[str, Any]) -> Issue | None:
    """A response that was entered in error, or whose state is not known, is not used."""
    status, path = response.get("status"), "QuestionnaireResponse.status"
    if status is None:
        return Issue("fhir_missing", path)
    return None if status in _SAFE_STATUS else Issue("fhir_in_error", path)


def listed(value: Any, path: str, issues: list[Issue]) -> list[Mapping[str, Any]]:
    """A list of objects; anything else is an issue."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(part, Mapping) for part in value):
        issues.append(Issue("fhir_not_a_list", path))
        return []
    return value
