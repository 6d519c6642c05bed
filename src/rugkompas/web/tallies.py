"""What all processes of a site count together, and still know after a restart.

It stands in the database (``Tally``): a token that was used, the wrong passwords of the last
minutes. A name in the table is a hash under a key from ``SECRET_KEY``: whoever reads it learns no
address, no account and no token. A database that does not answer raises DatabaseError: nobody
knows then what was counted, and whoever asks has to refuse.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from contextlib import suppress
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import DatabaseError, connections
from django.db.models import QuerySet
from django.utils import timezone

from rugkompas.web.models import Tally

_PUT = (
    "INSERT INTO web_tally (name, value, until) VALUES (%s, %s, %s) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value, until = excluded.until"
)
_PUT_FIRST = f"{_PUT} WHERE web_tally.until <= %s"
"""One statement, so that of any number of processes one alone changes the row: SQLite and
PostgreSQL both promise it."""
_SWEEPS = "00"
"""A name that ends so takes along what ran out: one of 256, so the table stays small by itself."""


def first(kind: str, what: str, seconds: float) -> bool:
    """Nobody said this before: no process of the site, within the seconds of an earlier call.

    Of calls at the same moment one is told True. Raises DatabaseError.
    """
    return _put(_named(f"{kind}\n{what}"), True, seconds, over_only=True)


class Tallies(BaseCache):
    """The same as a cache of Django, for allauth: it counts guesses and codes in the default one.

    Values are what JSON can hold. Unlike Django's own cache in a database, ``add`` lets one of
    many callers win, nothing is dropped before its time, and nothing that is read can be code.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return _put(self._name(key, version), value, self._seconds(timeout), over_only=True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        rows = _rows().filter(name=self._name(key, version), until__gt=timezone.now())
        held = rows.values_list("value", flat=True).first()
        return default if held is None else json.loads(held)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        _put(self._name(key, version), value, self._seconds(timeout), over_only=False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        gone, _ = _rows().filter(name=self._name(key, version)).delete()
        return bool(gone)

    def clear(self) -> None:
        _rows().delete()

    def _name(self, key: Any, version: int | None) -> str:
        return _named(self.make_key(key, version))

    def _seconds(self, timeout: Any) -> float:
        return float(self.default_timeout or 0) if timeout is DEFAULT_TIMEOUT else float(timeout)


def _put(name: str, value: object, seconds: float, *, over_only: bool) -> bool:
    """Write a row; with over_only only where none is, or one that ran out. True: it was written."""
    now, connection = timezone.now(), connections[_alias()]
    when = connection.ops.adapt_datetimefield_value
    row = [name, json.dumps(value), when(now + dt.timedelta(seconds=seconds))]
    with connection.cursor() as cursor:
        if over_only:
            cursor.execute(_PUT_FIRST, [*row, when(now)])
        else:
            cursor.execute(_PUT, row)
        written = int(cursor.rowcount) == 1
    if name.endswith(_SWEEPS):
        with suppress(DatabaseError):
            Tally.tidy()
    return written


def _rows() -> QuerySet[Tally]:
    return Tally.objects.using(_alias())


def _alias() -> str:
    return "tallies" if "tallies" in settings.DATABASES else "default"


def _named(what: str) -> str:
    data = what.encode("utf-8", "replace")
    return hashlib.blake2b(data, key=_key(settings.SECRET_KEY), digest_size=32).hexdigest()


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"rugkompas tallies")
    return made.derive(secret.encode())
