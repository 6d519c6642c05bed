"""What is sealed with a key of its own from ``SECRET_KEY``: people, what they share, and an
appointment that is being asked for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from msgspec import Struct

from rugkompas.outputs.parts import Report

KEPT, DRAFT, OWNER, FEED = (
    f"rugkompas appointment {it}".encode() for it in ("", "draft", "owner", "feed")
)


class Person(Struct, frozen=True):
    """Whom the practice expects. link: the secret of their page, to write to them again."""

    name: str
    email: str
    link: str
    phone: str = ""


class NotOpened(ValueError):
    """Another key, changed, or too old."""


def new_link() -> str:
    """A secret that only the mail to the person holds."""
    return secrets.token_urlsafe(24)


def named(link: str) -> str:
    """Under what a link is kept: whoever reads the table cannot make the link."""
    return hashlib.sha256(link.encode()).hexdigest()


def owner_of(email: str) -> str:
    """Tells two addresses apart without telling which they are."""
    key = _derived(settings.SECRET_KEY, OWNER)
    return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()


def feed_secret(who: str) -> str:
    """The part of the address of an agenda that nobody can guess; another key, another address."""
    key = _derived(settings.SECRET_KEY, FEED)
    return hmac.new(key, who.encode(), hashlib.sha256).hexdigest()[:40]


def seal_person(person: Person) -> bytes:
    return _keys(KEPT).encrypt(msgspec.json.encode(person))


def open_person(sealed: bytes) -> Person:
    """Raises NotOpened."""
    return msgspec.json.decode(_opened(sealed), type=Person)


def seal_handover(report: Report) -> bytes:
    return _keys(KEPT).encrypt(msgspec.json.encode(report))


def open_handover(sealed: bytes) -> Report:
    """Raises NotOpened, also when an older program wrote it and this one cannot read it."""
    try:
        return msgspec.json.decode(_opened(sealed), type=Report)
    except msgspec.DecodeError:
        raise NotOpened from None


def rotated(sealed: bytes) -> bytes:
    """The same, under the key of today. Raises NotOpened."""
    try:
        return _keys(KEPT).rotate(bytes(sealed))
    except InvalidToken:
        raise NotOpened from None


def seal_draft(data: bytes) -> str:
    return _keys(DRAFT).encrypt(data).decode()


def open_draft(sealed: str, seconds: int) -> bytes:
    """Raises NotOpened."""
    try:
        return _keys(DRAFT).decrypt(sealed.encode(), ttl=seconds)
    except (InvalidToken, UnicodeEncodeError):
        raise NotOpened from None


def _opened(sealed: bytes) -> bytes:
    try:
        return _keys(KEPT).decrypt(bytes(sealed))
    except InvalidToken:
        raise NotOpened from None


@lru_cache(maxsize=4)
def _keys(purpose: bytes) -> MultiFernet:
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (base64.urlsafe_b64encode(_derived(it, purpose)) for it in known)
    return MultiFernet([Fernet(key) for key in keys])


def _derived(secret: str, purpose: bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return made.derive(secret.encode())
