"""Sessions in the database, each with its owner."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from rugkompas.web.accounts.models import Session

_ON_THE_WAY = "account_login"
"""Where allauth keeps who is signing in, before the code or the second step."""


class SessionStore(DatabaseStore):
    """Django's own store, with our table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made = super().create_model_instance(data)
        assert isinstance(made, Session)
        told = data.get(SESSION_KEY) or _signing_in(data)
        made.owner_id = uuid.UUID(told) if told else None
        return made


def _signing_in(data: dict[str, Any]) -> str | None:
    found = (data.get(_ON_THE_WAY) or {}).get("user_pk")
    return str(found) if found else None
