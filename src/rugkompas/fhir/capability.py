"""What Rugkompas reads and writes, as a CapabilityStatement."""

from __future__ import annotations

from collections.abc import Mapping

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.elements import Element, full

READS = ("QuestionnaireResponse", "Patient", "Condition", "Observation")
WRITES = (
    *("ActivityDefinition", "Bundle", "CapabilityStatement", "CarePlan", "CodeSystem"),
    *("Condition", "DocumentReference", "Flag", "Goal", "Observation", "OperationDefinition"),
    *("OperationOutcome", "Parameters", "Patient", "PlanDefinition", "Provenance"),
    *("Questionnaire", "QuestionnaireResponse", "RiskAssessment", "StructureDefinition"),
    "ValueSet",
)
_NEVER_KEPT = ("Bundle", "CapabilityStatement", "OperationOutcome", "Parameters")
"""What only carries or tells something; no statement lists them."""
ASSESS = f"{names.BASE}/OperationDefinition/assess"
"""The definition of our own operation."""
OPERATIONS: Mapping[str, tuple[str, str]] = {
    "Questionnaire": (
        "populate",
        "http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate|3.0.0",
    ),
    "PlanDefinition": (
        "apply",
        "http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply|4.0.1",
    ),
    "QuestionnaireResponse": ("assess", ASSESS),
}
"""Resource -> (operation, its definition)."""


def operations_of(type_: str, knowledge: Knowledge) -> list[Element]:
    """The operations of a type as a statement lists them, ours with their version."""
    if type_ not in OPERATIONS:
        return []
    name, definition = OPERATIONS[type_]
    if definition == ASSESS:
        definition = names.versioned(ASSESS, knowledge)
    return [{"name": name, "definition": definition}]


def capability(knowledge: Knowledge, language: str = "nl") -> Element:
    """The statement. It tells what the software can do, not what one server of it offers."""
    resources = [
        full(
            type=type_,
            documentation=" + ".join(
                word for word, types in (("read", READS), ("write", WRITES)) if type_ in types
            ),
            supportedProfile=list(names.PROFILES.get(type_, ())),
            operation=operations_of(type_, knowledge),
        )
        for type_ in sorted({*READS, *WRITES} - {*_NEVER_KEPT})
    ]
    return full(
        resourceType="CapabilityStatement",
        id="rugkompas",
        language=language,
        url=f"{names.BASE}/CapabilityStatement/rugkompas",
        version=rugkompas.__version__,
        name="Rugkompas",
        status="active" if knowledge.release.signed_by else "draft",
        experimental=not knowledge.release.signed_by,
        date=knowledge.release.date.isoformat(),
        description=knowledge.words[language].fhir["capability_text"],
        kind="capability",
        software={"name": "Rugkompas", "version": rugkompas.__version__},
        fhirVersion=names.FHIR_VERSION,
        format=["json"],
        rest=[
            {
                "mode": "server",
                "documentation": knowledge.words[language].fhir["capability_text"],
                "resource": resources,
            }
        ],
    )
