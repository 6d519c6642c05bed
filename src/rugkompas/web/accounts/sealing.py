"""Keys and seals of accounts.

Every diary has its own key (AES-256-GCM), made at random. It is wrapped by a key that is derived
from ``SECRET_KEY``; the database holds only the wrapped one. A seal is bound to its owner and
its place, so that a row that was swapped, moved or changed by a bit does not open.
"""

from __future__ import annotations

import base64
import hmac
import os
import uuid
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12
_BLOCK = 256
"""Lines are filled up to a multiple of this, so that their length tells little."""


class NotOurs(ValueError):
    """A seal does not open: another key, another place, or changed."""


def new_key() -> bytes:
    """A key for one diary."""
    return AESGCM.generate_key(256)


def wrap(key: bytes, owner: uuid.UUID) -> bytes:
    """The key of a diary as it may stand in the database."""
    return _seal(_wrapping_keys()[0], key, b"key" + owner.bytes)


def unwrap(wrapped: bytes, owner: uuid.UUID) -> bytes:
    """The key again, with the newest or an old ``SECRET_KEY``. Raises NotOurs."""
    for outer in _wrapping_keys():
        try:
            return _open(outer, wrapped, b"key" + owner.bytes)
        except NotOurs:
            continue
    raise NotOurs


def seal_line(key: bytes, owner: uuid.UUID, number: int, raw: bytes) -> bytes:
    """One line of a diary, for this place in it. raw: JSON, so that spaces may follow."""
    filled = raw.ljust(-(-len(raw) // _BLOCK) * _BLOCK)
    return _seal(key, filled, _place(owner, number))


def open_line(key: bytes, owner: uuid.UUID, number: int, sealed: bytes) -> bytes:
    """The line that was sealed for this place. Raises NotOurs."""
    return _open(key, sealed, _place(owner, number)).rstrip()


def record_hash(key: bytes, id_: str) -> bytes:
    """Names a record without telling its id, which another copy of the diary may hold."""
    return hmac.digest(key, b"record" + id_.encode(), "sha256")


def seal_secret(text: str) -> str:
    """A secret of a second factor as it may stand in the database."""
    return _secrets().encrypt(text.encode()).decode()


def open_secret(sealed: str) -> str:
    """The secret again. Raises NotOurs."""
    try:
        return _secrets().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise NotOurs from None


def renew_secret(sealed: str) -> str:
    """The same secret under the newest key. Raises NotOurs."""
    return seal_secret(open_secret(sealed))


def _seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _open(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)
    except (InvalidTag, ValueError):
        raise NotOurs from None


def _place(owner: uuid.UUID, number: int) -> bytes:
    return b"line" + owner.bytes + number.to_bytes(8, "big")


def _wrapping_keys() -> list[bytes]:
    return _derived(b"rugkompas account", (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _secrets() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = _derived(b"rugkompas second factor", secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


@lru_cache(maxsize=8)
def _derived(purpose: bytes, secrets: tuple[str, ...]) -> list[bytes]:
    return [
        HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
        for secret in secrets
    ]
