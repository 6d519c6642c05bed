"""What holds for every resource that comes in, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.people.files import FileError, json_value, read_bytes, text_of

_SAFE_STATUS = ("completed", "amended", "in-progress", "stopped")
_DEEPEST = 24
_LEAVES = frozenset((str, int, float, bool, type(None)))


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
    found = _modifiers(value)
    if found:
        root = _shown(kind, "Resource")
        raise Refused([Issue(what, f"{root}{path}") for what, path in found])
    return dict(value)


def _modifiers(value: Any, depth: int = 0) -> list[tuple[str, str]]:
    """(kind of issue, path below this value). Paths are made only where something is found:
    a record holds thousands of elements, and hardly ever one of these."""
    if depth > _DEEPEST:
        return [("too_deep", "")]
    found: list[tuple[str, str]] = []
    if isinstance(value, list):
        for place, part in enumerate(value):
            if type(part) not in _LEAVES:
                below = _modifiers(part, depth + 1)
                found += [(what, f"[{place}]{path}") for what, path in below]
    elif isinstance(value, dict | Mapping):
        if value.get("modifierExtension"):
            found.append(("fhir_modifier", ".modifierExtension"))
        if value.get("implicitRules"):
            found.append(("fhir_rules", ".implicitRules"))
        for name, part in value.items():
            if type(part) not in _LEAVES and name != "modifierExtension":
                below = _modifiers(part, depth + 1)
                found += [(what, f".{_shown(name)}{path}") for what, path in below]
    return found


def _shown(name: str, other: str = "element") -> str:
    """A name of the sender may hold anything; only those of FHIR are repeated."""
    return name if name.isidentifier() and len(name) < 40 else other


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
