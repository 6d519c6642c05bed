"""The panel that explains a label: what it says, how it opens and closes, who can use it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from extension.running import Extended, button
from rugkompas.catalogue import Knowledge
from rugkompas.claims import check

FOCUSED = """() => {
  let it = document.activeElement;
  while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
  return it?.id || it?.className || it?.localName;
}"""
TITLE = "De beste oefening voor rugklachten"


def first(page: Page) -> Locator:
    """The label of the first result, which is ``TITLE`` on the Google-like page."""
    return page.locator("rugkompas-label").first


def test_a_click_shows_the_reasons_with_the_exact_words_and_what_studies_found(
    dutch: Extended, knowledge: Knowledge
) -> None:
    said = knowledge.words["nl"].claims
    verdict = check(TITLE)
    page = dutch.open("google")
    button(first(page)).click()
    panel = first(page).get_by_role("dialog", name=said["yes"])

    assert panel.locator("h3").first.inner_text() == said[f"reason_{verdict.reasons[0]}"]
    assert panel.locator("mark").all_text_contents() == [
        TITLE[verdict.spans[0].start : verdict.spans[0].end]
    ]
    assert said[f"why_{verdict.spans[0].why}"] in panel.inner_text()
    assert said["badge_evidence"] in panel.inner_text()
    assert said["about"] in panel.inner_text()
    assert panel.get_by_role("link").count() == 0


def test_words_speak_the_language_of_the_browser(english: Extended, knowledge: Knowledge) -> None:
    said = knowledge.words["en"].claims
    page = english.open("google")
    first(page).get_by_role("button", name=said["badge_yes"]).click()

    first(page).get_by_role("dialog", name=said["yes"]).wait_for()
    assert first(page).get_attribute("lang") == "en"
    assert first(page).locator("blockquote").get_attribute("lang") == "nl"


def test_an_unsure_title_gets_the_softer_label(dutch: Extended, knowledge: Knowledge) -> None:
    title = next(
        title
        for title in (
            "Handige kussens tegen rugpijn",
            "Braces voor je rug: effectief",
            "Effectieve oefeningen voor lage rugpijn",
            "5 tips tegen rugpijn die echt werken",
            "Zitten is slecht voor je rug",
            "Rugpijn door stress",
            "Rugpijn komt door stress",
            "Posture correctors: advantages for your back",
        )
        if check(title).oversimplified == "unsure"
    )
    page = dutch.open("google")
    page.evaluate("(title) => { document.querySelector('#rso h3').textContent = title; }", title)

    name = knowledge.words["nl"].claims["badge_unsure"]
    page.get_by_role("button", name=name).first.wait_for()


def test_it_opens_and_closes_by_keyboard_and_gives_the_focus_back(dutch: Extended) -> None:
    page = dutch.open("google")
    panel = first(page).get_by_role("dialog")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "yes"
    page.keyboard.press("Enter")
    page.wait_for_function(f"({FOCUSED})() === 'headline'")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "close"
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert page.evaluate(FOCUSED) == "yes"
    page.keyboard.press("Space")
    page.wait_for_function(f"({FOCUSED})() === 'headline'")
    panel.get_by_role("button").focus()
    page.keyboard.press("Enter")
    panel.wait_for(state="hidden")

    assert page.evaluate(FOCUSED) == "yes"


def test_a_click_elsewhere_closes_it_and_a_second_one_opens_another(dutch: Extended) -> None:
    page = dutch.open("google")
    label, other = page.locator("rugkompas-label").nth(0), page.locator("rugkompas-label").nth(1)
    button(label).click()
    label.get_by_role("dialog").wait_for()
    page.mouse.click(5, 5)
    label.get_by_role("dialog").wait_for(state="hidden")
    button(other).click()

    other.get_by_role("dialog").wait_for()
    assert page.get_by_role("dialog").count() == 1


def test_keys_and_clicks_in_the_panel_do_not_reach_the_page(dutch: Extended) -> None:
    page = dutch.open("youtube")
    page.evaluate(
        """() => {
          globalThis.heard = [];
          for (const type of ["click", "keydown", "keyup"])
            document.body.addEventListener(type, () => heard.push(type));
        }"""
    )
    button(first(page)).click()
    page.keyboard.press("k")
    page.keyboard.press("Escape")

    assert page.evaluate("heard") == []
    assert page.url.endswith("rugpijn")


def test_the_styles_of_the_page_do_not_reach_label_or_panel(dutch: Extended) -> None:
    page = dutch.open("google")
    opener = button(first(page))
    opener.click()
    looks = "(it) => [getComputedStyle(it).textTransform, getComputedStyle(it).fontSize]"

    assert opener.evaluate(looks) == ["none", "12px"]
    assert first(page).locator("li").first.evaluate(looks) == ["none", "14px"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["google", "youtube", "tiktok"])
def test_panel_and_labels_have_no_accessibility_faults(
    dutch: Extended, name: str, width: int, scheme: str
) -> None:
    page = dutch.open(name)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    button(first(page)).click()
    first(page).get_by_role("dialog").wait_for()
    found = Axe().run(page, context="rugkompas-label")

    assert [fault["id"] for fault in found.response["violations"]] == []
    assert len(found.response["passes"]) > 10


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_panel_fits_the_window_and_leaves_its_title_in_view(
    dutch: Extended, width: int
) -> None:
    page = dutch.open("google")
    page.set_viewport_size({"width": width, "height": 800})
    for at in range(page.locator("rugkompas-label").count()):
        label = page.locator("rugkompas-label").nth(at)
        button(label).click()
        panel = label.get_by_role("dialog").bounding_box()
        under = button(label).bounding_box()
        page.keyboard.press("Escape")

        assert panel is not None
        assert under is not None
        assert panel["x"] >= 0
        assert panel["x"] + panel["width"] <= width
        assert panel["y"] >= under["y"] + under["height"]
