"""A mail server that takes nothing."""

from __future__ import annotations

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    def send_messages(self, _: Any) -> int:
        raise ConnectionRefusedError
