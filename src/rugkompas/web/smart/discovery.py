"""Where a record system lets people sign in: its ``.well-known/smart-configuration``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import caches
from msgspec import Struct

from rugkompas.web.smart.problems import NoRecord
from rugkompas.web.smart.servers import Server
from rugkompas.web.smart.wire import Clock, ask

FRESH_SECONDS = 300
"""How long what a system said of itself is used again."""
WELL_KNOWN = "/.well-known/smart-configuration"


class Endpoints(Struct, frozen=True):
    """issuer: how the system may name itself when it sends a person back, or "". names_itself:
    it says that it always does (RFC 9207). old_scopes: it knows the scopes of version 1 alone."""

    authorize: str
    token: str
    issuer: str = ""
    names_itself: bool = False
    old_scopes: bool = False


def endpoints_of(server: Server, clock: Clock) -> Endpoints:
    """What the system says of itself. Raises NoRecord, also when it would lead us elsewhere."""
    name, cache = f"smart-{server.iss}", caches["process"]
    held: Endpoints | None = cache.get(name)
    if held is None:
        held = _read(ask(server.iss + WELL_KNOWN, clock), server)
        cache.set(name, held, FRESH_SECONDS)
    return held


def _read(told: Any, server: Server) -> Endpoints:
    if not isinstance(told, Mapping):
        raise NoRecord("refused")
    ends = told.get("authorization_endpoint"), told.get("token_endpoint")
    if not all(server.owns(address, trial=settings.TRIAL) for address in ends):
        raise NoRecord("refused")
    if "S256" not in _listed(told.get("code_challenge_methods_supported")):
        # Version 2 requires it, and without it a stolen code could be used.
        raise NoRecord("refused")
    can = _listed(told.get("capabilities"))
    issuer = told.get("issuer")
    return Endpoints(
        authorize=str(ends[0]),
        token=str(ends[1]),
        issuer=issuer if isinstance(issuer, str) else "",
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
        old_scopes="permission-v1" in can and "permission-v2" not in can,
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
