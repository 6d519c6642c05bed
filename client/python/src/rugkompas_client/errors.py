"""What can go wrong. No text of an error holds an answer that was sent."""

from __future__ import annotations

from rugkompas_client.results import Problem, Wrong
from rugkompas_client.words import Language


class RugkompasError(Exception):
    """Anything that went wrong on the way or at the other end."""


class Unreachable(RugkompasError):
    """There is no connection, or it broke, or the API is away. Asking again may help."""


class TooSlow(Unreachable):
    """There was no whole answer in time."""


class NotUnderstood(RugkompasError):
    """Something answered, but not as this API does: a redirect, another kind of text, more than
    may be read, or a result in another shape. Is the address right, and this package new enough?"""


class Refused(RugkompasError):
    """The API refused, and said why (RFC 9457). language: that of ``problem.detail``."""

    def __init__(self, problem: Problem, language: Language) -> None:
        self.problem = problem
        self.language = language
        places = ", ".join(wrong.where for wrong in self.problems)
        said = problem.detail or problem.title
        super().__init__(f"{problem.status}: {said} ({places})" if places else said)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.problem.status

    @property
    def problems(self) -> tuple[Wrong, ...]:
        """What is wrong with what was sent, each at its place; empty at other refusals."""
        return self.problem.problems or ()


class Invalid(Refused):
    """422: what was sent cannot be used. ``problems`` names each thing."""


class NotThere(Refused):
    """404: there is no such fact, or this Rugkompas is older and has no such address."""


class TooLarge(Refused):
    """413: more was sent than one person needs."""


class TooMany(Refused):
    """429: too many requests from this address. retry_after: seconds to wait, if told."""

    def __init__(
        self, problem: Problem, language: Language, retry_after: int | None = None
    ) -> None:
        super().__init__(problem, language)
        self.retry_after = retry_after

    @property
    def wait(self) -> int | None:
        """How long to wait before asking again: at least a second, so that waiting ends."""
        return None if self.retry_after is None else max(self.retry_after, 1)
