"""``order-select`` and ``order-sign``: a scan of the low back, or an opioid, for back pain of
which no alarm sign is known. Silent in every other case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rugkompas.assess import Assessment
from rugkompas.catalogue.schema import Citation
from rugkompas.fhir import names
from rugkompas.fhir.cds.back import NONSPECIFIC, RADICULAR, codes_in, codes_of, kinds_in, reasons_of
from rugkompas.fhir.cds.cards import Desk, card, override_reasons, sources
from rugkompas.fhir.cds.record import Call, Told
from rugkompas.fhir.cds.view import missing, notes
from rugkompas.fhir.elements import Element
from rugkompas.fhir.findings import URGENT

ADULT = 18
OPEN_QUESTIONS = "S19"
"""The row that only says that alarm questions are open; it is no alarm sign."""
OVER = ("cancelled", "completed", "entered-in-error", "revoked", "stopped")
"""Statuses of an order that nobody will carry out now."""
OVERRIDES = {
    "imaging": ("alarm_sign", "before_operation", "course_changes_plan", "persons_wish", "other"),
    "opioid": ("other_pain", "nothing_else_works", "short_course", "being_reduced", "other"),
}
"""Kind of card -> why somebody goes on with the order all the same."""
_OPTION = {"imaging": "imaging_without_indication", "opioid": "opioids"}
_SERIOUS_IN_RECORD = ("cancer", "known_aaa", "bone_risk")


def orders(desk: Desk, call: Call, known: Told, found: Assessment) -> list[Element]:
    """A card for each order of a draft that is about a scan of the low back or an opioid."""
    if alarming(known, found) or not _is_adult(known):
        return []
    cards = []
    for place, order in enumerate(chosen(call)):
        kind = kind_of(order, call)
        if kind and _is_for_the_back(kind, order, call, desk):
            cards.append(_card(desk, kind, order, place, known, found))
    return cards


def alarming(known: Told, found: Assessment) -> bool:
    """Whether an alarm sign is known, from own answers or from the record, or somebody doubts
    one: an answer "unknown" is never a "no". Open alarm questions are told on the card."""
    urgent = any(row.urgency in URGENT and row.id != OPEN_QUESTIONS for row in found.triage.rules)
    return urgent or any(
        known.answers.get(name) not in (None, "no", "none", "basal_cell_only")
        for name in _SERIOUS_IN_RECORD
    )


def _is_adult(known: Told) -> bool:
    """Without an age nothing is said: the guidelines that we know are about adults."""
    age = known.answers.get("age_years")
    return isinstance(age, int | float) and age >= ADULT


def chosen(call: Call) -> list[Element]:
    """The orders that this is about: those that were just selected, or all of the draft; not those
    that say that something must not be done, or that do not hold any more."""
    selections = call.context.get("selections")
    asked = [
        one
        for one in call.orders
        if one.get("doNotPerform") is not True and one.get("status") not in OVER
    ]
    if not isinstance(selections, list):
        return asked
    return [one for one in asked if _address(one) in selections]


def _address(order: Element) -> str:
    return f"{order['resourceType']}/{order.get('id')}"


def kind_of(order: Element, call: Call) -> str:
    """``imaging``, ``opioid`` or "" for anything else, by exact codes."""
    if order["resourceType"] == "ServiceRequest":
        site = codes_in(order.get("bodySite"))
        kind = codes_in(order.get("category"), order.get("code"))
        lumbar = (names.SNOMED, names.LUMBAR_SPINE.code) in site
        return "imaging" if lumbar and (names.SNOMED, names.IMAGING.code) in kind else ""
    if order["resourceType"] == "MedicationRequest":
        coded = codes_in(order.get("medicationCodeableConcept"), *_medications(order, call))
        group = names.OPIOIDS.code
        return (
            "opioid"
            if any(system == names.ATC and code.startswith(group) for system, code in coded)
            else ""
        )
    return ""


def _medications(order: Element, call: Call) -> list[Any]:
    """The code of a Medication that the order refers to, within itself or in the draft."""
    referred = order.get("medicationReference")
    to = referred.get("reference") if isinstance(referred, Mapping) else None
    contained = order.get("contained")
    inner = contained if isinstance(contained, list) else []
    return [
        one.get("code")
        for one in (*inner, *call.orders)
        if isinstance(one, Mapping)
        and one.get("resourceType") == "Medication"
        and to in (f"#{one.get('id')}", f"Medication/{one.get('id')}")
    ]


def _is_for_the_back(kind: str, order: Element, call: Call, desk: Desk) -> bool:
    """Whether it is ordered for back pain without a known cause. A scan of the low back without
    a coded reason is; an opioid only when the record names such back pain now."""
    plain = codes_of(NONSPECIFIC, desk.knowledge)
    reasons = reasons_of(order, call.conditions)
    if reasons:
        return bool(reasons & plain)
    kinds = kinds_in(call.conditions, desk.knowledge)
    return RADICULAR not in kinds and (kind == "imaging" or NONSPECIFIC in kinds)


def _card(
    desk: Desk, kind: str, order: Element, place: int, known: Told, found: Assessment
) -> Element:
    option = desk.knowledge.options[_OPTION[kind]]
    words = desk.knowledge.words[desk.language].options[option.id]
    citations: Iterable[Citation] = (*option.citations, *(it.citation for it in option.effects))
    lead = option.citations[0].source
    about = f"{kind}-{order.get('id') or place}"
    return card(
        desk,
        about,
        desk.say(f"{kind}_summary"),
        detail=[
            desk.say("no_alarm_known"),
            *missing(desk, found),
            desk.say("as_told"),
            words.effect,
            words.harms,
            words.honest,
            *notes(desk, known),
            sources(desk, citations),
        ],
        indicator="warning",
        source=lead,
        suggestions=_suggestions(desk, about, order),
        reasons=override_reasons(desk, OVERRIDES[kind]),
        link=desk.say("link_intake"),
    )


def _suggestions(desk: Desk, about: str, order: Element) -> list[Element]:
    """To take the order away; only an order with an id can be named."""
    if not isinstance(order.get("id"), str) or not order["id"]:
        return []
    label = desk.say("take_away")
    return [
        {
            "label": label,
            "uuid": desk.id(about, "take_away"),
            "actions": [{"type": "delete", "description": label, "resourceId": _address(order)}],
        }
    ]
