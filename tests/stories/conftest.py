"""One site and one browser for all stories of a worker; each person has a clean profile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState

from rugkompas.catalogue import Knowledge
from stories.running import Site, chromium, running
from stories.visitor import Visitor

Somebody = Callable[..., Visitor]
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class Town:
    """Where visitors come from. opened: a file with answers -> what a browser holds after it."""

    browser: Browser
    site: Site
    knowledge: Knowledge
    opened: dict[str, StorageState] = field(default_factory=dict)

    @contextmanager
    def people(self) -> Iterator[Somebody]:
        """Makes visitors on a phone; the words are how their browser is, as Playwright names it.

        answers: what they told before; it comes from a file. At the end no page may have asked
        another host for anything, or broken its own policy.
        """
        with ExitStack() as stack:
            visitors: list[Visitor] = []

            def made(
                kind: type[Visitor] = Visitor,
                *,
                answers: Mapping[str, Any] | None = None,
                **browser: Any,
            ) -> Visitor:
                if answers:
                    browser["storage_state"] = self._told(answers)
                context = self.browser.new_context(**{"viewport": PHONE, **browser})
                stack.enter_context(context)
                visitors.append(kind(context, self.site.address, self.knowledge))
                return visitors[-1]

            yield made
            assert [fault for visitor in visitors for fault in visitor.faults] == []

    def _told(self, answers: Mapping[str, Any]) -> StorageState:
        file = json.dumps(answers)
        if file not in self.opened:
            with self.browser.new_context() as context:
                Visitor(context, self.site.address, self.knowledge).loads(file.encode())
                self.opened[file] = context.storage_state()
        return self.opened[file]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as it runs. No story may leave a fault in its log."""
    with running(tmp_path_factory.mktemp("site")) as started:
        yield started
        assert '"error"' not in started.log


@pytest.fixture(scope="package")
def town(site: Site, knowledge: Knowledge) -> Iterator[Town]:
    with chromium() as browser:
        yield Town(browser, site, knowledge)


@pytest.fixture
def somebody(town: Town) -> Iterator[Somebody]:
    with town.people() as made:
        yield made


@pytest.fixture
def visitor(somebody: Somebody) -> Visitor:
    """Somebody on a phone who was never here before."""
    return somebody()
