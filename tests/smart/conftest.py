"""The site beside a record system on this machine. Reads the settings only when no other tests did
so before in this process."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_here import start

# The site as a process, and people with answers, are those of the tests of the site.
sys.path.append(str(Path(__file__).parents[1] / "web"))

start()

from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from playwright.sync_api import Browser, BrowserContext  # noqa: E402
from record_server import RecordSystem, new_key, record_system, servers_file  # noqa: E402
from server import Served, served  # noqa: E402
from two_records import anna, bram  # noqa: E402

from rugkompas.catalogue import Knowledge  # noqa: E402
from rugkompas.web.rules import today  # noqa: E402
from rugkompas.web.smart.servers import Server  # noqa: E402
from stories.running import chromium  # noqa: E402
from stories.visitor import Visitor  # noqa: E402

HERE = "http://127.0.0.1/smart/terug/"


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
    caches["process"].clear()
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


@pytest.fixture(scope="session")
def site(
    running: RecordSystem, operator_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The site as its own process, which knows the record system from the file of its operator."""
    home = tmp_path_factory.mktemp("smart")
    # The knowledge as this process read it: reading takes seconds.
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    with served(home, RUGKOMPAS_SMART_SERVERS=str(operator_file), XDG_CACHE_HOME=cache) as started:
        running.redirects.add(f"{started.address}/smart/terug/")
        running.launch_address = f"{started.address}/smart/launch"
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed again before other tests: while it is open, Django refuses its database here."""
    with chromium() as started:
        yield started


@pytest.fixture
def context(browser: Browser, running: RecordSystem) -> Iterator[BrowserContext]:
    running.reset()
    # The site may stand on another day than this process, a moment after midnight.
    running.records["anna"] = anna(dt.datetime.now(dt.timezone(dt.timedelta(hours=1))).date())
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL") as made:
        yield made
    running.reset()


@pytest.fixture
def visitor(context: BrowserContext, site: Served, knowledge: Knowledge) -> Visitor:
    return Visitor(context, site.address, knowledge)
