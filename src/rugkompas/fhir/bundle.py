"""One assessment as a bundle: the answers, what they mean, the plan, the handover, and by what
knowledge it was made."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from dataclasses import replace
from typing import Literal

from rugkompas.assess import Assessment
from rugkompas.assess.plan import Plan
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import care, findings, names
from rugkompas.fhir.elements import Element, bundle_of, concept, full, instant_of, reference
from rugkompas.fhir.findings import Person
from rugkompas.fhir.response import response_from
from rugkompas.outputs import text
from rugkompas.outputs.parts import Report
from rugkompas.outputs.summary import summary
from rugkompas.people.person import grouped

BundleType = Literal["transaction", "collection"]
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, names.BASE)
_STRUCK_OUT = ("wishes_rejects", "wishes_cannot")
"""Lines of the sheet that name what the person struck out."""
_WIDTH = 80
_AUTHOR = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_GENDER = {"female": "female", "male": "male", "other": "other"}


def bundle(
    assessment: Assessment,
    plan: Plan | None = None,
    *,
    at: dt.datetime,
    language: str = "nl",
    subject: str = "",
    type_: BundleType = "transaction",
) -> Element:
    """Everything about one assessment.

    at: the moment of making, with its offset. subject: a reference to the patient as the
    receiver knows them (``Patient/123``); without it a patient without a name is in the bundle.
    The same assessment at the same moment gives the same bundle.
    """
    made = _Entries(assessment)
    if subject:
        who_is = reference(subject)
    else:
        sex = assessment.person.given.get("sex")
        patient = full(resourceType="Patient", gender=_GENDER.get(str(sex)))
        who_is = reference(made.add(patient))
    answered = response_from(
        care.shared(_answers(assessment)),
        assessment.knowledge,
        subject=who_is,
        authored=instant_of(at),
    )
    who = Person(assessment, language, who_is, reference(made.add(answered)))
    outcome = reference(made.add(findings.triage(who)))
    for found in (*findings.scores(who), *findings.conditions(who)):
        made.add(found)
    made.add(findings.risk(who, [who.response, outcome]))
    flag = findings.flag(who)
    if flag is not None:
        made.add(flag)
    goals = [made.add(goal) for goal in care.goals(who, plan)]
    if plan is not None:
        made.add(care.care_plan(who, plan, goals))
    made.add(handover(who, at))
    made.add(provenance(who, made.urls, at))
    return bundle_of(type_, made.entries, timestamp=instant_of(at))


class _Entries:
    """Resources with their addresses, which follow from what they are about."""

    def __init__(self, assessment: Assessment) -> None:
        content = [_answers(assessment), assessment.day.isoformat(), assessment.knowledge.digest]
        self._seed = json.dumps(content, sort_keys=True)
        self.entries: list[tuple[str, Element]] = []

    def add(self, resource: Element) -> str:
        """Take a resource in. Returns its address."""
        made = uuid.uuid5(_NAMESPACE, f"{self._seed}{len(self.entries)}")
        self.entries.append((f"urn:uuid:{made}", resource))
        return self.entries[-1][0]

    @property
    def urls(self) -> list[str]:
        return [url for url, _ in self.entries]


def _answers(assessment: Assessment) -> Element:
    one = assessment.person
    named = {} if one.id is None else {"id": one.id}
    return named | grouped(one.given, assessment.knowledge)


def handover_text(assessment: Assessment, language: str) -> str:
    """The sheet for a GP or physiotherapist as text, without what the person struck out."""
    sheet = summary(assessment, language)
    words = assessment.knowledge.words[language].summary
    struck = {words[key] for key in _STRUCK_OUT}
    return text.render(_without(sheet, struck), _WIDTH)


def _without(sheet: Report, terms: set[str]) -> Report:
    sections = tuple(
        replace(part, facts=tuple(fact for fact in part.facts if fact[0] not in terms))
        for part in sheet.sections
    )
    return replace(sheet, sections=sections)


def handover(who: Person, at: dt.datetime) -> Element:
    """The sheet as a document. It has no code of LOINC: none was found that is surely right."""
    content = handover_text(who.assessment, who.language).encode()
    return full(
        resourceType="DocumentReference",
        status="current",
        docStatus="final" if who.assessment.triage.complete else "preliminary",
        type=findings.result("handover", who.knowledge, who.say("handover")),
        subject=who.subject,
        date=instant_of(at),
        description=who.say("handover_text"),
        content=[
            {
                "attachment": full(
                    contentType="text/plain; charset=utf-8",
                    language=who.language,
                    data=base64.b64encode(content).decode(),
                    title=who.say("handover_title"),
                    creation=instant_of(at),
                )
            }
        ],
        context={"related": [who.response]},
    )


def provenance(who: Person, targets: list[str], at: dt.datetime) -> Element:
    """By which version of the knowledge all this was made, and from which answers."""
    return full(
        resourceType="Provenance",
        target=[reference(url) for url in targets],
        recorded=instant_of(at),
        agent=[
            {
                "type": concept({"system": _AUTHOR, "code": "assembler"}),
                "who": {
                    "identifier": version_of(who.knowledge),
                    "display": findings.made_by(who.knowledge, who.language),
                },
            }
        ],
        entity=[{"role": "source", "what": who.response}],
    )


def version_of(knowledge: Knowledge) -> Element:
    """The knowledge, by its version and the digest of its bytes."""
    return {"system": f"{names.BASE}/NamingSystem/knowledge", "value": knowledge.version}
