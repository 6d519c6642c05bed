"""Every official example of R4 at every door of the library: an answer, or a reason."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

from official import clinical, official, one_of_each
from r4_types import TYPES
from strategies import KNOWLEDGE
from valid import problems

from rugkompas.fhir import bulk
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.bulk_out import outcome_line
from rugkompas.fhir.checking import resource_in
from rugkompas.fhir.operations import OPERATIONS
from rugkompas.fhir.outcome import Issue, Refused, operation_outcome

AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
PATIENT = {"resourceType": "Patient", "id": "1", "birthDate": "1980-01-01", "gender": "female"}
WITHOUT_EXAMPLE = {
    *("Parameters", "SubstanceNucleicAcid", "SubstancePolymer", "SubstanceProtein"),
    *("SubstanceReferenceInformation", "SubstanceSourceMaterial"),
}


class Reasons:
    """What was refused, each kind of reason once: valid, and said in both languages."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def take(self, issues: list[Issue]) -> None:
        assert issues
        for issue in issues:
            if issue.kind not in self.seen:
                self.seen.add(issue.kind)
                texts = {_said(issue, language) for language in ("nl", "en")}
                assert len(texts) == 2


def _said(issue: Issue, language: str) -> str:
    made = operation_outcome([issue], KNOWLEDGE, language)
    assert problems(made) == []
    return str(made["issue"][0]["details"]["text"])


def test_the_package_has_the_types_of_r4() -> None:
    assert set(one_of_each()) == TYPES - WITHOUT_EXAMPLE


def test_every_official_example_gets_an_answer_of_every_operation() -> None:
    reasons, count, answered = Reasons(), 0, set()
    for name, content in official():
        count += 1
        try:
            sent = resource_in(io.BytesIO(content), "body")
        except Refused as error:
            reasons.take(error.issues)
            continue
        for (type_, operation), carried_out in OPERATIONS.items():
            try:
                made = carried_out(sent, KNOWLEDGE, AT, "nl")
            except Refused as error:
                reasons.take(error.issues)
            else:
                answered.add((operation, name.partition("-")[0]))
                assert made["resourceType"], type_

    assert count > 5300
    assert answered == {("populate", "Patient"), ("populate", "Bundle")}
    assert {"fhir_not_resource", "fhir_unknown_item", "file_too_large"} <= reasons.seen


def test_every_example_may_stand_in_a_record_that_fills_in_answers() -> None:
    reasons = Reasons()
    for one in clinical().values():
        theirs = {"subject": {"reference": f"Patient/{PATIENT['id']}"}} if "subject" in one else {}
        entries = [{"resource": PATIENT}, {"resource": one | theirs}]
        record = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        try:
            made = OPERATIONS["Questionnaire", "populate"](record, KNOWLEDGE, AT, "nl")
        except Refused as error:
            reasons.take(error.issues)
            continue
        answers = answers_from(made["parameter"][0]["resource"], KNOWLEDGE).answers
        assert answers["age_years"] == 46

    # Bundles among them hold what is about their own patients.
    known = {"fhir_one_patient", "fhir_other_patient", "fhir_modifier", "fhir_rules", "too_deep"}
    assert reasons.seen <= known


def test_every_example_as_a_line_of_bulk_data_is_set_apart_with_its_reason() -> None:
    lines = [json.dumps(one).encode() for one in clinical().values()]
    reasons = Reasons()

    found = list(bulk.read(io.BytesIO(b"\n".join(lines)), KNOWLEDGE, "a.ndjson"))

    rejects = [reject for batch in found for reject in batch.rejects]
    assert [reject.row for reject in rejects] == list(range(1, len(lines) + 1))
    for reject in rejects:
        reasons.take([Issue.of(problem, problem.where) for problem in reject.problems])
        told: Any = json.loads(outcome_line(reject, KNOWLEDGE, "en"))
        assert told["issue"][0]["details"]["text"]
