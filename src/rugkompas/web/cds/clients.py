"""Which record systems may call hooks: the keys that the operator knows.

They stand in a file of the operator, and none is ever fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
from environs import Env

Keys = Mapping[str, jwt.PyJWK]
"""Key id -> public key."""
ALGORITHMS = ("ES384", "RS384")
"""What CDS Hooks 2.0 recommends; no others."""
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "k")


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
