"""Every address of the API as a method."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Iterable
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeVar, cast
from urllib.parse import quote, urlencode

import msgspec

from rugkompas_client.answers import Answers, Diary
from rugkompas_client.errors import (
    Invalid,
    NotThere,
    NotUnderstood,
    Refused,
    TooLarge,
    TooMany,
    Unreachable,
)
from rugkompas_client.results import (
    Assessment,
    Check,
    DiaryCourse,
    Fact,
    FactIds,
    FittingOptions,
    NextPage,
    PlannedAssessment,
    Problem,
    Prognosis,
    Question,
    Report,
)
from rugkompas_client.transport import Got, Transport
from rugkompas_client.words import Language

VERSION = "0.1.0"
API = "/api/v1"
T = TypeVar("T")
_KINDS: dict[int, type[Refused]] = {404: NotThere, 413: TooLarge, 422: Invalid}
_BY_A_PROXY = (413, 429)
"""What something before the API may refuse too, in a form of its own."""


class Rugkompas:
    """The API of one Rugkompas. Threads may share it; it keeps and logs nothing of what is sent.

    Every method raises RugkompasError: Refused (Invalid, NotThere, TooLarge, TooMany) when the
    API says why, Unreachable (TooSlow) when there is no answer, NotUnderstood when something
    else answers. ``language`` of a method goes before that of the client.
    """

    def __init__(
        self,
        address: str,
        *,
        language: Language = "nl",
        timeout: float = 20.0,
        patience: float = 0.0,
        most_bytes: int = 4_000_000,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """address: of the site (https://rug.example) or of its API (.../api/v1/); plain http only
        on this machine. timeout: seconds to connect, to send, and for the answer as a whole.
        patience: seconds that one call may wait in all when there were too many requests; 0
        raises TooMany at once. most_bytes: of an answer. tls: for a certificate of your own.
        Raises ValueError for an address that cannot be one.
        """
        self._address = address.rstrip("/").removesuffix(API)
        self._language, self._patience = language, patience
        self._transport = Transport(self._address, timeout=timeout, most_bytes=most_bytes, tls=tls)

    def __repr__(self) -> str:
        return f"Rugkompas({self._address!r}, language={self._language!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._transport.close()

    def assess(self, answers: Answers, *, language: Language | None = None) -> Assessment:
        """How fast to see whom, course, what plays a role, what fits, when to look again."""
        return self._post("/assess", answers, Assessment, language)

    def report(self, answers: Answers, *, language: Language | None = None) -> Report:
        """The assessment, and the short result in words for who gave the answers."""
        return self._post("/report", answers, Report, language)

    def options(self, answers: Answers, *, language: Language | None = None) -> FittingOptions:
        """Every option, offered or with its reason; nothing while calling comes first."""
        return self._post("/options", answers, FittingOptions, language)

    def plan(self, answers: Answers, *, language: Language | None = None) -> PlannedAssessment:
        """The plan of ``answers["picks"]``, or a proposal. A pick that does not fit is Invalid."""
        return self._post("/plan", answers, PlannedAssessment, language)

    def prognosis(self, answers: Answers, *, language: Language | None = None) -> Prognosis:
        """The chance of being clearly limited after 3 and 12 months; ``call_first`` goes before."""
        return self._post("/prognosis", answers, Prognosis, language)

    def next(
        self,
        answers: Answers,
        *,
        passed: Iterable[str] = (),
        life: bool = False,
        language: Language | None = None,
    ) -> NextPage:
        """What to ask next; ``page`` is None when nothing is left, or when calling comes first.

        passed: ids of questions that were asked and not answered. life: also what plays a role
        and what life allows.
        """
        sent = {"answers": answers, "passed": list(passed), "life": life}
        return self._post("/next", sent, NextPage, language)

    def course(self, diary: Diary, *, language: Language | None = None) -> DiaryCourse:
        """Is it going better? diary: as ``rugkompas diary export`` writes it in JSON."""
        return self._post("/course", diary, DiaryCourse, language)

    def check(self, text: str) -> Check:
        """What a title or text promises, and what is known about it."""
        return self._post("/check", {"text": text}, Check, None)

    def questions(self, *, language: Language | None = None) -> tuple[Question, ...]:
        """Everything that can be asked: the id of its answer, what it takes, and its words."""
        return self._get("/questions", tuple[Question, ...], language)

    def facts(self) -> FactIds:
        """The version of the knowledge, and the ids of all facts by kind."""
        return self._get("/knowledge", FactIds, None)

    def fact(self, kind: str, id_: str, *, language: Language | None = None) -> Fact:
        """One fact whole, with its words and the sources that it names."""
        path = f"/knowledge/{quote(kind, safe='')}/{quote(id_, safe='')}"
        return self._get(path, Fact, language)

    def _post(self, path: str, sent: object, type_: type[T], language: Language | None) -> T:
        # Not a number is no answer; the standard forbids it, and it must not pass for "not asked".
        body = json.dumps(sent, allow_nan=False, separators=(",", ":")).encode()
        return self._ask("POST", path, body, type_, language or self._language)

    def _get(self, path: str, type_: type[T], language: Language | None) -> T:
        return self._ask("GET", path, None, type_, language or self._language)

    def _ask(
        self, method: str, path: str, body: bytes | None, type_: type[T], language: Language
    ) -> T:
        headers = {
            "Accept": "application/json, application/problem+json",
            "User-Agent": f"rugkompas-client/{VERSION}",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        target = f"{API}{path}?{urlencode({'language': language})}"
        left = self._patience
        while True:
            got = self._transport(method, target, body, headers)
            if got.status == HTTPStatus.OK:
                return _read(got, type_)
            error = _refusal(got, language)
            wait = error.wait if isinstance(error, TooMany) else None
            if wait is None or wait > left:
                raise error
            time.sleep(wait)
            left -= wait


def with_answer(answers: Answers, question: str, value: object) -> Answers:
    """The answers with one more. question: the id of a PageQuestion; ``factors.low_mood`` is the
    part ``low_mood`` of ``factors``."""
    name, dot, part = question.partition(".")
    told: dict[str, Any] = {**answers}
    told[name] = {**(told.get(name) or {}), part: value} if dot else value
    return cast("Answers", told)


def _read(got: Got, type_: type[T]) -> T:
    if got.media != "application/json":
        raise NotUnderstood(f"The answer is {got.media}, not JSON.")
    try:
        return msgspec.json.decode(got.body, type=type_)
    except msgspec.ValidationError as error:
        # The place tells what to look for; the rest could repeat what was found there.
        place = re.search(r"`(\$[^`]*)`", str(error))
        where = place[1] if place else "$"
        raise NotUnderstood(f"The answer has another shape than expected, at {where}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotUnderstood("The answer is not JSON.") from None


def _refusal(got: Got, language: Language) -> Exception:
    problem = _problem(got)
    if problem is None:
        if got.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unreachable(f"The API is away: status {got.status}.")
        if HTTPStatus.MULTIPLE_CHOICES <= got.status < HTTPStatus.BAD_REQUEST:
            return NotUnderstood("The address leads elsewhere, and answers do not go along.")
        return NotUnderstood(f"Something else answers here: status {got.status}.")
    if got.status == HTTPStatus.TOO_MANY_REQUESTS:
        return TooMany(problem, language, got.retry_after)
    return _KINDS.get(got.status, Refused)(problem, language)


def _problem(got: Got) -> Problem | None:
    if got.media == "application/problem+json":
        return _read(Got(got.status, "application/json", got.body, None), Problem)
    if got.status in _BY_A_PROXY:
        return Problem(
            type="about:blank", title=HTTPStatus(got.status).phrase, status=got.status, detail=""
        )
    return None
