"""What an assessment found, as observations, suspected conditions, a risk assessment and a flag.

Nothing here is a diagnosis. A condition is at most provisional or one of several that fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rugkompas
from rugkompas.assess import Assessment
from rugkompas.assess.triage import FiredRow
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.elements import Element, claiming, coding, concept, day_of, full
from rugkompas.outputs.sentences import contact_words, own_words
from rugkompas.outputs.summary import IMPAIRMENT_SCORES, LIMIT_SCORES, RISK_SCORES, SUSPECTED

URGENT = ("emergency", "same_day", "within_days")
"""Tiers that a record should show at once."""
SCORE_UNIT = {"unit": "{score}", "system": names.UCUM, "code": "{score}"}
_STATUS = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


@dataclass(frozen=True, slots=True)
class Person:
    """Whose findings these are, when, and in which language. subject, response: references."""

    assessment: Assessment
    language: str
    subject: Element
    response: Element

    @property
    def knowledge(self) -> Knowledge:
        return self.assessment.knowledge

    def say(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/fhir."""
        return self.knowledge.words[self.language].fhir[key].format(**values)


def result(id_: str, knowledge: Knowledge, text: str = "") -> Element:
    """A concept of our system of results."""
    return concept(coding(names.RESULTS, id_, version=knowledge.version), text=text)


def observation(who: Person, code: Element, **value: object) -> Element:
    """An observation of the day of the assessment, as the person told it."""
    return full(
        resourceType="Observation",
        status="final",
        category=[concept(coding(_CATEGORY, "survey"))],
        code=code,
        subject=who.subject,
        effectiveDateTime=day_of(who.assessment.day),
        derivedFrom=[who.response],
        **value,
    )


def triage(who: Person) -> Element:
    """How soon, as one observation; its parts tell whether alarm questions are open (an
    incomplete triage is preliminary, and never read as "no risk")."""
    found = who.assessment.triage
    made = observation(who, **triage_parts(
        found.urgency, found.category, found.complete, [row.id for row in found.rules],
        who.knowledge, who.language,
    ))  # fmt: skip
    return made if found.complete else made | {"status": "preliminary"}


def triage_parts(
    urgency: str,
    category: str,
    complete: bool,
    rules: Sequence[str],
    knowledge: Knowledge,
    language: str,
) -> dict[str, Any]:
    """Code, value and components of the observation of a triage, from the outcome alone."""
    words = knowledge.words[language]

    def part(id_: str, **value: object) -> Element:
        return {"code": result(id_, knowledge, words.fhir[id_]), **value}

    kind = result(f"category.{category}", knowledge, words.fhir[f"category_{category}"])
    return {
        "code": result("urgency", knowledge, words.fhir["urgency"]),
        "valueCodeableConcept": result(f"urgency.{urgency}", knowledge, words.tiers[urgency].name),
        "component": [
            part("category", valueCodeableConcept=kind),
            part("complete", valueBoolean=complete),
            *(
                part("rule", valueCodeableConcept=result(f"rule.{id_}", knowledge, id_))
                for id_ in rules
            ),
        ],
    }


def pain_code() -> Element:
    """The code of a pain score, as LOINC and as the Dutch building block have it."""
    return concept(
        coding(names.LOINC, names.PAIN.code, names.PAIN.display),
        coding(names.SNOMED, names.PAIN_SCORE.code, names.PAIN_SCORE.display),
    )


def scores(who: Person) -> Iterator[Element]:
    """Pain, own activities (PSK) and the scores that were given."""
    given = who.assessment.person.given
    if "pain_nrs" in given:
        yield _pain(who, given["pain_nrs"])
    for activity in given.get("activities", ()):
        made = _activity(who, activity)
        if made is not None:
            yield made
    for id_ in (*IMPAIRMENT_SCORES, *LIMIT_SCORES, *RISK_SCORES):
        if id_ in given and id_ != "pain_nrs":
            text = who.knowledge.words[who.language].summary[f"score_{id_}"]
            code = concept(coding(names.QUESTIONS, id_), text=text)
            yield observation(who, code, valueQuantity={"value": given[id_], **SCORE_UNIT})


def _pain(who: Person, score: int) -> Element:
    """The number for the pain of today, as the Dutch building block has it."""
    scale = names.NUMERIC_RATING
    return observation(
        who,
        pain_code(),
        valueInteger=score,
        method=concept(coding(scale.system, scale.code)),
        meta=claiming("Observation"),
    )


def _activity(who: Person, activity: Mapping[str, Any]) -> Element | None:
    """One own activity: how hard it is now (0 no trouble, 10 impossible), and at the start."""
    name = own_words(activity.get("name") or "")
    now, start = activity.get("now_0_10"), activity.get("start_0_10")
    if not name or (now is None and start is None):
        return None
    component = {
        "code": result("activity_start", who.knowledge, who.say("activity_start")),
        "valueQuantity": {"value": start, **SCORE_UNIT},
    }
    return observation(
        who,
        result("activity", who.knowledge, f"{who.say('activity')}: {name}"),
        valueQuantity=None if now is None else {"value": now, **SCORE_UNIT},
        component=None if start is None else [component],
    )


def conditions(who: Person) -> Iterator[Element]:
    """What the answers can fit: never confirmed. A code only where its source is known.

    One working condition when nothing alarming is open; beside it each cause that a row names,
    as one of several.
    """
    found = who.assessment.triage
    working = SUSPECTED.get(found.category) if found.complete else None
    if working:
        yield _condition(who, working, "provisional", [])
    named: dict[str, list[FiredRow]] = {}
    for row in found.rules:
        for suspect in row.suspects:
            named.setdefault(suspect, []).append(row)
    for suspect, rows in named.items():
        if suspect != working:
            yield _condition(who, suspect, "differential", rows)


def _condition(who: Person, id_: str, status: str, rows: Sequence[FiredRow]) -> Element:
    condition = who.knowledge.conditions[id_]
    codes = [
        coding(names.SYSTEMS[system], condition.codes[system]) for system in condition.codes_from
    ]
    words = who.knowledge.words[who.language]
    reasons = [words.red_flags[row.id].reason for row in rows]
    return full(
        resourceType="Condition",
        verificationStatus=concept(coding(_STATUS, status)),
        code=concept(*codes, text=words.conditions[id_].name),
        subject=who.subject,
        recordedDate=day_of(who.assessment.day),
        evidence=[{"detail": [who.response]}],
        note=[{"text": text} for text in (who.say("suspected"), *reasons)],
    )


def risk(who: Person, basis: list[Element]) -> Element:
    """Every row that applies: what it can point to, why, and on which sources it rests. No
    probability: none is known for one person."""
    found = who.assessment.triage
    knowledge, words = who.knowledge, who.knowledge.words[who.language]
    do, more = contact_words(knowledge, who.language, found.contacts[0])
    predictions = [
        full(
            outcome=concept(
                coding(names.RESULTS, f"rule.{row.id}", version=knowledge.version),
                text="; ".join(words.conditions[id_].name for id_ in row.suspects)
                or words.tiers[row.urgency].name,
            ),
            rationale=words.red_flags[row.id].reason,
        )
        for row in found.rules
    ]
    sources = [knowledge.sources[id_].title for row in found.rules for id_ in row.sources]
    return full(
        resourceType="RiskAssessment",
        status="final" if found.complete else "preliminary",
        method=result("method", knowledge, made_by(knowledge, who.language)),
        code=result("urgency", knowledge, who.say("urgency")),
        subject=who.subject,
        occurrenceDateTime=day_of(who.assessment.day),
        basis=basis,
        prediction=predictions,
        mitigation=f"{do} {more}".strip(),
        note=[{"text": title} for title in dict.fromkeys(sources)],
    )


def flag(who: Person) -> Element | None:
    """A flag for a result that cannot wait; None for the others."""
    found = who.assessment.triage
    if found.urgency not in URGENT:
        return None
    tier = who.knowledge.words[who.language].tiers[found.urgency]
    return full(
        resourceType="Flag",
        status="active",
        code=result(f"urgency.{found.urgency}", who.knowledge, tier.name),
        subject=who.subject,
        period={"start": day_of(who.assessment.day)},
    )


def made_by(knowledge: Knowledge, language: str) -> str:
    """The program and its knowledge, by version; and that nobody signed it, if so."""
    words = knowledge.words[language].fhir
    version = words["made_by"].format(version=rugkompas.__version__, knowledge=knowledge.version)
    return version if knowledge.release.signed_by else f"{version}. {words['demonstration']}"
