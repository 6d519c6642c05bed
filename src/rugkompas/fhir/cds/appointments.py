"""``appointment-book``: before somebody with back pain comes to a GP or a physiotherapist."""

from __future__ import annotations

from rugkompas.fhir import names
from rugkompas.fhir.cds.back import NONSPECIFIC, RADICULAR, codes_in, codes_of, kinds_in, reasons_of
from rugkompas.fhir.cds.cards import Desk, card
from rugkompas.fhir.cds.record import Call, Told
from rugkompas.fhir.cds.view import notes
from rugkompas.fhir.elements import Element

_OURS = {(names.SNOMED, code.code) for code in (names.GENERAL_PRACTICE, names.PHYSIOTHERAPY)}

_OVER = ("cancelled", "entered-in-error", "fulfilled", "noshow")


def appointments(desk: Desk, call: Call, known: Told) -> list[Element]:
    """One card when an appointment is about back pain, and with somebody whom the handover is
    for; none after fresh answers: then there is a handover already."""
    if known.own is not None or not any(_fits(one, call, desk) for one in call.orders):
        return []
    return [
        card(
            desk,
            "appointment",
            desk.say("appointment_summary"),
            detail=[desk.say("appointment_text"), *notes(desk, known)],
            indicator="info",
            link=desk.say("link_intake"),
        )
    ]


def _fits(appointment: Element, call: Call, desk: Desk) -> bool:
    if appointment["resourceType"] != "Appointment" or appointment.get("status") in _OVER:
        return False
    specialty = codes_in(appointment.get("specialty"), appointment.get("serviceType"))
    # Many systems name no specialty, or one of their own; another one of SNOMED CT is not ours.
    elsewhere = {code for code in specialty if code[0] == names.SNOMED}
    if elsewhere and not elsewhere & _OURS:
        return False
    back = codes_of(NONSPECIFIC, desk.knowledge) | codes_of(RADICULAR, desk.knowledge)
    reasons = reasons_of(appointment, call.conditions)
    return bool(reasons & back if reasons else kinds_in(call.conditions, desk.knowledge))
