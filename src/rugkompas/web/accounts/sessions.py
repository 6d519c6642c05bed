"""Sessions in the database, each with its owner."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError

from rugkompas.web.accounts.models import Session

_ON_THE_WAY = "account_login"
"""Where allauth keeps who is signing in, before the code or the second step."""


class SessionStore(DatabaseStore):
    """Django's own store, with our table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def save(self, must_create: bool = False) -> None:
        """As Django's. When the disk is full it does not last longer from now on, and that is
        all: what a person has can still be read (hazard H-35). Raises DatabaseError and
        UpdateError when something in it changed, or when it is gone."""
        try:
            super().save(must_create=must_create)
        except (DatabaseError, UpdateError):
            key = self.session_key
            if must_create or self.modified or key is None or not self.exists(key):
                raise

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made = super().create_model_instance(data)
        assert isinstance(made, Session)
        told = data.get(SESSION_KEY) or _signing_in(data)
        made.owner_id = uuid.UUID(told) if told else None
        return made


def _signing_in(data: dict[str, Any]) -> str | None:
    found = (data.get(_ON_THE_WAY) or {}).get("user_pk")
    return str(found) if found else None
