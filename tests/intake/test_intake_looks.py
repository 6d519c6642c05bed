"""Every state of the component has no barrier and fits 320 pixels; a practice sets its colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from intake.conftest import Somebody
from intake.running import Guest, walks
from stories.people import CALM, steps

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules of axe of which the outcome can differ between light and dark."""
OPEN = "(it) => it.shadowRoot.querySelectorAll('details').forEach((each) => { each.open = true })"
NARROW = {"width": 320, "height": 256}
CUT_OFF = """(host) => {
  const wide = document.documentElement.scrollWidth
  const found = wide > innerWidth ? [`the page is ${wide} wide`] : []
  for (const it of host.shadowRoot.querySelectorAll("*")) {
    const box = it.getBoundingClientRect()
    const words = [...it.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    if (!words || !it.checkVisibility({visibilityProperty: true}) || box.width <= 1) continue
    if (box.left < -1 || box.right > innerWidth + 1) found.push(it.outerHTML.slice(0, 120))
  }
  return found
}"""


def _start(_: Guest) -> None:
    """As it opens."""


def _wrong(guest: Guest) -> None:
    guest.starts()
    guest.goes_on()
    expect(guest.page.get_by_role("alert")).to_be_visible()


def _away(guest: Guest) -> None:
    guest.page.route(f"{guest.api}**", lambda route: route.abort())
    guest.presses("start_button")
    expect(guest.page.get_by_role("alert")).to_be_visible()


def _call(guest: Guest) -> None:
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.goes_on()
    expect(guest.title).to_contain_text("112")


def _result(guest: Guest) -> None:
    walks(guest, steps(CALM))
    expect(guest.page.get_by_role("button", name=guest.word("offer_yes"))).to_be_visible()
    _fits(guest)


def _group(guest: Guest) -> None:
    """After it a group of questions, and activities to type."""
    _result(guest)
    walks(guest, steps(CALM), by="offer_yes", to="factors_home")
    _fits(guest)
    walks(guest, steps(CALM), by="next", to="life_goals")


def _alone(guest: Guest) -> None:
    """A result that was made on the device; after the page on which it begins."""
    _fits(guest)
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.goes_on()
    expect(
        guest.page.get_by_role("button", name=guest.word("component_save_button"))
    ).to_be_visible()


def _old(guest: Guest) -> None:
    expect(guest.title).to_have_text(guest.word("component_nothing_title"))


STATES: dict[str, Callable[[Guest], None]] = {
    it.__name__.strip("_"): it for it in (_start, _wrong, _away, _call, _group)
}


@pytest.mark.hazard("H-36")
@pytest.mark.parametrize("state", STATES)
def test_a_state_has_no_barrier_and_nothing_is_cut_off(somebody: Somebody, state: str) -> None:
    guest = somebody()
    STATES[state](guest)
    _fits(guest)


@pytest.mark.hazard("H-36")
@pytest.mark.parametrize(("state", "days"), [(_alone, 0), (_old, 10_000)])
def test_without_a_server_a_state_has_no_barrier_either(
    alone: Somebody, state: Callable[[Guest], None], days: int, day: dt.date
) -> None:
    guest = alone(day=day + dt.timedelta(days))
    state(guest)
    _fits(guest)


def _fits(guest: Guest) -> None:
    guest.element.evaluate(OPEN)
    assert _barriers(guest, WCAG) == []
    guest.page.emulate_media(color_scheme="dark")
    assert _barriers(guest, COLOURS) == []
    guest.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert guest.element.evaluate(CUT_OFF) == []


def test_a_practice_sets_its_colours(somebody: Somebody) -> None:
    guest = somebody()
    guest.element.evaluate("(it) => it.style.setProperty('--rugkompas-accent', 'rgb(90, 20, 120)')")
    colour = "(it) => getComputedStyle(it).backgroundColor"
    button = guest.page.get_by_role("button", name=guest.word("start_button"))

    assert button.evaluate(colour) == "rgb(90, 20, 120)"
    assert button.get_attribute("part") == "button next"


def _barriers(guest: Guest, rules: dict[str, Any]) -> list[tuple[str, str]]:
    found = Axe().run(guest.page, context="rugkompas-intake", options=rules).response
    assert found["passes"]
    return [(it["id"], node["html"]) for it in found["violations"] for node in it["nodes"]]
