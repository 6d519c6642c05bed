"""What the profiles ask that our resources claim; a claim that is not here is a fault.

Those of HL7 itself stand in the official package. Those of SDC 3.0.0 and of the Netherlands do
not: here are their rules, as facts from their definitions (HL7/sdc and
Nictiz/Nictiz-R4-zib2020). What they only recommend, and what they ask of the software and not
of a resource (must support), is not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fhirpathpy
from definitions import required
from fhirpathpy.models import models

_CORE = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"
_ITEM = "Questionnaire.repeat(item)"
_METHODS = "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1"


def _once(*extensions: str) -> dict[str, str]:
    return {
        f"{url.rpartition('/')[2]} 0..1": f"{_ITEM}.all("
        f"extension.where(url = '{url}').count() <= 1)"
        for url in extensions
    }


_BASE = {
    "url 1..1": "Questionnaire.url.exists()",
    "item 1..*": "Questionnaire.item.exists()",
    "a value set for answers says whether it can change": "Questionnaire.contained.all("
    "immutable.exists())",
    "sdc-1": f"{_ITEM}.all(extension('{_SDC}-answerExpression').exists() implies "
    "(answerOption.empty() and answerValueSet.empty()))",
    **_once(f"{_SDC}-answerExpression", f"{_CORE}questionnaire-hidden"),
}
RULES = {
    f"{_SDC}|3.0.0": _BASE,
    f"{_SDC}-behave|3.0.0": {
        **_BASE,
        "sdc-behave-1": f"{_ITEM}.all(initial.empty() or "
        f"extension('{_SDC}-initialExpression').empty())",
        "sdc-behave-2": f"{_ITEM}.all(enableWhen.empty() or "
        f"extension('{_SDC}-enableWhenExpression').empty())",
        **_once(
            f"{_SDC}-enableWhenExpression",
            f"{_SDC}-initialExpression",
            *(f"{_CORE}{name}" for name in ("minValue", "maxValue", "minLength", "regex")),
        ),
    },
    f"{_SDC}-pop-obsn|3.0.0": {
        **_BASE,
        **_once(f"{_SDC}-observationLinkPeriod", f"{_CORE}questionnaire-unit"),
        "a linked item has a code": f"{_ITEM}.where(extension('{_SDC}-observationLinkPeriod')"
        ".exists()).all(code.exists())",
    },
    f"{_SDC}response|3.0.0": {
        "questionnaire 1..1": "QuestionnaireResponse.questionnaire.exists()",
        "authored 1..1": "QuestionnaireResponse.authored.exists()",
        "its version": "QuestionnaireResponse.questionnaire.contains('|')",
        "sdcqr-2": "QuestionnaireResponse.item.where(answer.exists()).linkId.isDistinct() and "
        "QuestionnaireResponse.repeat(item).all(item.where(answer.exists()).linkId.isDistinct())",
    },
    "http://nictiz.nl/fhir/StructureDefinition/nl-core-PainScore": {
        "code": "Observation.code.coding.where(system = 'http://snomed.info/sct' and "
        "code = '225908003').exists()",
        "effectiveDateTime": "Observation.effective is dateTime",
        "valueInteger": "Observation.value is integer",
        "note 0..1": "Observation.note.count() <= 1",
        "zib-PainScore-1": "(Observation.method.coding.code in ('VAS10' | 'NRS') implies "
        "Observation.value <= 10) and (Observation.method.coding.code = 'VAS100' implies "
        "Observation.value <= 100)",
        "zib-PainScore-2": "Observation.value >= 0",
        "method of the list": f"Observation.method.coding.where(system = '{_METHODS}' and "
        "(code in ('VAS10' | 'VAS100' | 'NRS'))).exists()",
    },
}
"""Claim -> (name of a rule -> FHIRPath)."""
OFFICIAL = tuple(
    f"{_CORE}shareable{type_}|4.0.1"
    for type_ in ("activitydefinition", "codesystem", "plandefinition", "valueset")
)


def unmet(resource: dict[str, Any]) -> Iterator[str]:
    """What a resource claims and does not hold to."""
    for claim in resource.get("meta", {}).get("profile", ()):
        rules = RULES.get(claim)
        if claim in OFFICIAL:
            profile = claim.partition("|")[0].rpartition("/")[2]
            rules = {f"{path} 1..": f"{path}.exists()" for path in required(profile)}
        if rules is None:
            yield f"{claim} is claimed, and its rules are not known here"
        for name, rule in (rules or {}).items():
            if fhirpathpy.evaluate(resource, rule, {}, models["r4"]) != [True]:
                yield f"{claim} is claimed and broken: {name}"
