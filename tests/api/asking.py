"""Requests to a running API, as any program makes them."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import Any

from server import Served

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Got:
    status: int
    headers: Message
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


def ask(
    site: Served, path: str, sent: Any = None, *, kind: str = JSON, method: str | None = None
) -> Got:
    """GET, or POST of a value (bytes go as they are)."""
    body = sent if sent is None or isinstance(sent, bytes) else json.dumps(sent).encode()
    headers = {} if body is None else {"Content-Type": kind}
    request = urllib.request.Request(
        f"{site.address}/api/v1{path}", data=body, headers=headers, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return Got(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        return Got(error.code, error.headers, error.read())
