"""What holds on every page of the site (tests/stories/test_every_page.py) holds on those that are
only there with a record system."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from going import NAME, signs_in
from playwright.sync_api import expect
from record_server import RecordSystem

from stories.test_every_page import COLOURS, CUT_OFF, NARROW, SPACE, SPACED, WCAG
from stories.visitor import Visitor


def _opens(path: str) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.opens(path)


def _found(visitor: Visitor) -> None:
    visitor.opens("/smart/")
    visitor.follows("smart_go", name=NAME)
    signs_in(visitor.page, "Read anna")
    expect(visitor.title).to_have_text(visitor.word("smart_found_title"))


def _taken(visitor: Visitor) -> None:
    _found(visitor)
    visitor.presses("smart_take")
    visitor.opens("/controle/")


PAGES = {
    "start (nl)": _opens("/"),
    "privacy (nl)": _opens("/privacy/"),
    "choose (en)": _opens("/smart/"),
    "found (nl)": _found,
    "found (en)": _found,
    "check (nl)": _taken,
}


@pytest.mark.hazard("H-35", "H-36")
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_record_has_no_barrier(
    page: str, visitor: Visitor, running: RecordSystem
) -> None:
    visitor.speaks(page[-3:-1])

    PAGES[page](visitor)

    expect(visitor.title).to_have_count(1)
    assert visitor.page.locator("a[href='tel:112']").count() >= 1
    assert _barriers(visitor, WCAG) == []
    visitor.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert visitor.page.evaluate(CUT_OFF) == []
    visitor.page.evaluate(SPACE, SPACED)
    assert visitor.page.evaluate(CUT_OFF) == []
    visitor.page.emulate_media(color_scheme="dark")
    assert _barriers(visitor, COLOURS) == []


def _barriers(visitor: Visitor, rules: dict[str, object]) -> list[tuple[str, str]]:
    result = Axe().run(visitor.page, options=rules).response
    assert result["passes"]
    return [(it["id"], node["html"]) for it in result["violations"] for node in it["nodes"]]


def test_the_way_through_needs_no_mouse(visitor: Visitor, running: RecordSystem) -> None:
    _found(visitor)
    page = visitor.page

    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name=visitor.word("smart_take")).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    # The age was not taken over, so it is asked.
    visitor.sees_question("age_years")
