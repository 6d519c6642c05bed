"""What a server of ours serves: our definitions by id and address, and three operations.

The statement of the server is made from the same lists that the server works with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.fhir import names
from rugkompas.fhir.capability import ASSESS, OPERATIONS, operations_of
from rugkompas.fhir.elements import Element, bundle_of, claiming, full
from rugkompas.fhir.guideline import activity_definitions, plan_definition
from rugkompas.fhir.questionnaire import questionnaire
from rugkompas.fhir.terminology import code_systems, populated_from

SEARCHES = {"_id": "token", "url": "uri", "version": "token"}
"""What a search can ask for -> its kind."""
Definitions = Mapping[tuple[str, str], Element]
"""(type, id) -> resource."""


def definitions(knowledge: Knowledge, language: str = "nl", *, on: dt.date) -> Definitions:
    """Every resource that can be read. on: the day whose thresholds hold."""
    languages = (language, *(other for other in LANGUAGES if other != language))
    systems = code_systems(knowledge, languages)
    made = [
        questionnaire(knowledge, languages, on=on),
        plan_definition(knowledge, language, on=on),
        *activity_definitions(knowledge, language),
        *systems,
        *(_everything_of(system) for system in systems),
        populated_from(knowledge, language),
        assess_definition(knowledge, language),
    ]
    return {(one["resourceType"], one["id"]): one for one in made}


def _everything_of(system: Element) -> Element:
    """All codes of a code system, as a value set."""
    kept = ("id", "language", "version", "name", "title", "status", "experimental", "date",
            "publisher", "description")  # fmt: skip
    return full(
        resourceType="ValueSet",
        meta=claiming("ValueSet"),
        **{name: system.get(name) for name in kept},
        url=system["url"].replace("/CodeSystem/", "/ValueSet/"),
        compose={"include": [{"system": system["url"], "version": system["version"]}]},
    )


def assess_definition(knowledge: Knowledge, language: str) -> Element:
    """Our own operation: one response in, everything that follows from it out."""
    words = knowledge.words[language].fhir
    return full(
        resourceType="OperationDefinition",
        id="assess",
        language=language,
        url=ASSESS,
        version=knowledge.version,
        name="Assess",
        title=words["assess_title"],
        status="active" if knowledge.release.signed_by else "draft",
        kind="operation",
        experimental=not knowledge.release.signed_by,
        date=knowledge.release.date.isoformat(),
        affectsState=False,
        description=words["assess_text"],
        code="assess",
        resource=["QuestionnaireResponse"],
        system=False,
        type=True,
        instance=False,
        parameter=[
            _parameter("response", "in", "QuestionnaireResponse"),
            _parameter("return", "out", "Bundle"),
        ],
    )


def _parameter(name: str, use: str, type_: str) -> Element:
    return {"name": name, "use": use, "min": 1, "max": "1", "type": type_}


def server_capability(
    knowledge: Knowledge, language: str, held: Definitions, address: str
) -> Element:
    """What this server offers. held: what can be read. address: its own, without a stroke at
    the end."""
    readable = {type_ for type_, _ in held}
    words = knowledge.words[language].fhir
    return full(
        resourceType="CapabilityStatement",
        id="server",
        language=language,
        url=f"{names.BASE}/CapabilityStatement/server",
        version=rugkompas.__version__,
        name="RugkompasServer",
        status="active" if knowledge.release.signed_by else "draft",
        experimental=not knowledge.release.signed_by,
        date=knowledge.release.date.isoformat(),
        description=words["server_text"],
        kind="instance",
        software={"name": "Rugkompas", "version": rugkompas.__version__},
        implementation={"description": words["server_text"], "url": address},
        fhirVersion=names.FHIR_VERSION,
        format=["application/fhir+json", "json"],
        rest=[
            {
                "mode": "server",
                "documentation": words["server_text"],
                "security": {"cors": True, "description": words["server_open"]},
                "resource": [
                    _resource(type_, type_ in readable, knowledge)
                    for type_ in sorted({*readable, *OPERATIONS})
                ],
            }
        ],
    )


def _resource(type_: str, readable: bool, knowledge: Knowledge) -> Element:
    searches = [{"name": name, "type": kind} for name, kind in SEARCHES.items()]
    return full(
        type=type_,
        interaction=[{"code": "read"}, {"code": "search-type"}] if readable else None,
        supportedProfile=list(names.PROFILES.get(type_, ())),
        searchParam=searches if readable else None,
        operation=operations_of(type_, knowledge),
    )


def search(
    held: Definitions, type_: str, asked: Mapping[str, str], address: str, itself: str
) -> Element:
    """Those of a type that fit, as a searchset. asked: names of ``SEARCHES`` -> what is wanted; a
    url may carry its version (``|2026.11+…``), and a comma is "or". address: of the server.
    itself: the address of this search."""
    found = [
        one
        for (kind, _), one in held.items()
        if kind == type_ and all(_fits(one, name, value) for name, value in asked.items())
    ]
    made = bundle_of(
        "searchset",
        [(f"{address}/{type_}/{one['id']}", one) for one in found],
        total=len(found),
        link=[{"relation": "self", "url": itself}],
    )
    for entry in made["entry"]:
        entry["search"] = {"mode": "match"}
    return made if found else {name: part for name, part in made.items() if name != "entry"}


def _fits(one: Element, name: str, value: str) -> bool:
    """Whether one of the values that commas part is that of a resource."""
    for wanted in value.split(","):
        plain, _, version = wanted.partition("|") if name == "url" else (wanted, "", "")
        if one.get(name.removeprefix("_")) == plain and version in ("", one.get("version")):
            return True
    return False
