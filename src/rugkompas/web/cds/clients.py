"""Which record systems may call: by a token that they sign with a key that the operator knows.

The keys stand in a file of the operator. None is ever fetched: an address in a token (``jku``,
``x5u``) is not looked at.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
from django.core.cache import cache
from environs import Env

Keys = Mapping[str, jwt.PyJWK]
"""Key id -> public key."""
ALGORITHMS = ("ES384", "RS384")
"""What CDS Hooks 2.0 recommends; no others."""
LEEWAY = 60
"""Seconds that two clocks may differ."""
LONGEST_LIFE = 3600
"""Seconds between making and end of a token; the specification advises five minutes."""
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "k")
_START = "Bearer "


class NotKnown(Exception):
    """The call is not signed by a system that the operator knows."""


def clients_from(env: Env) -> tuple[dict[str, Keys], list[str]]:
    """(iss -> its keys, what is wrong with the file of RUGKOMPAS_CDS_CLIENTS)."""
    name = env.str("CDS_CLIENTS", default="").strip()
    if not name:
        return {}, []
    try:
        held = json.loads(Path(name).read_text("utf-8"))
        return {one["iss"]: _keys(one["keys"]) for one in held["clients"]}, []
    except (OSError, ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
        # The text of an error could repeat a key.
        return {}, [
            f"RUGKOMPAS_CDS_CLIENTS names a file that cannot be used ({type(error).__name__}). "
            'It is JSON: {"clients": [{"iss": "https://…", "keys": [public keys as JWK, each '
            'with "kid" and "alg" ES384 or RS384]}]}.'
        ]


def _keys(listed: list[dict[str, Any]]) -> Keys:
    if any(part in key for key in listed for part in _PRIVATE) or not listed:
        raise ValueError("public keys, at least one")
    if any(key["alg"] not in ALGORITHMS for key in listed):
        raise ValueError("another algorithm")
    return {key["kid"]: jwt.PyJWK(key) for key in listed}


def check(header: str, address: str, clients: Mapping[str, Keys]) -> str:
    """Who calls, as its ``iss``. header: of Authorization. address: of the service, as called.

    Raises NotKnown for whatever does not hold: signature, key, time, audience, or a token that
    was used before in this process.
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
    name = hashlib.blake2b(f"{iss}\n{jti}".encode("utf-8", "replace"), digest_size=16).hexdigest()
    left = max(1, int(until - time.time()) + 2 * LEEWAY)
    return bool(cache.add(f"jti-{name}", 1, timeout=left))
