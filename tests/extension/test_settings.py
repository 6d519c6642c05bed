"""The one setting: the address of somebody's own Rugkompas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from extension.running import Extended, button
from rugkompas.catalogue import Knowledge


@pytest.fixture
def settings(dutch: Extended) -> Iterator[Page]:
    page = dutch.context.new_page()
    page.goto(f"chrome-extension://{dutch.id}/options.html")
    yield page
    dutch.worker.evaluate("chrome.storage.local.clear()")


def test_with_an_address_the_explanation_links_to_it_and_says_nothing_of_the_title(
    settings: Page, dutch: Extended, knowledge: Knowledge
) -> None:
    said = knowledge.words["nl"].claims
    settings.get_by_label(said["badge_address"]).fill("https://rugkompas.example/")
    settings.get_by_role("button").click()
    settings.get_by_text(said["badge_saved"]).wait_for()
    page = dutch.open("google")
    button(page.locator("rugkompas-label").first).click()
    link = page.get_by_role("link", name=said["badge_link"])

    assert link.get_attribute("href") == "https://rugkompas.example/"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "rugkompas", "http://rugkompas.example"])
def test_another_kind_of_address_is_refused(
    settings: Page, dutch: Extended, knowledge: Knowledge, wrong: str
) -> None:
    said = knowledge.words["nl"].claims
    settings.get_by_label(said["badge_address"]).fill(wrong)
    settings.get_by_role("button").click()

    settings.get_by_role("alert").get_by_text(said["badge_address_wrong"]).wait_for()
    assert dutch.worker.evaluate("chrome.storage.local.get()") == {}


def test_the_page_has_no_accessibility_faults_and_no_broken_policy(settings: Page) -> None:
    broken: list[str] = []
    settings.on("console", lambda message: broken.append(message.text))
    settings.reload()
    settings.get_by_role("heading").get_by_text("Instellingen").wait_for()
    assert broken == []

    found = Axe().run(settings)
    assert [fault["id"] for fault in found.response["violations"]] == []
    assert settings.evaluate("document.documentElement.lang") == "nl"
