"""Whether it is about low back pain, by the codes that our conditions have a source for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.elements import Element
from rugkompas.fhir.populate import has_status

NONSPECIFIC = "nonspecific_low_back_pain"
RADICULAR = "lumbosacral_radicular_syndrome"
Code = tuple[str, str]
"""(system, code)."""


def codes_of(condition: str, knowledge: Knowledge) -> set[Code]:
    """The codes of one of our conditions that have a source."""
    fact = knowledge.conditions[condition]
    return {(names.SYSTEMS[system], fact.codes[system]) for system in fact.codes_from}


def codes_in(*concepts: Any) -> set[Code]:
    """Every code in concepts, and in lists of them; a value of another form has none."""
    return {
        (str(one.get("system")), str(one.get("code")))
        for concept in _flat(concepts)
        for one in _list(concept.get("coding"))
        if isinstance(one, Mapping)
    }


def _flat(values: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield one


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def active(conditions: Iterable[Element]) -> list[Element]:
    """Those that hold now: not over, and neither refuted nor entered in error."""
    return [
        one
        for one in conditions
        if not has_status(one.get("clinicalStatus"), "inactive", "remission", "resolved")
        and not has_status(one.get("verificationStatus"), "refuted", "entered-in-error")
    ]


def kinds_in(conditions: Iterable[Element], knowledge: Knowledge) -> set[str]:
    """Which of our two kinds of back pain a record holds now."""
    found = codes_in(*(one.get("code") for one in active(conditions)))
    return {id_ for id_ in (NONSPECIFIC, RADICULAR) if found & codes_of(id_, knowledge)}


def reasons_of(order: Element, conditions: Iterable[Element]) -> set[Code]:
    """The coded reasons of an order, also those that it refers to in the record."""
    by_address = {f"Condition/{one['id']}": one for one in conditions if one.get("id")}
    referred = [
        by_address[to]
        for it in _flat([order.get("reasonReference")])
        if isinstance(to := it.get("reference"), str) and to in by_address
    ]
    return codes_in(order.get("reasonCode"), *(one.get("code") for one in referred))
