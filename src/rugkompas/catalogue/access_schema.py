"""The shape of what to know before going to a physiotherapist: true in one country, for a time."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from rugkompas.catalogue.schema import Citation, Fact


class AccessFact(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """group: the heading that it stands under. read_on: the day on which its sources were read.
    holds_until: after this day it is shown with a warning; rules of insurance change yearly.
    figures: fill the placeholders of its sentence, ``booking_know_<id>`` in words.web."""

    group: Literal["referral", "cost", "along"]
    order: int
    read_on: dt.date
    holds_until: dt.date | None = None
    figures: dict[str, int] = {}
    citations: list[Citation]
