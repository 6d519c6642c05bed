"""What a call of a hook carries: who it is about, what the record knows, what was ordered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.cds.services import Service
from rugkompas.fhir.checking import resource_of
from rugkompas.fhir.elements import Element
from rugkompas.fhir.names import INTAKE
from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.fhir.populate import populate
from rugkompas.fhir.subject import is_of_another

FRESH_DAYS = 14
"""Own answers older than this are told, not assessed: alarm signs come within days."""
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SERIOUS = ("cancer", "known_aaa", "bone_risk", "pregnancy")
"""Here the record only ever says what makes things more urgent, so its word goes first."""


class NoPatient(Exception):
    """The record sent no Patient: then nothing can be said (412)."""


@dataclass(slots=True)
class LeftOut:
    """What a card tells about the record beside its answers. unread: how many resources were not
    read, because FHIR forbids to read past what they hold. others: how many are about somebody
    else. partial: a list has a next page, or could not be looked up."""

    unread: int = 0
    others: int = 0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call, checked. instance: the hookInstance. left_out: what is not in the lists."""

    instance: str
    context: Mapping[str, Any]
    patient: Element
    conditions: tuple[Element, ...]
    observations: tuple[Element, ...]
    responses: tuple[Element, ...]
    orders: tuple[Element, ...]
    left_out: LeftOut


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a person. own: the day of the answers that the person gave lately, if
    they did. old: the day of the last answers, when those are too old. known: questions that
    the record answers."""

    answers: dict[str, Any]
    own: dt.date | None
    old: dt.date | None
    known: tuple[str, ...]
    left_out: LeftOut


def call_of(value: Any, service: Service) -> Call:
    """A call of this service. Raises Refused with every problem, and NoPatient."""
    issues: list[Issue] = []
    sent = _object(value, "request", issues)
    instance = sent.get("hookInstance")
    if not isinstance(instance, str) or not UUID.fullmatch(instance):
        issues.append(Issue("cds_uuid", "hookInstance"))
    if sent.get("hook") != service.hook:
        issues.append(Issue("cds_hook", "hook", {"hook": service.hook}))
    context = _object(sent.get("context"), "context", issues)
    looked_up = sent.get("prefetch")
    prefetch = _object({} if looked_up is None else looked_up, "prefetch", issues)
    for name in ("userId", "patientId"):
        if not isinstance(context.get(name), str):
            issues.append(Issue("fhir_missing", f"context.{name}"))
    left_out = LeftOut()
    found = {
        name: _entries(prefetch.get(name), f"prefetch.{name}", issues, left_out, type_)
        for name, type_ in _LISTS.items()
    }
    orders: list[Element] = []
    if service.orders:
        where = f"context.{service.orders}"
        if context.get(service.orders) is None:
            issues.append(Issue("fhir_missing", where))
        orders = _entries(_bundled(context.get(service.orders)), where, issues, left_out)
    if issues:
        raise Refused(issues)
    # The specification has the bare id; some systems send the reference.
    id_ = str(context["patientId"]).removeprefix("Patient/")
    who = _patient(prefetch.get("patient"), id_)
    theirs = {
        name: tuple(_of(id_, listed, left_out))
        for name, listed in {**found, "orders": orders}.items()
    }
    return Call(
        instance=str(instance).lower(), context=context, patient=who, left_out=left_out, **theirs
    )


def _patient(sent: Any, id_: str) -> Element:
    """The Patient of the call. Raises NoPatient, and Refused for another person."""
    where = "prefetch.patient"
    if sent is None or _is_outcome(sent):
        raise NoPatient
    try:
        who = resource_of(sent, "Patient")
    except Refused as error:
        # The place within a resource begins with its type.
        raise Refused(
            replace(it, path=f"{where}.{rest}" if (rest := it.path.partition(".")[2]) else where)
            for it in error.issues
        ) from None
    if who.get("id") not in (None, id_):
        raise Refused([Issue("fhir_other_patient", f"{where}.id")])
    return who


def _is_outcome(sent: Any) -> bool:
    """What a record sends in place of what it could not look up."""
    return isinstance(sent, Mapping) and sent.get("resourceType") == "OperationOutcome"


def _of(id_: str, listed: list[Element], left_out: LeftOut) -> list[Element]:
    theirs = [one for one in listed if not is_of_another(one, id_)]
    left_out.others += len(listed) - len(theirs)
    return theirs


_LISTS = {
    "conditions": "Condition",
    "observations": "Observation",
    "responses": "QuestionnaireResponse",
}


def _object(value: Any, where: str, issues: list[Issue]) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    issues.append(Issue("not_an_object", where))
    return {}


def _bundled(value: Any) -> Any:
    """A list as a bundle: the table of ``appointment-book`` asks for a bundle, and its own
    examples send a list (HL7/cds-hooks-library, input/pagecontent/appointment-book.md)."""
    if not isinstance(value, list):
        return value
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in value]}


def _entries(
    bundle: Any, where: str, issues: list[Issue], left_out: LeftOut, type_: str = "Resource"
) -> list[Element]:
    """The resources of this type in a bundle that can be read."""
    if bundle is None:
        return []
    if _is_outcome(bundle):
        left_out.partial = True
        return []
    if not isinstance(bundle, Mapping) or bundle.get("resourceType") != "Bundle":
        issues.append(Issue("fhir_not_resource", where, {"type": "Bundle"}))
        return []
    entries = bundle.get("entry", [])
    if not isinstance(entries, list) or not all(isinstance(it, Mapping) for it in entries):
        issues.append(Issue("fhir_not_a_list", f"{where}.entry"))
        return []
    links = bundle.get("link")
    left_out.partial |= any(
        isinstance(link, Mapping) and link.get("relation") == "next"
        for link in (links if isinstance(links, list) else ())
    )
    found = []
    for entry in entries:
        resource = entry.get("resource")
        try:
            found.append(resource_of(resource, "Resource"))
        except Refused:
            left_out.unread += 1
    return [it for it in found if type_ in ("Resource", it["resourceType"])]


def told(call: Call, knowledge: Knowledge, day: dt.date) -> Told:
    """The own answers of the last days, with what the record surely says laid over them."""
    filled = populate(call.patient, call.conditions, call.observations, knowledge=knowledge, on=day)
    record = answers_from(filled, knowledge).answers
    own, when, unread = _own(call, knowledge, day)
    fresh = when is not None and (day - when).days <= FRESH_DAYS
    answers = merged(own if fresh else {}, record)
    return Told(
        answers=answers,
        own=when if fresh else None,
        old=None if fresh else when,
        known=tuple(record),
        left_out=replace(call.left_out, unread=call.left_out.unread + unread),
    )


def _own(
    call: Call, knowledge: Knowledge, day: dt.date
) -> tuple[dict[str, Any], dt.date | None, int]:
    """(the answers that were given last, on which day, how many responses cannot be read).

    Only responses that name our questionnaire and a day that has come.
    """
    ours = [
        (written, response)
        for response in call.responses
        if str(response.get("questionnaire", "")).partition("|")[0] == INTAKE
        and (written := _day(response.get("authored"))) is not None
        and written <= day
    ]
    unread = 0
    latest_first = sorted(ours, key=lambda it: (it[0], it[1]["authored"]), reverse=True)
    for written, response in latest_first:
        try:
            return answers_from(response, knowledge).answers, written, unread
        except Refused:
            unread += 1
    return {}, None, unread


def _day(moment: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(moment[:10]) if isinstance(moment, str) else None
    except ValueError:
        return None


def merged(own: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """Own answers go before the record, apart from what makes things more urgent."""
    both: dict[str, Any] = {**record, **own}
    for name in _SERIOUS:
        if name in record and own.get(name) != "current_or_metastatic":
            both[name] = record[name]
    facts = {**own.get("person_facts", {}), **record.get("person_facts", {})}
    return both | ({"person_facts": facts} if facts else {})
