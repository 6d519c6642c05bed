"""One API, one practice and one browser for all guests of a worker."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from intake.running import MOST_WAIT, PHONE, Guest, guest, practice
from rugkompas.catalogue import Knowledge
from stories.running import chromium

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from server import Served, served

Somebody = Callable[..., Guest]


@pytest.fixture(scope="package")
def api_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site whose API is asked. No answer of a guest may be in anything that it wrote."""
    with served(tmp_path_factory.mktemp("intake")) as running:
        yield running


@pytest.fixture(scope="package")
def api(api_site: Served) -> str:
    return f"{api_site.address}/api/v1/"


@pytest.fixture(scope="package")
def practice_site(api: str) -> Iterator[str]:
    with practice(api) as address:
        yield address


@pytest.fixture(scope="package")
def browser_of_guests() -> Iterator[Browser]:
    expect.set_options(timeout=MOST_WAIT)
    with chromium() as started:
        yield started


@pytest.fixture(scope="package")
def site_alone() -> Iterator[str]:
    """A practice whose component has a bundled file and no API."""
    with practice(bundle="bundle.json") as address:
        yield address


@pytest.fixture
def alone(somebody: Somebody, site_alone: str, day: dt.date) -> Somebody:
    """Makes guests of such a practice."""
    return partial(somebody, address=site_alone, asks="", day=day)


@pytest.fixture
def somebody(
    browser_of_guests: Browser, practice_site: str, api: str, knowledge: Knowledge
) -> Iterator[Somebody]:
    """Makes guests on a phone. Afterwards none may have a fault."""
    with ExitStack() as stack:
        guests: list[Guest] = []

        def made(
            language: str = "nl",
            *,
            address: str = practice_site,
            asks: str = api,
            day: dt.date | None = None,
            **browser: Any,
        ) -> Guest:
            context = browser_of_guests.new_context(**{"viewport": PHONE, **browser})
            stack.enter_context(context)
            guests.append(guest(context, address, asks, knowledge, language, day))
            return guests[-1]

        yield made
        assert [fault for one in guests for fault in one.faults] == []
