"""What a program that shows our questionnaire does: which items are enabled, by the book."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import fhirpathpy
from fhirpathpy.models import models

Element = dict[str, Any]


def items(resource: Element) -> Iterator[Element]:
    """All items, outer ones first."""
    for item in resource.get("item", ()):
        yield item
        yield from items(item)


@cache
def compiled(expression: str) -> Any:
    return fhirpathpy.compile(expression, models["r4"])


def holds(expression: str, response: Element) -> bool:
    """A FHIRPath condition over a response; it must be true or false, never empty."""
    found = compiled(expression)(response, {"resource": response})
    assert found in ([True], [False]), found
    return bool(found[0])


def enabled(item: Element, response: Element) -> bool:
    """Whether an item applies, by ``enableWhen`` of R4 or the expression of SDC."""
    for extension in item.get("extension", ()):
        if extension["url"].endswith("enableWhenExpression"):
            return holds(extension["valueExpression"]["expression"], response)
    if "enableWhen" not in item:
        return True
    truths = [_when(when, response) for when in item["enableWhen"]]
    return any(truths) if item.get("enableBehavior") == "any" else all(truths)


def _when(when: Element, response: Element) -> bool:
    values = [
        value
        for item in items(response)
        if item["linkId"] == when["question"]
        for answer in item.get("answer", ())
        for name, value in answer.items()
        if name.startswith("value")
    ]
    operator = when["operator"]
    if operator == "exists":
        return bool(values) is when["answerBoolean"]
    if operator == "=":
        wanted = when["answerCoding"]
        return any((v["system"], v["code"]) == (wanted["system"], wanted["code"]) for v in values)
    number = when["answerInteger"]
    return any(value >= number if operator == ">=" else value < number for value in values)
