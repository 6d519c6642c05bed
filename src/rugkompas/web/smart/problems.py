"""What can stand between a person and their record; each kind has a page."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "none", "launch", "unreachable", "denied", "stale", "down", "refused", "patient", "conflict"
]
STATUS: dict[Kind, int] = {
    "none": 404,
    "launch": 422,
    "unreachable": 424,
    "denied": 200,
    "stale": 422,
    "down": 503,
    "refused": 424,
    "patient": 424,
    "conflict": 422,
}
"""Kind -> status of its page. 424: what we depend on did not work, which is no fault of ours."""


class NoRecord(Exception):
    """The record cannot be read; ``kind`` says why. Holds nothing of the record or of a person."""

    def __init__(self, kind: Kind) -> None:
        self.kind: Kind = kind
        super().__init__(kind)
