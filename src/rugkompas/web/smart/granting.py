"""The two halves of the authorization code flow, as SMART App Launch 2.2 has them."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import jwt

from rugkompas.web.smart.discovery import Endpoints
from rugkompas.web.smart.problems import NoRecord
from rugkompas.web.smart.sealed import Launch
from rugkompas.web.smart.servers import Server
from rugkompas.web.smart.wire import Clock, ask

SCOPES = ("patient/Patient.r", "patient/Condition.rs", "patient/Observation.rs")
"""All that is read, and nothing about who is signed in. No refresh token is asked for."""
OLD_SCOPES = ("patient/Patient.read", "patient/Condition.read", "patient/Observation.read")
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 120
"""The specification allows five minutes."""
_TOKEN = re.compile(r"[\x21-\x7e]{1,8000}")
_ID = re.compile(r"(?=.*[A-Za-z0-9-])[A-Za-z0-9.-]{1,64}")
"""An id of FHIR; one of dots alone would be another place in an address."""


@dataclass(frozen=True, slots=True)
class Grant:
    """access: the token, used at once and kept nowhere. patient: the id of whose record it is."""

    access: str
    patient: str


def launched(server: Server, ends: Endpoints, language: str) -> Launch:
    """A launch that nobody can guess."""
    return Launch(
        iss=server.iss,
        state=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        token=ends.token,
        issuer=ends.issuer,
        names_itself=ends.names_itself,
        language=language,
    )


def authorize_address(
    launch: Launch, server: Server, ends: Endpoints, back: str, context: str
) -> str:
    """Where the browser goes. back: our address to come back to. context: ``launch`` as the record
    system gave it, or "" for a start on our own site."""
    scopes = OLD_SCOPES if ends.old_scopes else SCOPES
    asked = {
        "response_type": "code",
        "client_id": server.client_id,
        "redirect_uri": back,
        "scope": " ".join(("launch" if context else "launch/patient", *scopes)),
        "state": launch.state,
        "aud": server.iss,
        "code_challenge": challenge(launch.verifier),
        "code_challenge_method": "S256",
    }
    if context:
        asked["launch"] = context
    # An address of a system may have a question of its own.
    return f"{ends.authorize}{'&' if '?' in ends.authorize else '?'}{urlencode(asked)}"


def challenge(verifier: str) -> str:
    """What only the holder of the verifier can have made (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def granted(code: str, launch: Launch, server: Server, back: str, clock: Clock) -> Grant:
    """A code becomes a token. Raises NoRecord."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": launch.verifier,
    }
    headers: dict[str, str] = {}
    if server.secret:
        headers["Authorization"] = _basic(server)
    elif server.key:
        form |= {"client_assertion_type": ASSERTION, "client_assertion": _assertion(server, launch)}
    else:
        form["client_id"] = server.client_id
    return _grant(ask(launch.token, clock, headers=headers, form=form))


def _grant(told: Any) -> Grant:
    if not isinstance(told, Mapping):
        raise NoRecord("refused")
    access, kind, patient = (told.get(it) for it in ("access_token", "token_type", "patient"))
    if not isinstance(access, str) or not _TOKEN.fullmatch(access):
        raise NoRecord("refused")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise NoRecord("refused")
    if not isinstance(patient, str) or not _ID.fullmatch(patient):
        raise NoRecord("patient")
    return Grant(access, patient)


def _basic(server: Server) -> str:
    """RFC 6749, 2.3.1: each part is encoded as in a form first."""
    pair = f"{quote(server.client_id, safe='')}:{quote(server.secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _assertion(server: Server, launch: Launch) -> str:
    key = dict(server.key or {})
    told = {
        "iss": server.client_id,
        "sub": server.client_id,
        "aud": launch.token,
        "exp": int(time.time()) + ASSERTION_SECONDS,
        "jti": secrets.token_urlsafe(24),
    }
    signing = jwt.PyJWK(key)
    return jwt.encode(told, signing.key, key["alg"], headers={"kid": key["kid"]})
