"""What was sent, read strictly: no name twice, no NaN, not too deep, not too large."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpRequest

from rugkompas.people.files import FileError, value_of
from rugkompas.people.problems import BadAnswers, Problem

T = TypeVar("T")
WHERE = "body"
_KINDS: dict[type, str] = {
    dict: "not_an_object",
    str: "not_text",
    list: "not_a_list_of_ids",
    bool: "not_a_value",
}


class WrongMedia(Exception):
    """The body says that it is something else than JSON."""


def object_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in the body. Raises BadAnswers, and WrongMedia."""
    if request.content_type != "application/json":
        raise WrongMedia
    try:
        value = value_of(request.body, "json", WHERE)
    except FileError as error:
        raise BadAnswers([error.problem]) from None
    if not isinstance(value, dict):
        raise BadAnswers([Problem("not_an_object", WHERE)])
    return value


def field(sent: dict[str, Any], name: str, type_: type[T], default: T | None = None) -> T:
    """One field of the object. Raises BadAnswers when it is of another type."""
    value: Any = sent.get(name, default)
    if not isinstance(value, type_) or (isinstance(value, bool) and type_ is not bool):
        raise BadAnswers([Problem(_KINDS[type_], name, {"allowed": "true, false"})])
    return value


def only(sent: dict[str, Any], *names: str) -> None:
    """Raises BadAnswers for a field that has no meaning here."""
    strange = [Problem("unknown_field", str(name)) for name in sent if name not in names]
    if strange:
        raise BadAnswers(strange)
