"""The work for one call of CDS Hooks, without the network: reading, assessing, making cards.

In time of the processor, so that other work on the machine hardly counts; the load is told.
"""

from __future__ import annotations

import json
import os
import time
import uuid

from cds_calls import HOOKS, TODAY, body
from rugkompas.catalogue import load
from rugkompas.fhir.cds.answering import answer
from rugkompas.fhir.cds.services import SERVICES
from rugkompas.people.files import value_of

CALLS = 2000
WARM = 50


def measure() -> dict[str, float]:
    """Milliseconds of the processor for one call: median, 99th percentile, slowest."""
    knowledge = load()
    times: dict[str, list[float]] = {service: [] for service in HOOKS}
    for place in range(WARM + CALLS):
        service = list(HOOKS)[place % len(HOOKS)]
        sent = json.dumps(body(service, place, str(uuid.UUID(int=place)))).encode()
        begun = time.process_time()
        call = value_of(sent, "json", "body")
        json.dumps(answer(SERVICES[service], call, knowledge, on=TODAY, language="en"))
        if place >= WARM:
            times[service].append(1000 * (time.process_time() - begun))
    figures = {}
    for service, taken in times.items():
        taken.sort()
        figures |= {
            f"{service}, ms of the processor (median)": taken[len(taken) // 2],
            f"{service}, ms of the processor (p99)": taken[int(0.99 * (len(taken) - 1))],
            f"{service}, ms of the processor (slowest)": taken[-1],
        }
    return figures | {"load of the machine": os.getloadavg()[0]}


if __name__ == "__main__":
    for figure, value in measure().items():
        print(f"{figure}: {value:.3g}")
