"""Reads what the interview can use of one person's record: by FHIR search, and no more than that.

What cannot be read is told, never counted as "no": the questions about it are asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.checking import resource_of
from rugkompas.fhir.elements import Element
from rugkompas.fhir.outcome import Refused
from rugkompas.fhir.populate import PREGNANT_DAYS, populate
from rugkompas.outputs.sentences import own_words
from rugkompas.web.smart.granting import Grant
from rugkompas.web.smart.problems import NoRecord
from rugkompas.web.smart.sealed import Found
from rugkompas.web.smart.servers import Server
from rugkompas.web.smart.wire import Clock, ask

CODES: Mapping[str, tuple[names.Foreign, ...]] = {
    "Condition": (names.CANCER, names.ANEURYSM, names.OSTEOPOROSIS),
    "Observation": (names.PAIN, names.PREGNANCY),
}
"""Type -> the codes that are asked for: what ``populate`` can use."""
MOST_PAGES = 5
"""Of one search; what stands further is told as not read."""
LONGEST_PERSON = 100
_FHIR = "application/fhir+json"


def read_record(
    server: Server, grant: Grant, clock: Clock, knowledge: Knowledge, day: dt.date
) -> Found:
    """What the record surely says on a day. Raises NoRecord when the person cannot be read."""
    reader = _Reader(server, grant, clock)
    patient = reader.patient()
    unread = []
    held: dict[str, list[Element]] = {}
    for kind in CODES:
        held[kind], whole = reader.found(kind, day)
        unread += [] if whole else [kind]
    response = populate(
        patient, held["Condition"], held["Observation"], knowledge=knowledge, on=day
    )
    return Found(
        name=server.name,
        answers=answers_from(response, knowledge).answers,
        kinds=dict(_kinds(response.get("item", []))),
        unread=tuple(unread),
        person=_person(patient),
        born=_born(patient),
    )


class _Reader:
    """Asks for the record of one person with one token."""

    def __init__(self, server: Server, grant: Grant, clock: Clock) -> None:
        self._server, self._grant, self._clock = server, grant, clock

    def patient(self) -> Element:
        """The person of the launch. Raises NoRecord for any other."""
        told = self._ask(f"{self._server.iss}/Patient/{self._grant.patient}")
        try:
            found = resource_of(told, "Patient")
        except Refused:
            raise NoRecord("refused") from None
        if found.get("id") != self._grant.patient:
            raise NoRecord("refused")
        return found

    def found(self, kind: str, day: dt.date) -> tuple[list[Element], bool]:
        """(the resources of a type about this person, whether that is all of them)."""
        found: list[Element] = []
        whole = True
        address = f"{self._server.iss}/{kind}?{urlencode(self._asked(kind, day))}"
        for _ in range(MOST_PAGES):
            try:
                bundle = self._ask(address)
                good, page_whole = self._sorted(bundle, kind)
            except NoRecord:
                return found, False
            found, whole = found + good, whole and page_whole
            onward = _next(bundle)
            if not onward:
                return found, whole
            if not self._is_below(onward):
                return found, False
            address = onward
        return found, False

    def _ask(self, address: str) -> Any:
        bearer = {"Authorization": f"Bearer {self._grant.access}", "Accept": _FHIR}
        return ask(address, self._clock, headers=bearer)

    def _asked(self, kind: str, day: dt.date) -> dict[str, str]:
        asked = {
            "patient": self._grant.patient,
            "code": ",".join(f"{code.system}|{code.code}" for code in CODES[kind]),
            "_count": "100",
        }
        if kind == "Observation":
            asked["date"] = f"ge{day - dt.timedelta(days=PREGNANT_DAYS)}"
        return asked

    def _is_below(self, address: str) -> bool:
        """A next page is of the same FHIR server: the token goes nowhere else."""
        below = address.startswith((f"{self._server.iss}/", f"{self._server.iss}?"))
        return below and self._server.owns(address, trial=settings.TRIAL)

    def _sorted(self, bundle: Any, kind: str) -> tuple[list[Element], bool]:
        """(those that FHIR lets us read and that are about this person, whether all were)."""
        if not isinstance(bundle, Mapping) or bundle.get("resourceType") != "Bundle":
            raise NoRecord("refused")
        good: list[Element] = []
        whole = True
        for resource in _resources(bundle.get("entry")):
            if isinstance(resource, Mapping) and resource.get("resourceType") != kind:
                # What a server says beside it, such as an OperationOutcome.
                continue
            try:
                one = resource_of(resource, kind)
            except Refused:
                whole = False
                continue
            if self._is_theirs(one.get("subject")):
                good.append(one)
            else:
                whole = False
        return good, whole

    def _is_theirs(self, subject: Any) -> bool:
        said = subject.get("reference") if isinstance(subject, Mapping) else None
        here = f"Patient/{self._grant.patient}"
        if not isinstance(said, str):
            return False
        return said.partition("/_history/")[0] in (here, f"{self._server.iss}/{here}")


def _resources(entries: Any) -> Iterator[Any]:
    for entry in entries if isinstance(entries, list) else ():
        yield entry.get("resource") if isinstance(entry, Mapping) else None


def _next(bundle: Mapping[str, Any]) -> str:
    links = bundle.get("link")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, Mapping) and link.get("relation") == "next":
            address = link.get("url")
            return address if isinstance(address, str) else ""
    return ""


def _kinds(items: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(step, type of the resource that says so), as ``populate`` marked it."""
    for item in items:
        for answer in item.get("answer", ()):
            for mark in answer.get("extension", ()):
                if mark["url"] == names.POPULATED_FROM:
                    source = mark["valueReference"]
                    told = source.get("reference") or source.get("type", "")
                    yield item["linkId"], told.partition("/")[0]
        yield from _kinds(item.get("item", []))


def _person(patient: Mapping[str, Any]) -> str:
    """The name as the record writes it, on one line; "" when it has none that we can read."""
    listed = patient.get("name")
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, Mapping) or one.get("use") in ("old", "nickname"):
            continue
        given = one.get("given")
        parts = [*(given if isinstance(given, list) else ()), one.get("family")]
        said = one.get("text") or " ".join(part for part in parts if isinstance(part, str))
        if isinstance(said, str) and own_words(said):
            return own_words(said)[:LONGEST_PERSON]
    return ""


def _born(patient: Mapping[str, Any]) -> str:
    try:
        return dt.date.fromisoformat(str(patient.get("birthDate", ""))).isoformat()
    except ValueError:
        return ""
