"""A visit: what one person answered so far. It lives in their own browser, sealed.

The seal is Fernet (AES-128-CBC and HMAC-SHA256) under a key derived from ``SECRET_KEY``. What
was sealed by another key, changed by a bit or is older than ``HOURS`` does not open.
"""

from __future__ import annotations

import base64
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from rugkompas.assess.pages import Asked, given
from rugkompas.catalogue import Knowledge

COOKIE = "visit"
HOURS = 2
"""How long a visit opens after it was sealed."""
FRESH_MINUTES = 30
"""A page that changes nothing seals a visit anew only after this long: a slow page of another
tab must not bring back what was changed or wiped meanwhile."""
MOST_BYTES = 3800
"""What browsers surely keep of one cookie is 4,096 bytes, with its name and attributes."""
MOST_OPENED = 100_000
"""Bytes after unpacking; real visits take some five thousand."""


_Plain = tuple[str, list[tuple[str, dict[str, Any]]], dict[str, Any], str, list[str]]
"""The question set, the pages with their answers, ``more``, ``last`` and ``recorded``."""


class TooMuch(ValueError):
    """The answers with all own words do not fit in a cookie."""


class NotOurs(ValueError):
    """It does not open: another key, changed, too old, or of another question set."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What was asked, in order, and what was chosen on the result pages (``more``)."""

    asked: tuple[Asked, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    questions: str = ""
    """The question set it was started with; another one starts anew (hazard H-07)."""
    last: str = ""
    """The option that was acted on last: where the page goes on. Not an answer."""
    recorded: tuple[str, ...] = ()
    """The steps whose answer still is as a record had it."""

    @property
    def given(self) -> dict[str, Any]:
        """All answers as ``assess`` takes them."""
        return given(self.asked, self.more)

    def __bool__(self) -> bool:
        return bool(self.asked or self.more)

    def with_more(self, **chosen: Any) -> Visit:
        """The visit with these choices; None takes a choice away."""
        more = {**self.more, **chosen}
        return replace(self, more={name: it for name, it in more.items() if it is not None})


def seal(visit: Visit, knowledge: Knowledge, at: int | None = None) -> str:
    """The visit as text that only this site can read. Raises TooMuch.

    at: seconds since 1970 (default: now).
    """
    moment = int(time.time()) if at is None else at
    sealed = _keys().encrypt_at_time(_packed(visit, knowledge), moment).decode()
    if len(sealed) > MOST_BYTES:
        raise TooMuch
    return sealed


def unseal(sealed: str, knowledge: Knowledge) -> Visit:
    """The visit in a cookie. Raises NotOurs."""
    try:
        packed = _keys().decrypt(sealed.encode(), ttl=HOURS * 3600)
    except (InvalidToken, UnicodeEncodeError):
        raise NotOurs from None
    return _unpacked(packed, knowledge)


def is_fresh(sealed: str) -> bool:
    """It was sealed a short while ago. For what ``unseal`` opened."""
    return time.time() - _keys().extract_timestamp(sealed.encode()) < FRESH_MINUTES * 60


def pack_for_device(visit: Visit, knowledge: Knowledge) -> tuple[bytes, str]:
    """(sealed visit, its own key): who has the key can open it, this site without it cannot."""
    key = Fernet.generate_key()
    return Fernet(key).encrypt(_packed(visit, knowledge)), key.decode()


def open_from_device(sealed: bytes | None, key: str, knowledge: Knowledge) -> Visit:
    """The visit that was packed with this key; None went already. Raises NotOurs."""
    if sealed is None:
        raise NotOurs
    try:
        return _unpacked(Fernet(key.encode()).decrypt(sealed), knowledge)
    except (InvalidToken, ValueError):
        raise NotOurs from None


def question_set(knowledge: Knowledge) -> str:
    """Names the knowledge that a visit was answered with."""
    return knowledge.digest[:12]


def _packed(visit: Visit, knowledge: Knowledge) -> bytes:
    asked = [[it.page, it.answers] for it in visit.asked]
    plain = msgspec.json.encode([visit.questions, asked, visit.more, visit.last, visit.recorded])
    if len(plain) > MOST_OPENED:
        raise TooMuch
    packer = zlib.compressobj(9, zdict=_usual_words(knowledge))
    return packer.compress(plain) + packer.flush()


def _unpacked(packed: bytes, knowledge: Knowledge) -> Visit:
    try:
        opener = zlib.decompressobj(zdict=_usual_words(knowledge))
        plain = opener.decompress(packed, MOST_OPENED)
        questions, asked, more, last, recorded = msgspec.json.decode(plain, type=_Plain)
    except (zlib.error, msgspec.DecodeError):
        # The dictionary is made of the question set: another set cannot be read at all.
        raise NotOurs from None
    if questions != question_set(knowledge):
        raise NotOurs
    pages = tuple(Asked(page, answers) for page, answers in asked)
    return Visit(pages, more, questions, last, tuple(recorded))


def _usual_words(knowledge: Knowledge) -> bytes:
    """What a visit is mostly made of, so that it packs to a third. Made once."""
    if "usual_words" not in knowledge.__dict__:
        knowledge.__dict__["usual_words"] = _made_words(knowledge)
    usual: bytes = knowledge.__dict__["usual_words"]
    return usual


def _made_words(knowledge: Knowledge) -> bytes:
    questions = sorted(knowledge.questions.values(), key=lambda q: -q.order)
    names = [
        *(f'"{value}"' for q in questions for value in q.values),
        *(f'"{id_}":"yes"' for id_ in knowledge.options),
        *(f'"person_facts.{id_}":"no"' for id_ in knowledge.person_facts),
        *(f'"changeable.{id_}":"yes"' for id_ in knowledge.factors),
        *(f'"factors.{id_}":"no"' for id_ in knowledge.factors),
        *(f'["{q.id}",{{"{q.id}":"no"}}],' for q in questions),
    ]
    return ",".join(names).encode()[-32_000:]


@lru_cache(maxsize=1)
def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"rugkompas visit")
    return base64.urlsafe_b64encode(made.derive(secret.encode()))
