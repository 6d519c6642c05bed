"""What a request likes best."""

from __future__ import annotations

import pytest

from rugkompas.web.liked import liked


@pytest.mark.parametrize(
    ("header", "best_first"),
    [
        ("nl", ["nl"]),
        ("en;q=0.4, nl", ["nl", "en"]),
        ("en-GB ; Q = 0.5,nl; q=0.9", ["nl", "en-gb"]),
        ("application/json;q=0, text/xml", ["text/xml"]),
        ("application/json; freq=0", ["application/json; freq=0"]),
        (
            "application/fhir+json; fhirVersion=4.0; q=0.1",
            ["application/fhir+json; fhirversion=4.0"],
        ),
    ],
)
def test_the_best_liked_stands_first(header: str, best_first: list[str]) -> None:
    assert liked(header) == best_first
