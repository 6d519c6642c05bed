"""The official package of R4 (4.0.1): every example and every definition, as HL7 packed them.

``scripts/install-examples`` gets it; nothing of it is in this repository.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parents[2] / ".venv/examples/hl7.fhir.r4.examples-4.0.1.tgz"
DEFINING = {
    *("SearchParameter", "ValueSet", "CodeSystem", "StructureDefinition", "ConceptMap"),
    *("OperationDefinition", "CompartmentDefinition", "ImplementationGuide"),
}
"""Types of which the package has the specification itself, in thousands of files."""
_NOT_RESOURCES = ("package.json", ".index.json", "ig-r4.json")


def official() -> Iterator[tuple[str, bytes]]:
    """(name, content) of every resource in the package, in its order."""
    assert PLACE.exists(), "run scripts/install-examples"
    with tarfile.open(PLACE) as packed:
        for member in packed:
            name = Path(member.name).name
            if name.endswith(".json") and name not in _NOT_RESOURCES:
                content = packed.extractfile(member)
                assert content is not None
                yield name, content.read()


@cache
def clinical() -> dict[str, dict[str, Any]]:
    """Name -> example, of all types but ``DEFINING``, and no larger than a door lets in."""
    return {
        name: json.loads(content)
        for name, content in official()
        if name.partition("-")[0] not in DEFINING and len(content) < 200_000
    }


@cache
def one_of_each() -> dict[str, dict[str, Any]]:
    """Type -> its smallest example."""
    found: dict[str, bytes] = {}
    for name, content in official():
        type_ = name.partition("-")[0]
        if type_ not in found or len(content) < len(found[type_]):
            found[type_] = content
    return {type_: json.loads(content) for type_, content in found.items()}
