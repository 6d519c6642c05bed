"""CDS Hooks as part of the running site; ``server`` starts it as its own process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from server import Served, served


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where all sites of a run keep the knowledge that they read: reading takes seconds."""
    return str(tmp_path_factory.getbasetemp() / "knowledge")


@pytest.fixture(scope="session")
def site(cache: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A trial, in which anybody on this machine may call."""
    with served(tmp_path_factory.mktemp("cds"), XDG_CACHE_HOME=cache) as running:
        yield running
