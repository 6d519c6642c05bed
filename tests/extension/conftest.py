"""One browser per language for all tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from extension.running import Extended, extended, playing


@pytest.fixture(scope="package")
def playwright_of_extension() -> Iterator[Playwright]:
    with playing() as started:
        yield started


@pytest.fixture(scope="package")
def _dutch(playwright_of_extension: Playwright) -> Iterator[Extended]:
    with extended(playwright_of_extension, "nl") as browser:
        yield browser


@pytest.fixture(scope="package")
def _english(playwright_of_extension: Playwright) -> Iterator[Extended]:
    with extended(playwright_of_extension, "en") as browser:
        yield browser


@pytest.fixture
def dutch(_dutch: Extended) -> Iterator[Extended]:
    """A browser in Dutch. Afterwards nothing may have been asked from another address."""
    yield from _clean(_dutch)


@pytest.fixture
def english(_english: Extended) -> Iterator[Extended]:
    """A browser in English, the same."""
    yield from _clean(_english)


def _clean(browser: Extended) -> Iterator[Extended]:
    browser.asked.clear()
    yield browser
    for page in browser.context.pages[1:]:
        page.close()
    assert browser.asked == []
