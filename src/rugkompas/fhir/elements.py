"""Small pieces of resources: codings, references, translated text. What is empty is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from rugkompas.fhir.names import PROFILES, TRANSLATION

Element = dict[str, Any]
"""A resource or a part of one, as JSON has it."""
Texts = Mapping[str, str]
"""Language -> text; the first language is the one of the resource."""


def full(**parts: Any) -> Element:
    """The parts that hold something. Names of Python (``class_``) lose their last stroke."""
    return {
        name.rstrip("_") if name.endswith("_") else name: part
        for name, part in parts.items()
        if part is not None and part != "" and part != [] and part != {} and part != ()
    }


def extension(url: str, **value: Any) -> Element:
    """An extension with one value: ``extension(url, valueCode="nl")``."""
    return {"url": url, **value}


def translated(name: str, texts: Texts) -> Element:
    """A text under its name, with its translations as extensions beside it."""
    first, *others = texts
    found: Element = {name: texts[first]}
    if others:
        found[f"_{name}"] = {
            "extension": [
                {
                    "url": TRANSLATION,
                    "extension": [
                        extension("lang", valueCode=language),
                        extension("content", valueString=texts[language]),
                    ],
                }
                for language in others
            ]
        }
    return found


def coding(system: str, code: str, display: str = "", version: str = "") -> Element:
    """One code, with its name when that is known."""
    return full(system=system, version=version, code=code, display=display)


def concept(*codings: Element, text: str = "") -> Element:
    """A concept: codes that mean the same, and words."""
    return full(coding=list(codings), text=text)


def claiming(type_: str) -> Element:
    """What a resource says of the profiles that it holds to."""
    return {"profile": list(PROFILES[type_])}


def reference(to: str, display: str = "") -> Element:
    """A reference to another resource."""
    return full(reference=to, display=display)


def day_of(day: dt.date) -> str:
    """A day as FHIR writes it."""
    return day.isoformat()


def instant_of(moment: dt.datetime) -> str:
    """A moment as FHIR writes it. Raises ValueError without an offset: it would be no instant."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.isoformat(timespec="seconds")


def bundle_of(type_: str, entries: Sequence[tuple[str, Element]], **more: Any) -> Element:
    """Resources together. entries: (full URL, resource). A transaction asks a server to keep
    each of them."""
    asked = type_ == "transaction"
    return {
        "resourceType": "Bundle",
        "type": type_,
        **more,
        "entry": [
            {
                "fullUrl": url,
                "resource": resource,
                **(
                    {"request": {"method": "POST", "url": resource["resourceType"]}}
                    if asked
                    else {}
                ),
            }
            for url, resource in entries
        ],
    }
