"""The rule book as this site runs it."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import msgspec
from django.conf import settings
from django.utils import timezone

from rugkompas.assess import Assessment, assess
from rugkompas.catalogue import Knowledge, load
from rugkompas.web.visit import Visit


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge, signed by the clinician in the settings. Without a practice nobody signs
    here, whoever signed the files: then it is a demonstration (hazard H-40)."""
    held = load()
    signed_by = settings.PRACTICE.clinician if settings.PRACTICE else ""
    release = msgspec.structs.replace(held.release, signed_by=signed_by)
    return msgspec.structs.replace(held, release=release)


def today() -> dt.date:
    """The day where the people are, not where the server is."""
    return timezone.localdate()


def assessed(visit: Visit) -> Assessment:
    """What follows from a visit today. Computed anew each time it is shown (hazard H-07)."""
    return assess(visit.given, on=today(), knowledge=knowledge())
