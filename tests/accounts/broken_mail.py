"""A mail server that refuses the connection."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Refused(BaseEmailBackend):
    def send_messages(self, _messages: Any) -> int:
        raise ConnectionRefusedError
