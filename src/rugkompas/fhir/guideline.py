"""The rules as a PlanDefinition, what they lead to as ActivityDefinitions, and ``$apply``.

Each rule is an action with its condition as FHIRPath over a response to our questionnaire, in
the words that a clinician signs, and with its sources. The conditions are made from the code of
the rules itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rugkompas.assess import Assessment
from rugkompas.assess.plan import Plan
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS, Citation, RedFlag
from rugkompas.fhir import care, names
from rugkompas.fhir.conditions import condition_of, fhirpath
from rugkompas.fhir.elements import (
    Element,
    bundle_of,
    claiming,
    coding,
    concept,
    full,
    instant_of,
    reference,
)
from rugkompas.fhir.findings import Person, made_by
from rugkompas.fhir.response import response_from
from rugkompas.outputs.sentences import contact_words
from rugkompas.people.person import grouped
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS

PRIORITY = {
    "emergency": "stat",
    "same_day": "asap",
    "within_days": "urgent",
    "planned": "routine",
    "self_care": "routine",
}
"""Our tiers as FHIR orders requests; the tier itself stands in the code of the action."""


def plan_definition(
    knowledge: Knowledge, language: str = "nl", *, on: dt.date | None = None
) -> Element:
    """All rules of the triage table, most urgent first. on: the day whose thresholds hold."""
    p = knowledge.parameters_on(on or dt.date.today())
    flags = sorted(knowledge.red_flags.values(), key=lambda flag: -TIERS.index(flag.tier))
    conditions = {
        id_: fhirpath(condition_of(ROWS[id_], knowledge, p))
        for id_ in knowledge.red_flags
        if id_ != NO_OTHER_ROW
    }
    others = " or ".join(conditions.values())
    conditions[NO_OTHER_ROW] = f"({others}).not()"
    words = knowledge.words[language].fhir
    return full(
        resourceType="PlanDefinition",
        id="low-back-pain",
        meta=claiming("PlanDefinition"),
        language=language,
        url=names.GUIDELINE,
        version=knowledge.version,
        name="RugkompasLowBackPain",
        title=words["guideline_title"],
        type=concept(
            coding("http://terminology.hl7.org/CodeSystem/plan-definition-type", "eca-rule")
        ),
        status="active" if knowledge.release.signed_by else "draft",
        experimental=not knowledge.release.signed_by,
        date=knowledge.release.date.isoformat(),
        publisher=made_by(knowledge, language),
        description=words["guideline_text"],
        lastReviewDate=knowledge.release.date.isoformat(),
        action=[_action(flag, conditions[flag.id], knowledge, language) for flag in flags],
    )


def _action(flag: RedFlag, condition: str, knowledge: Knowledge, language: str) -> Element:
    words = knowledge.words[language]
    tier = coding(names.RESULTS, f"urgency.{flag.tier}", words.tiers[flag.tier].name)
    expression = full(description=flag.condition, language="text/fhirpath", expression=condition)
    return full(
        id=flag.id,
        prefix=flag.id,
        title=words.tiers[flag.tier].name,
        description=words.red_flags[flag.id].reason,
        priority=PRIORITY[flag.tier],
        code=[concept(coding(names.RESULTS, f"rule.{flag.id}")), concept(tier)],
        documentation=cited(flag.citations, knowledge),
        condition=[{"kind": "applicability", "expression": expression}],
        definitionCanonical=names.versioned(activity_url(f"contact-{flag.contact}"), knowledge),
    )


def cited(citations: Iterable[Citation], knowledge: Knowledge) -> list[Element]:
    """Sources as related artifacts; the label tells how the statement was obtained."""
    found = {}
    for citation in citations:
        source = knowledge.sources[citation.source]
        parts = (source.authors, source.title, source.published_in, source.year, citation.place)
        found[citation.source, citation.place] = full(
            type="documentation",
            label=citation.mark,
            display=source.title,
            citation=". ".join(str(part) for part in parts if part),
            url=source.url,
        )
    return list(found.values())


def activity_url(id_: str) -> str:
    """The address of an ActivityDefinition of ours: an option, or ``contact-<id>``."""
    return f"{names.BASE}/ActivityDefinition/{id_.replace('_', '-')}"


def activity_definitions(knowledge: Knowledge, language: str = "nl") -> list[Element]:
    """Whom to contact, and every option of the catalogue, also those advised against: whether
    one is offered to somebody follows from the assessment, never from being here."""
    words = knowledge.words[language]
    found = []
    for id_ in knowledge.contacts:
        do, more = contact_words(knowledge, language, id_)
        code = concept(coding(names.RESULTS, f"contact.{id_}"))
        found.append(_activity(f"contact-{id_}", do, f"{do} {more}", code, [], knowledge, language))
    for id_, option in knowledge.options.items():
        said = words.options[id_]
        sources = [*option.citations, *(effect.citation for effect in option.effects)]
        code = concept(coding(names.OPTIONS, id_))
        found.append(_activity(id_, said.label, said.what, code, sources, knowledge, language))
    return found


def _activity(
    id_: str,
    title: str,
    text: str,
    code: Element,
    sources: list[Citation],
    knowledge: Knowledge,
    language: str,
) -> Element:
    name = "".join(part.capitalize() for part in id_.replace("-", "_").split("_"))
    return full(
        resourceType="ActivityDefinition",
        id=id_.replace("_", "-"),
        meta=claiming("ActivityDefinition"),
        language=language,
        url=activity_url(id_),
        version=knowledge.version,
        name=f"Rugkompas{name}",
        title=title,
        status="active" if knowledge.release.signed_by else "draft",
        experimental=not knowledge.release.signed_by,
        date=knowledge.release.date.isoformat(),
        publisher=made_by(knowledge, language),
        description=text.strip(),
        relatedArtifact=cited(sources, knowledge),
        kind="Task",
        code=code,
    )


def guideline(knowledge: Knowledge, language: str = "nl", *, on: dt.date | None = None) -> Element:
    """The rules and all that they lead to, as a collection."""
    made = plan_definition(knowledge, language, on=on)
    others = activity_definitions(knowledge, language)
    return bundle_of("collection", [(one["url"], one) for one in (made, *others)])


def apply(
    assessment: Assessment,
    plan: Plan,
    *,
    at: dt.datetime,
    language: str = "nl",
    subject: str,
) -> Element:
    """``$apply`` of the rules to one person: a CarePlan with whom to contact and, unless the
    result is urgent, the steps. The answers travel inside it. subject: as ``Patient/123``."""
    answers = grouped(assessment.person.given, assessment.knowledge)
    answered = response_from(
        care.shared(answers), assessment.knowledge, subject=reference(subject),
        authored=instant_of(at),
    )  # fmt: skip
    who = Person(assessment, language, reference(subject), reference("#answers"))
    found = care.care_plan(who, plan, [])
    return {
        "resourceType": "CarePlan",
        "contained": [{**answered, "id": "answers"}],
        **{name: part for name, part in found.items() if name != "resourceType"},
    }
