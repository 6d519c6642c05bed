"""What every view gets."""

from __future__ import annotations

from django.http import HttpRequest

from rugkompas.web.visit import Visit


class VisitRequest(HttpRequest):
    """A request with what the person answered so far and the language they read."""

    visit: Visit
    language: str
    kept: Visit | None
    """What the cookie holds, when it needs no new seal yet."""
    lost: bool
    """There was a visit that does not open any more: too old, or of another question set."""
