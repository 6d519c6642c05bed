"""A diary as observations: pain of each day, and the own activities. Notes stay at home."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.elements import (
    Element,
    bundle_of,
    coding,
    concept,
    day_of,
    full,
    instant_of,
    reference,
)
from rugkompas.fhir.findings import SCORE_UNIT, pain_code, result
from rugkompas.outputs.sentences import own_words
from rugkompas.people.diary.book import Book
from rugkompas.people.diary.entry import Entry

_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, f"{names.BASE}/diary")


def diary_bundle(
    book: Book, knowledge: Knowledge, *, language: str = "nl", subject: str = ""
) -> Element:
    """The newest version of every day, as a transaction. A day without a score has no
    observation: missing is not 0. subject: as ``Patient/123``; without it, a patient without a
    name is in the bundle."""
    entries: list[tuple[str, Element]] = []
    if not subject:
        subject = f"urn:uuid:{uuid.uuid5(_NAMESPACE, 'patient')}"
        entries.append((subject, {"resourceType": "Patient"}))
    for entry in book.entries:
        for name, made in _observations(entry, knowledge, language, reference(subject)):
            entries.append((f"urn:uuid:{uuid.uuid5(_NAMESPACE, entry.id + name)}", made))
    return bundle_of("transaction", entries)


def _observations(
    entry: Entry, knowledge: Knowledge, language: str, subject: Element
) -> Iterator[tuple[str, Element]]:
    words = knowledge.words[language].fhir

    def observation(code: Element, **value: object) -> Element:
        return full(
            resourceType="Observation",
            status="amended" if entry.replaces else "final",
            category=[concept(coding(_CATEGORY, "survey"))],
            code=code,
            subject=subject,
            effectiveDateTime=day_of(entry.day),
            issued=instant_of(entry.written_at),
            **value,
        )

    if entry.pain is not None:
        code = pain_code() | {"text": words["diary_pain"]}
        yield "pain", observation(code, valueInteger=entry.pain)
    for place, (name, score) in enumerate(entry.activities.items()):
        code = result("activity", knowledge, f"{words['activity']}: {own_words(name)}")
        value = {"value": score, **SCORE_UNIT}
        yield f"activity{place}", observation(code, valueQuantity=value)
