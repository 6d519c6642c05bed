"""Chromium with the extension; every page it opens is answered from this folder.

The manifest is the one that people install: its own https addresses are served from files, so
that nothing has to be added for the tests and nothing leaves the machine.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    Locator,
    Page,
    Playwright,
    Route,
    Worker,
    sync_playwright,
)

HERE = Path(__file__).parent
EXTENSION = HERE.parents[1] / "extension"
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-extension-debugging",
    f"--disable-extensions-except={EXTENSION}",
    f"--load-extension={EXTENSION}",
)
ADDRESSES = {
    "google": "https://www.google.com/search?q=rugpijn",
    "youtube": "https://www.youtube.com/results?search_query=rugpijn",
    "tiktok": "https://www.tiktok.com/search?q=rugpijn",
    "bing": "https://www.bing.com/search?q=rugpijn",
    "duckduckgo": "https://duckduckgo.com/?q=rugpijn",
}
TITLES = {
    "google": "#rso h3",
    "youtube": "#video-title, .yt-lockup-metadata-view-model__title",
    "tiktok": "[data-e2e='search-card-video-caption']",
    "bing": "#b_results h2 a",
    "duckduckgo": "[data-testid='result-title-a']",
}
ELSEWHERE = "https://iets-anders.example/"
PATIENCE_MS = 10_000
LOCALES = {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}


def chromium_path() -> str:
    """Where Chromium is. Raises FileNotFoundError with what to do."""
    found = shutil.which("chromium")
    if found is None:
        raise FileNotFoundError("chromium is missing. Install it with: scripts/install-chromium")
    return found


@dataclass
class Extended:
    """One browser with the extension. asked: every address that a page or worker asked for and
    that is not served here. served: address -> HTML."""

    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    served: dict[str, str] = field(default_factory=dict)

    @property
    def worker(self) -> Worker:
        """The background of the extension."""
        found = self.context.service_workers
        return found[0] if found else self.context.wait_for_event("serviceworker")

    @property
    def id(self) -> str:
        """The id that Chromium gave the extension."""
        return self.worker.url.split("/")[2]

    @property
    def devtools(self) -> CDPSession:
        """The whole browser, for what a page cannot do."""
        assert self.context.browser is not None
        return self.context.browser.new_browser_cdp_session()

    def answer(self, route: Route) -> None:
        """Serves a copy, or notes that something else was asked for."""
        html = self.served.get(route.request.url)
        if route.request.url.startswith(f"chrome-extension://{self.id}/"):
            route.continue_()
        elif html is None:
            self.asked.append(route.request.url)
            route.abort()
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    def open(self, name: str) -> Page:
        """A copy of a page of results, with its first labels."""
        page = self.context.new_page()
        page.goto(ADDRESSES[name])
        page.locator("rugkompas-label").first.wait_for()
        return page

    def show(self, html: str, address: str = ELSEWHERE) -> Page:
        """Any page."""
        self.served[address] = html
        page = self.context.new_page()
        page.goto(address)
        return page


@contextmanager
def extended(
    playwright: Playwright, language: str, more: Sequence[str] = (), **how: object
) -> Iterator[Extended]:
    """A browser in one language with a profile that is thrown away."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium_path(),
            args=[*QUIET, f"--lang={language}", *more],
            ignore_default_args=["--disable-extensions"],
            env={"LANGUAGE": language, "LANG": LOCALES[language], "HOME": profile},
            **how,  # type: ignore[arg-type]
        )
        browser = Extended(context)
        for name, address in ADDRESSES.items():
            browser.served[address] = (HERE / "pages" / f"{name}.html").read_text("utf-8")
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", browser.answer)
        yield browser
        context.close()


@contextmanager
def playing() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def titles(page: Page, name: str) -> list[str]:
    """The text of every title in the page."""
    return page.locator(TITLES[name]).all_text_contents()


def labelled(page: Page, name: str) -> dict[str, str]:
    """Title -> kind of its label, as a person finds it: the label that follows the title and
    comes before the next one."""
    return page.evaluate(
        """(selector) => {
          const found = {};
          let last = null;
          for (const it of document.querySelectorAll(`${selector}, rugkompas-label`)) {
            if (it.localName !== "rugkompas-label") last = it.textContent;
            else found[last] = it.shadowRoot.querySelector("button").className;
          }
          return found;
        }""",
        TITLES[name],
    )


def button(label: Locator) -> Locator:
    """What opens the panel of a label."""
    return label.locator("[aria-haspopup]")


def settled(page: Page, count: int) -> None:
    """Waits until the page has so many labels."""
    page.wait_for_function(
        "(count) => document.querySelectorAll('rugkompas-label').length === count", arg=count
    )


def rules() -> dict[str, object]:
    """The data of the extension."""
    text = (EXTENSION / "rules.js").read_text("utf-8")
    found = re.fullmatch(r"globalThis\.rugkompasRules = (\{.*\});\n", text, re.DOTALL)
    assert found, "rules.js is one object and nothing else"
    return json.loads(found[1])
