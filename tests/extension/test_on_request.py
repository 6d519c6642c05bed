"""On any page, when somebody asks for it: the button and the menu of the extension."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Page, TimeoutError

from extension.running import Extended, settled
from rugkompas.catalogue import Knowledge

ARTICLE = """<!doctype html><html lang="nl"><title>Tips</title><body>
<h1>Verlos uzelf voorgoed van rugpijn</h1><p>Tekst.</p>
<h2>Dit matras lost elke rugpijn op</h2><p>Tekst.</p>
<h2>Soep met linzen</h2></body></html>"""
HONEST = "<!doctype html><title>Rug</title><h1>Lage rugpijn: wat kunt u zelf doen?</h1>"

TRIES = 5
PANEL_MS = 3_000
TITLE = """async (expected) => {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  let title = "";
  for (let tries = 0; tries < 2000 && title !== expected; tries += 1) {
    title = await chrome.action.getTitle({ tabId: tab.id });
  }
  return title;
}"""


def trigger(browser: Extended, page: Page) -> None:
    """The button of the extension, as when a person presses it: it opens this one tab to it."""
    devtools = browser.devtools
    mine = browser.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]
    tabs = devtools.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
    (tab,) = [it["targetId"] for it in tabs if it["url"] == mine["url"]]
    devtools.send("Extensions.triggerAction", {"id": browser.id, "targetId": tab})


def press(browser: Extended, page: Page) -> None:
    """Presses until the panel is there: right after a page came, Chromium now and then does not
    open it to an extension yet."""
    for _ in range(TRIES):
        trigger(browser, page)
        with suppress(TimeoutError):
            page.locator("rugkompas-panel").wait_for(state="attached", timeout=PANEL_MS)
            return


def choose(browser: Extended, page: Page, text: str) -> None:
    """The menu on selected text. A real menu stands outside every page, so its event is sent."""
    browser.worker.evaluate(
        """async ([url, selectionText]) => {
          const [tab] = (await chrome.tabs.query({})).filter((it) => it.active && it.id);
          chrome.contextMenus.onClicked.dispatch({ menuItemId: "selection", selectionText }, tab);
        }""",
        [page.url, text],
    )


def test_the_button_marks_headings_and_sums_up(dutch: Extended, knowledge: Knowledge) -> None:
    said = knowledge.words["nl"].claims
    page = dutch.show(ARTICLE)
    press(dutch, page)
    settled(page, 2)
    panel = page.get_by_role("dialog", name=said["yes"])
    panel.wait_for()

    assert panel.locator("blockquote").all_text_contents() == [
        "Verlos uzelf voorgoed van rugpijn",
        "Dit matras lost elke rugpijn op",
    ]


def test_pressing_again_does_not_double_anything(dutch: Extended) -> None:
    page = dutch.show(ARTICLE)
    press(dutch, page)
    settled(page, 2)
    page.keyboard.press("Escape")
    page.locator("rugkompas-panel").wait_for(state="detached")
    press(dutch, page)
    page.get_by_role("dialog").wait_for()

    assert page.locator("rugkompas-label").count() == 2
    assert page.locator("rugkompas-panel").count() == 1


def test_an_honest_page_is_told_to_be_so(dutch: Extended, knowledge: Knowledge) -> None:
    page = dutch.show(HONEST)
    press(dutch, page)

    page.get_by_role("dialog", name=knowledge.words["nl"].claims["no"]).wait_for()
    assert page.locator("rugkompas-label").count() == 0


def test_a_page_about_something_else_is_told_to_be_so(
    dutch: Extended, knowledge: Knowledge
) -> None:
    page = dutch.show("<title>Soep</title><h1>De beste soep met linzen</h1>")
    press(dutch, page)

    name = knowledge.words["nl"].claims["not_about_backs"]
    page.get_by_role("dialog", name=name).wait_for()


def test_a_page_without_words_is_too_little(dutch: Extended, knowledge: Knowledge) -> None:
    page = dutch.show("<p>")
    press(dutch, page)

    page.get_by_role("dialog", name=knowledge.words["nl"].claims["too_little"]).wait_for()


def test_selected_text_is_checked_sentence_by_sentence(
    dutch: Extended, knowledge: Knowledge
) -> None:
    page = dutch.show(HONEST)
    press(dutch, page)
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    choose(dutch, page, "Het is koud. Deze oefening geneest elke rugpijn. Vraag uw <b>arts</b>.")
    panel = page.get_by_role("dialog", name=knowledge.words["nl"].claims["yes"])
    panel.wait_for()

    assert panel.locator("blockquote").all_text_contents() == [
        "Deze oefening geneest elke rugpijn."
    ]


def test_the_menu_has_both_entries(dutch: Extended) -> None:
    taken = dutch.worker.evaluate(
        """() => Promise.all(["page", "selection"].map((id) =>
          new Promise((done) => chrome.contextMenus.update(id, {}, () =>
            done(chrome.runtime.lastError?.message ?? "there")))))"""
    )

    assert taken == ["there", "there"]


def test_on_a_page_of_the_browser_itself_the_button_says_that_it_may_not_read(
    dutch: Extended, knowledge: Knowledge
) -> None:
    page = dutch.context.new_page()
    page.goto("chrome://version")
    trigger(dutch, page)
    expected = knowledge.words["nl"].claims["badge_not_here"]

    assert dutch.worker.evaluate(TITLE, expected) == expected
