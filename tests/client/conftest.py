"""One running site for all tests of the client."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).parents[2] / "client" / "python" / "src"))

from server import Served, served

from rugkompas_client import Rugkompas


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("client")) as running:
        yield running


@pytest.fixture
def api(site: Served) -> Iterator[Rugkompas]:
    with Rugkompas(site.address, language="en") as made:
        yield made
