"""The site beside a record system on this machine. Reads the settings only when no other tests did
so before in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from site_here import start

# The site as a process, and people with answers, are those of the tests of the site.
sys.path.append(str(Path(__file__).parents[1] / "web"))

start()

import jwt  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from record_server import SECRET, RecordSystem, record_system  # noqa: E402
from records import anna, bram  # noqa: E402

from rugkompas.web.rules import today  # noqa: E402
from rugkompas.web.smart.servers import Server  # noqa: E402

HERE = "http://127.0.0.1/smart/terug/"
CLIENTS = ("public", "secret", "key", "old")


def new_key() -> dict[str, Any]:
    """A private key as a JWK."""
    made = jwt.algorithms.ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()), as_dict=True)
    return {**made, "kid": "k1", "alg": "ES384"}


def servers_file(system: RecordSystem, key: dict[str, Any]) -> dict[str, Any]:
    """The file of an operator: one record system, known under four clients."""
    says = {"secret": {"secret": SECRET}, "key": {"key": key}}
    return {
        "servers": [
            {
                "iss": system.iss(client),
                "name": f"Huisartsen De Linde ({client})",
                "client_id": f"rug-{client}",
                **says.get(client, {}),
            }
            for client in CLIENTS
        ]
    }


@pytest.fixture(scope="session", autouse=True)
def database() -> Iterator[None]:
    call_command("migrate", verbosity=0)
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def key() -> dict[str, Any]:
    return new_key()


@pytest.fixture(scope="session")
def running(key: dict[str, Any]) -> Iterator[RecordSystem]:
    public = {name: it for name, it in key.items() if name != "d"}
    with record_system(public) as system:
        system.redirects.add(HERE)
        system.records = {"anna": anna(today()), "bram": bram()}
        yield system


@pytest.fixture
def system(running: RecordSystem, key: dict[str, Any]) -> Iterator[RecordSystem]:
    """The record system as it should be, which the site in this process knows."""
    running.reset()
    cache.clear()
    listed = tuple(Server(**one) for one in servers_file(running, key)["servers"])
    with override_settings(SMART_SERVERS=listed):
        yield running
    running.reset()


@pytest.fixture(scope="session")
def operator_file(
    running: RecordSystem, key: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The file of the operator on disk, for a site in a process of its own."""
    path = tmp_path_factory.mktemp("operator") / "servers.json"
    path.write_text(json.dumps(servers_file(running, key)), "utf-8")
    return path


@pytest.fixture
def client() -> Client:
    """A browser. A fault of the site is raised into the test."""
    return Client(HTTP_HOST="127.0.0.1")
