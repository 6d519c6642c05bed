"""Who calls a hook: told by a token that a record system signs, for one service and one call.

Keys are those of the operator's file. An address in a token (``jku``, ``x5u``) is not looked at.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import jwt

from rugkompas.web import tallies
from rugkompas.web.cds.clients import Keys

LEEWAY = 60
"""Seconds that two clocks may differ."""
LONGEST_LIFE = 3600
"""Seconds between making and end of a token; the specification advises five minutes."""
_START = "Bearer "


class NotKnown(Exception):
    """The call is not signed by a system that the operator knows."""


def check(header: str, address: str, clients: Mapping[str, Keys]) -> str:
    """Who calls, as its ``iss``. header: of Authorization. address: of the service, as called.

    Raises NotKnown for whatever does not hold: signature, key, time, audience, or a token that
    was used before, at any process of the site; and DatabaseError when nobody can tell whether
    it was.
    """
    if not header.startswith(_START):
        raise NotKnown
    token = header.removeprefix(_START).strip()
    try:
        kid = str(jwt.get_unverified_header(token).get("kid"))
        iss = str(jwt.decode(token, options={"verify_signature": False}).get("iss"))
        key = clients[iss][kid]
        told = jwt.decode(
            token,
            key,
            algorithms=[str(key.algorithm_name)],
            audience=address,
            issuer=iss,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "jti"]},
        )
        lasts = told["exp"] - told["iat"]
    except (jwt.PyJWTError, KeyError, TypeError, ValueError):
        raise NotKnown from None
    if lasts > LONGEST_LIFE or not _is_new(iss, str(told["jti"]), told["exp"]):
        raise NotKnown
    return iss


def _is_new(iss: str, jti: str, until: float) -> bool:
    left = max(1, int(until - time.time()) + 2 * LEEWAY)
    return tallies.first("cds token", f"{iss}\n{jti}", left)
