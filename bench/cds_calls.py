"""Calls of CDS Hooks about made-up people: a chart is opened, an order is chosen and signed, an
appointment is booked. Their parts are those of the tests."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from rugkompas.catalogue import load
from rugkompas.people.made_up import people

sys.path.append(str(Path(__file__).parents[1] / "tests" / "cds"))

from records import (
    APPOINTMENT,
    BACK_PAIN,
    SCAN,
    SNOMED,
    TRAMADOL,
    call,
    condition,
    response,
    with_,
)

TODAY = dt.datetime.now(dt.UTC).date()
OTHERS = [
    with_(condition(SNOMED, str(10**7 + number)), clinicalStatus=None, verificationStatus=None)
    for number in range(40)
]
"""A record holds more than what a service looks for."""
RESPONSES = [response(one, TODAY) for one in people(200, 20261125, load())]
ORDERS = (SCAN, TRAMADOL)
HOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "back-pain-view": ("patient-view", {}),
    "back-pain-order-select": (
        "order-select",
        {"orders": ORDERS, "selections": ["MedicationRequest/tramadol-1"]},
    ),
    "back-pain-order-sign": ("order-sign", {"orders": ORDERS}),
    "back-pain-appointment": ("appointment-book", {"orders": (APPOINTMENT,)}),
}
"""Service -> (hook, what a call of it says beside the people)."""


def body(service: str, place: int, instance: str) -> dict[str, Any]:
    """One call. place: whose answers. instance: the hookInstance."""
    hook, more = HOOKS[service]
    given = [RESPONSES[place % len(RESPONSES)]]
    made = call(hook, conditions=(BACK_PAIN, *OTHERS), responses=given, **more)
    return {**made, "hookInstance": instance}
