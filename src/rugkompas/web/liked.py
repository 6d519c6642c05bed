"""What a request likes best, as ``Accept`` and ``Accept-Language`` say it (RFC 9110, 12.4.2)."""

from __future__ import annotations

import re

_WEIGHT = re.compile(r"\s*;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", re.IGNORECASE)


def liked(header: str) -> list[str]:
    """The parts of a header without their weights, best first; what weighs nothing is not liked."""
    weighed = []
    for part in header.split(","):
        found = _WEIGHT.search(part)
        weight = float(found[1]) if found else 1.0
        if weight > 0:
            weighed.append((weight, _WEIGHT.sub("", part).strip().lower()))
    return [part for _, part in sorted(weighed, key=lambda it: -it[0])]
