"""Which record systems people may come from: those in a file of the operator, and no others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
from environs import Env

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ALGORITHMS = ("ES384", "RS384")
"""What SMART App Launch 2.x names for a client that signs; no others."""
LONGEST_ADDRESS = 2000
_NAMES = {"iss", "name", "client_id", "secret", "key", "hosts"}


@dataclass(frozen=True, slots=True)
class Server:
    """A record system. iss: the address of its FHIR server, without "/" at the end. name: as
    people know it. secret, key: how we say who we are, at most one of them. hosts: where its
    endpoints may be beside the host of ``iss``, as ``host`` or ``host:port``."""

    iss: str
    name: str
    client_id: str
    secret: str = ""
    key: Mapping[str, Any] | None = None
    hosts: tuple[str, ...] = ()

    def owns(self, address: Any, *, trial: bool) -> bool:
        """Whether an address that the system names is its own, so that we may go there."""
        return is_address(address, trial=trial) and urlsplit(address).netloc in (
            urlsplit(self.iss).netloc,
            *self.hosts,
        )


def is_address(address: Any, *, trial: bool) -> bool:
    """An address that we would call: HTTPS, or on this machine in a trial; nothing hidden in it."""
    if not isinstance(address, str) or not 0 < len(address) <= LONGEST_ADDRESS:
        return False
    if not address.isascii() or not address.isprintable() or set(address) & set(" \\#"):
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (trial and parts.scheme == "http" and host in LOOPBACK)


def servers_from(env: Env, *, trial: bool) -> tuple[tuple[Server, ...], list[str]]:
    """(the record systems, what is wrong with the file of RUGKOMPAS_SMART_SERVERS)."""
    name = env.str("SMART_SERVERS", default="").strip()
    if not name:
        return (), []
    try:
        held = json.loads(Path(name).read_text("utf-8"))
        found = tuple(_server(one, trial=trial) for one in held["servers"])
        if len({server.iss for server in found}) < len(found) or not found:
            raise ValueError("each system once, at least one")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, jwt.PyJWTError) as error:
        # The text of an error could repeat a secret.
        return (), [
            f"RUGKOMPAS_SMART_SERVERS names a file that cannot be used ({type(error).__name__}). "
            'It is JSON: {"servers": [{"iss": "https://…", "name": "…", "client_id": "…"}]}. '
            'Each may have one of "secret" and "key" (a private JWK with "kid" and "alg" ES384 or '
            'RS384), and "hosts".'
        ]
    return found, []


def _server(one: Mapping[str, Any], *, trial: bool) -> Server:
    if set(one) - _NAMES:
        raise ValueError("another name")
    server = Server(
        iss=_text(one["iss"]).rstrip("/"),
        name=_text(one["name"]),
        client_id=_text(one["client_id"]),
        secret=_text(one["secret"]) if "secret" in one else "",
        key=_signing(one["key"]) if "key" in one else None,
        hosts=tuple(_text(host) for host in one.get("hosts", [])),
    )
    if not is_address(server.iss, trial=trial) or "?" in server.iss:
        raise ValueError("no address that we would call")
    if server.secret and server.key:
        raise ValueError("one way to say who we are")
    return server


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("text")
    return value.strip()


def _signing(key: Mapping[str, Any]) -> Mapping[str, Any]:
    """A private key that can sign; raises when it cannot."""
    if key["alg"] not in ALGORITHMS or not key["kid"] or "d" not in key:
        raise ValueError("a private key")
    jwt.PyJWK(dict(key))
    return dict(key)
