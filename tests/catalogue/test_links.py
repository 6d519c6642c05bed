"""How the addresses of sources are written. Whether they answer is asked by hand
(scripts/check_links.py): no test uses the network."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from rugkompas.catalogue import load
from rugkompas.catalogue.schema import Source

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from check_links import faults

SOURCES = load().sources
SHOWN = sorted(
    {
        citation.source
        for topic in load().topics.values()
        for part in topic.parts
        for statement in part.statements
        for citation in statement.citations
    }
)


@pytest.mark.hazard("H-32")
def test_every_address_is_written_as_an_address() -> None:
    wrong = [fault for source in SOURCES.values() if source.url for fault in faults(source)]

    assert wrong == []


@pytest.mark.parametrize("id_", SHOWN)
def test_a_source_without_an_address_says_where_it_was_read(id_: str) -> None:
    source = SOURCES[id_]

    assert source.url or source.published_in or source.read_note


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("www.who.int/back", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("https://who/back", "names no host"),
        ("https://who.int/a b", "no address may hold"),
        ("https://name:secret@who.int/", "a name or a password"),
        ("https://doi.org/S0140-6736(09)60172-0", "leads to no DOI"),
        ("https://who.int/?utm_source=x", "where a reader came from"),
    ],
)
def test_a_wrong_address_is_told(url: str, told: str) -> None:
    source: Source = msgspec.structs.replace(SOURCES["who_2023_fact_sheet"], url=url)

    assert any(told in fault for fault in faults(source))
