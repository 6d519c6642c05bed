"""Results of many people as NDJSON: one Observation of the triage each.

People with the same outcome share all but who they are, so those bytes are made once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

import msgspec
import polars as pl

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.elements import coding, concept, day_of, full
from rugkompas.fhir.findings import triage_parts
from rugkompas.fhir.outcome import Issue, operation_outcome
from rugkompas.people.tables import Reject

_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
_encode = msgspec.json.encode


class ObservationWriter:
    """Writes the rows of ``assess_coded``. subjects: a list that holds, for each row of the
    batch at hand, the reference to the patient ("" where there is none)."""

    def __init__(
        self,
        stream: BinaryIO,
        subjects: Sequence[str],
        knowledge: Knowledge,
        day: dt.date,
        language: str,
    ) -> None:
        self._stream = stream
        self._subjects = subjects
        self._knowledge = knowledge
        self._day = day
        self._language = language
        self._made: dict[tuple[str, str, bool, tuple[str, ...]], bytes] = {}

    def write(self, found: pl.DataFrame) -> None:
        """The next rows, in the order of ``subjects``."""
        columns = [found[name].to_list() for name in ("urgency", "category", "complete", "rules")]
        lines = []
        for id_, subject, urgency, category, complete, rules in zip(
            found["id"].to_list(), self._subjects, *columns, strict=True
        ):
            key = (urgency, category, complete, tuple(rules))
            begin = self._made.get(key) or self._begin(key)
            record = {"identifier": {"system": names.RECORD, "value": id_}}
            who = {"reference": subject} if subject else record
            lines.append(
                b'%b,"subject":%b,"derivedFrom":[%b]}\n' % (begin, _encode(who), _encode(record))
            )
        self._stream.write(b"".join(lines))

    def _begin(self, key: tuple[str, str, bool, tuple[str, ...]]) -> bytes:
        urgency, category, complete, rules = key
        made = full(
            resourceType="Observation",
            status="final" if complete else "preliminary",
            category=[concept(coding(_CATEGORY, "survey"))],
            effectiveDateTime=day_of(self._day),
            **triage_parts(urgency, category, complete, rules, self._knowledge, self._language),
        )
        begin = self._made[key] = _encode(made)[:-1]
        return begin

    def close(self) -> None:
        """Everything is written."""
        self._stream.flush()


def outcome_line(reject: Reject, knowledge: Knowledge, language: str) -> bytes:
    """A line that could not be used, as an OperationOutcome with the number of the line."""
    issues = [Issue.of(problem, problem.where) for problem in reject.problems]
    made = operation_outcome(issues, knowledge, language)
    for issue in made["issue"]:
        issue["diagnostics"] = f"line {reject.row}"
    return _encode(made) + b"\n"
