"""The assessment as plain data, in the shape of CONTRACT.md ("Result of assess")."""

from __future__ import annotations

from typing import Any

import msgspec

import rugkompas
from rugkompas.assess import Assessment
from rugkompas.assess.options import Options
from rugkompas.outputs.options_data import options_cited, options_data
from rugkompas.outputs.sentences import contact_words


def as_data(assessment: Assessment, language: str) -> dict[str, Any]:
    """The result of one person: structure for programs, the contact also in words.

    Urgency, contact and safety net always stand together (hazard H-37).
    """
    knowledge = assessment.knowledge
    triage, course, outlook = assessment.triage, assessment.course, assessment.outlook
    found = assessment.options
    first = knowledge.contacts[triage.contacts[0]]
    do, more = contact_words(knowledge, language, first.id)
    data: dict[str, Any] = {
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "demonstration": not knowledge.release.signed_by,
        "language": language,
        "date": assessment.day.isoformat(),
    }
    if assessment.person.id is not None:
        data["id"] = assessment.person.id
    data |= {
        "triage": {
            "urgency": triage.urgency,
            "complete": triage.complete,
            "missing": list(triage.missing),
            "category": triage.category,
            "rules": [
                {
                    "id": row.id,
                    "urgency": row.urgency,
                    "suspects": list(row.suspects),
                    "because": list(row.because),
                    "sources": list(row.sources),
                    "basis": row.basis,
                    "mark": row.mark,
                }
                for row in triage.rules
            ],
            "contact": {
                "id": first.id,
                "all": list(triage.contacts),
                "country": first.country,
                "when": first.when,
                "phone": first.phone,
                "do": do,
                "more": more,
            },
            "clarify": list(triage.clarify),
        },
        "course": {
            "class": course.id,
            "duration_class": course.duration_class,
            "direction": course.direction,
            "said": course.said,
            "measured": course.measured,
            "episode": course.episode,
            "recheck_in_days": course.recheck_in_days,
            "recheck_on": course.recheck_on.isoformat(),
        },
        "factors": [
            {
                "id": state.id,
                "domain": state.domain,
                "state": state.state,
                "changeable": state.changeable,
                "because": list(state.because),
                "sources": list(state.sources),
            }
            for state in assessment.factors
        ],
        "outlook": {
            "expectation": outlook.expectation,
            "risk_group": outlook.risk_group,
            "risk_by": outlook.risk_by,
            "risk_factors": list(outlook.risk_factors),
            "answered": outlook.answered,
        },
        "options": options_data(found, knowledge),
        "safety_net": [
            {"if": watch.question, "becomes": watch.becomes, "urgency": watch.urgency}
            for watch in triage.safety_net
        ],
        "sources": {
            id_: msgspec.to_builtins(knowledge.sources[id_]) for id_ in cited(assessment, found)
        },
    }
    return data


def cited(assessment: Assessment, options: Options) -> list[str]:
    """Every source that the result rests on, in the order in which it is first named."""
    knowledge = assessment.knowledge
    expectation = knowledge.expectations[assessment.outlook.expectation]
    named = [source for row in assessment.triage.rules for source in row.sources]
    named += [c.source for c in knowledge.courses[assessment.course.id].citations]
    named += [source for state in assessment.factors for source in state.sources]
    named += [c.source for c in expectation.band_citations]
    named += [proportion.citation.source for proportion in expectation.proportions]
    named += options_cited(options, knowledge)
    return list(dict.fromkeys(named))
