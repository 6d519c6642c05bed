"""The services, as the discovery of CDS Hooks lists them, and what each asks of a record."""

from __future__ import annotations

from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.elements import Element

PATIENT = "Patient/{{context.patientId}}"
_CODES = ",".join(f"{code.system}|{code.code}" for code in (names.PAIN, names.PREGNANCY))
PREFETCH = {
    "patient": PATIENT,
    "conditions": "Condition?patient={{context.patientId}}",
    "observations": f"Observation?patient={{{{context.patientId}}}}&code={_CODES}",
    # No _sort and no _count: a server that knows only one of the two would send an old one.
    "responses": "QuestionnaireResponse?patient={{context.patientId}}"
    f"&questionnaire={names.INTAKE}",
}
"""Name -> what to look up. A record that cannot look something up sends null."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service. id: as in its address; its words are ``<id>_title`` and ``<id>_text``.
    orders: the name of the bundle in the context that it reads, if it reads one."""

    id: str
    hook: str
    orders: str = ""

    @property
    def words(self) -> str:
        """The start of the keys of its words."""
        return self.id.replace("-", "_")


SERVICES = {
    service.id: service
    for service in (
        Service("back-pain-view", "patient-view"),
        Service("back-pain-order-select", "order-select", "draftOrders"),
        Service("back-pain-order-sign", "order-sign", "draftOrders"),
        Service("back-pain-appointment", "appointment-book", "appointments"),
    )
}
"""Id -> service."""


def discovery(knowledge: Knowledge, language: str = "nl") -> Element:
    """The list of services."""
    words = knowledge.words[language].cds
    return {
        "services": [
            {
                "hook": service.hook,
                "id": service.id,
                "title": words[f"{service.words}_title"],
                "description": words[f"{service.words}_text"],
                "prefetch": PREFETCH,
                "usageRequirements": words["usage"],
            }
            for service in SERVICES.values()
        ]
    }
