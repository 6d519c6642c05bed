"""What holds on every page in every state, whatever the screen, language or colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from stories.conftest import Town
from stories.every_page import PAGES
from stories.visitor import Visitor

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules of axe of which the outcome can differ between light and dark."""
MOST_BYTES = 100_000
MOST_SHIFT = 0.01
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
"""What WCAG 2.2, success criterion 1.4.12, lets people set for themselves."""
CUT_OFF = """() => {
  const wide = document.documentElement.scrollWidth
  const found = wide > innerWidth ? [`the page is ${wide} wide`] : []
  for (const it of document.querySelectorAll("body *")) {
    const box = it.getBoundingClientRect(), style = getComputedStyle(it)
    const seen = it.checkVisibility({visibilityProperty: true}) && box.width > 1 && box.height > 1
    const words = [...it.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    if (!seen || it.closest("svg, .skip")) continue
    const beside = words && (box.left < -1 || box.right > innerWidth + 1)
    const hides = ["hidden", "clip"].includes(style.overflowX) && it.tagName !== "INPUT"
    const inside = hides && words && it.scrollWidth > it.clientWidth + 1
    if (beside || inside) found.push(it.outerHTML.slice(0, 120))
  }
  return found
}"""
SHIFT = """() => new Promise(done => {
  let sum = 0
  const add = list => list.getEntries().forEach(it => { if (!it.hadRecentInput) sum += it.value })
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true})
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))))
})"""
FOOT = """() => {
  const list = document.querySelector("footer ul")
  if (!list) return 0
  const foot = list.closest("footer"), top = foot.getBoundingClientRect().top
  const lines = [...list.children]
  const moved = [...lines].reverse().map(it => {
    it.remove()
    return Math.abs(foot.getBoundingClientRect().top - top)
  })
  list.append(...lines)
  return Math.max(0, ...moved)
}"""
"""How far the foot moves when its last lines are not there yet, as on a slow connection."""
SPACE = """css => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [sheet]
}"""
NARROW = {"width": 320, "height": 256}
"""What 400 % zoom leaves of 1280 by 1024."""


@pytest.fixture(
    scope="module", params=[f"{name} ({lang})" for name in PAGES for lang in ("nl", "en")]
)
def there(request: pytest.FixtureRequest, town: Town) -> Iterator[Visitor]:
    """Somebody at a page, as it comes on a phone. Each test leaves it as it was."""
    name, _, language = request.param[:-1].rpartition(" (")
    state = PAGES[name]
    with town.people() as somebody:
        visitor = somebody(answers=state.answers)
        visitor.speaks(language)
        visitor.opens(state.path)
        state.then(visitor)
        yield visitor


@pytest.mark.hazard("H-45")
def test_a_page_is_light_and_stands_still(there: Visitor) -> None:
    there.page.wait_for_load_state()

    assert len(there.files) >= 2
    assert there.weight() < MOST_BYTES
    assert there.page.evaluate(SHIFT) < MOST_SHIFT
    assert there.page.evaluate(FOOT) == 0


@pytest.mark.hazard("H-35", "H-40")
def test_a_page_says_what_it_is_and_whom_to_call(there: Visitor) -> None:
    page = there.page
    if page.title() == there.word("wiped_title"):
        pytest.skip("after wiping, a page says nothing about health: test_private.py")

    expect(page.locator("html")).to_have_attribute("lang", there.language)
    expect(there.title).to_have_count(1)
    expect(page).not_to_have_title("")
    expect(page.get_by_text(there.said("status")[:20]).first).to_be_visible()
    assert page.locator("a[href='tel:112']").count() >= 1
    # Ours: that of the diary, and for a passkey one with the question to the browser as data.
    files = "script[src^='/static/passkey.js?'], script[src^='/static/diary.js?']"
    own = f"{files}, script[type='application/json']"
    assert page.locator("script, [style], style").count() == page.locator(own).count()
    assert page.locator(own).count() in (0, 1, 2)


@pytest.mark.hazard("H-36")
def test_a_page_has_no_barrier(there: Visitor) -> None:
    assert _barriers(there, WCAG) == []


@pytest.mark.hazard("H-36")
def test_a_page_can_be_read_in_the_dark(there: Visitor) -> None:
    if there.language != "nl":
        pytest.skip("colours do not depend on the language")
    there.page.emulate_media(color_scheme="dark")

    assert _barriers(there, COLOURS) == []
    there.page.emulate_media(color_scheme="light")


@pytest.mark.hazard("H-36")
def test_nothing_is_cut_off_on_a_narrow_screen(there: Visitor) -> None:
    there.page.set_viewport_size(NARROW)  # type: ignore[arg-type]

    assert there.page.evaluate(CUT_OFF) == []
    there.page.emulate_media(forced_colors="active")
    assert there.page.evaluate(CUT_OFF) == []
    there.page.emulate_media(forced_colors="none")


def test_nothing_is_cut_off_when_people_space_out_the_words(there: Visitor) -> None:
    there.page.set_viewport_size(NARROW)  # type: ignore[arg-type]

    there.page.evaluate(SPACE, SPACED)

    assert there.page.evaluate(CUT_OFF) == []


def _barriers(there: Visitor, rules: dict[str, Any]) -> list[tuple[str, str]]:
    """(rule of axe, what breaks it); a run in which no rule had anything to look at is a fault."""
    result = Axe().run(there.page, options=rules).response
    assert result["passes"]
    return [(it["id"], node["html"]) for it in result["violations"] for node in it["nodes"]]
