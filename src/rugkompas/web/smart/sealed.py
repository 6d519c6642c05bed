"""What travels in the browser between two steps, sealed and for minutes: a launch on its way, and
what was found until the person looked at it."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TypeVar

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from msgspec import Struct

from rugkompas.web.cookies import LAUNCH_COOKIE, RECORD_COOKIE

SECONDS = 600
"""How long either opens."""
_SAMESITE = {LAUNCH_COOKIE: "Lax", RECORD_COOKIE: "Strict"}
"""The record system sends the person back from its own site: a strict cookie would stay behind."""


class Launch(Struct, frozen=True):
    """Somebody on their way to a record system. iss: which. state, verifier: what only this
    browser knows. token: where its code is exchanged. issuer, names_itself: as in Endpoints."""

    iss: str
    state: str
    verifier: str
    token: str
    issuer: str
    names_itself: bool
    language: str


class Found(Struct, frozen=True):
    """What a record says. answers: as ``person`` takes them. kinds: step -> type of the resource
    that says so. unread: types that could not be read, or not all of it. person, born: whose
    record it is, to be seen and no further; "" when it does not say."""

    name: str
    answers: dict[str, object]
    kinds: dict[str, str]
    unread: tuple[str, ...] = ()
    person: str = ""
    born: str = ""


Kept = TypeVar("Kept", Launch, Found)


def put(response: HttpResponse, name: str, value: Launch | Found) -> None:
    """Seal it in its cookie."""
    response.set_cookie(
        name,
        _keys(name).encrypt(msgspec.json.encode(value)).decode(),
        # No age: the browser forgets it when it closes, or the seal ends it.
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite=_SAMESITE[name],  # type: ignore[arg-type]
    )


def taken(request: HttpRequest, name: str, type_: type[Kept]) -> Kept | None:
    """What is in the cookie, or None: none there, changed, too old, or of another key."""
    try:
        data = _keys(name).decrypt(request.COOKIES.get(name, "").encode(), ttl=SECONDS)
        return msgspec.json.decode(data, type=type_)
    except (InvalidToken, UnicodeEncodeError, msgspec.DecodeError):
        return None


def drop(response: HttpResponse, name: str) -> None:
    """Take it out of the browser."""
    response.delete_cookie(name, samesite=_SAMESITE[name])  # type: ignore[arg-type]


@lru_cache(maxsize=2)
def _keys(name: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret, name)) for secret in secrets])


def _derived(secret: str, name: str) -> bytes:
    info = f"rugkompas smart {name}".encode()
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return base64.urlsafe_b64encode(made.derive(secret.encode()))
