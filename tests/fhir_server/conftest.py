"""The FHIR server as part of the running site, and the validators of tests/fhir."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(_TESTS / folder) for folder in ("web", "fhir", "cds")]

from server import Served, served  # noqa: E402


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where all sites of a run keep the knowledge that they read: reading takes seconds."""
    return str(tmp_path_factory.getbasetemp() / "knowledge")


@pytest.fixture(scope="session")
def site(cache: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One running site for all tests of a process."""
    with served(tmp_path_factory.mktemp("fhir"), XDG_CACHE_HOME=cache) as running:
        yield running
