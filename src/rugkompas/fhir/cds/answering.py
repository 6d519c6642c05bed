"""A call of a service in, cards out; and what somebody did with a card, checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from rugkompas.assess import assess
from rugkompas.catalogue import Knowledge
from rugkompas.fhir.cds.appointments import appointments
from rugkompas.fhir.cds.cards import Desk
from rugkompas.fhir.cds.orders import orders
from rugkompas.fhir.cds.record import UUID, call_of, told
from rugkompas.fhir.cds.services import Service
from rugkompas.fhir.cds.view import view
from rugkompas.fhir.elements import Element
from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.fhir.populate import is_dead
from rugkompas.people.problems import BadAnswers

MOST_FEEDBACK = 100
"""Cards in one message of feedback."""


def answer(
    service: Service,
    sent: Any,
    knowledge: Knowledge,
    *,
    on: dt.date,
    language: str = "nl",
    site: str = "",
) -> Element:
    """The cards for a call; none about somebody who has died. site: the address of the site, for
    links.

    Raises Refused with every problem at its place, and NoPatient.
    """
    call = call_of(sent, service)
    if is_dead(call.patient):
        return {"cards": []}
    known = told(call, knowledge, on)
    try:
        found = assess(known.answers, on=on, knowledge=knowledge)
    except BadAnswers as error:
        # Own answers and the record can contradict each other, as a duration and an age.
        raise Refused(Issue.of(it, "prefetch") for it in error.problems) from None
    desk = Desk(knowledge, language, call.instance, site)
    if service.hook == "patient-view":
        return {"cards": view(desk, call, known, found)}
    if service.hook == "appointment-book":
        return {"cards": appointments(desk, call, known)}
    return {"cards": orders(desk, call, known, found)}


def feedback(sent: Any) -> int:
    """How many cards the feedback is about. Nothing of it is kept. Raises Refused."""
    issues: list[Issue] = []
    listed = sent.get("feedback") if isinstance(sent, Mapping) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_FEEDBACK:
        raise Refused([Issue("cds_feedback", "feedback", {"most": str(MOST_FEEDBACK)})])
    for place, one in enumerate(listed):
        where = f"feedback[{place}]"
        if isinstance(one, Mapping):
            issues += _feedback(one, where)
        else:
            issues.append(Issue("not_an_object", where))
    if issues:
        raise Refused(issues)
    return len(listed)


def _feedback(one: Mapping[str, Any], where: str) -> Iterator[Issue]:
    if not _is_uuid(one.get("card")):
        yield Issue("cds_uuid", f"{where}.card")
    outcome = one.get("outcome")
    if outcome not in ("accepted", "overridden"):
        yield Issue("cds_outcome", f"{where}.outcome")
    if not _is_moment(one.get("outcomeTimestamp")):
        yield Issue("cds_moment", f"{where}.outcomeTimestamp")
    accepted = one.get("acceptedSuggestions")
    if outcome == "accepted" and not (
        isinstance(accepted, list)
        and accepted
        and all(isinstance(it, Mapping) and _is_uuid(it.get("id")) for it in accepted)
    ):
        yield Issue("cds_accepted", f"{where}.acceptedSuggestions")
    given = one.get("overrideReason")
    if not isinstance(given, Mapping | None):
        yield Issue("not_an_object", f"{where}.overrideReason")
    elif given and not isinstance(given.get("reason"), Mapping | None):
        yield Issue("not_an_object", f"{where}.overrideReason.reason")


def _is_uuid(value: Any) -> bool:
    return isinstance(value, str) and bool(UUID.fullmatch(value))


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
