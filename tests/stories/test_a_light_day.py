"""How much a usual day asks: counted in taps and in keys on a phone-size page, not in seconds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from rugkompas.people.diary import Entry
from rugkompas.people.diary.exchange import as_lines
from stories.conftest import Somebody
from stories.writer import FACTORS, Writer

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "keep-a-diary.md"
_FOCUS = "() => [document.activeElement.id, document.activeElement.name]"


def told() -> dict[str, int]:
    """What the documentation promises: by -> how many."""
    found = re.search(r"takes (\d+) taps, or\s+(\d+) keys", PAGE.read_text("utf-8"))
    assert found
    return {"taps": int(found[1]), "keys": int(found[2])}


@pytest.fixture
def visitor(somebody: Somebody) -> Writer:
    """A carer with a diary, about to open the page of today: one activity, three factors."""
    made = somebody(Writer, has_touch=True)
    before, _ = made.had("carer", days_ago=20, until=19)
    made.opens_diary(as_lines(before))
    return made


def choices(day: Entry) -> list[str]:
    """The id of each choice of a usual day, in the order of the page."""
    scores = [f"score{n}-{score}" for n, score in enumerate(day.activities.values())]
    factors = [f"factor.{name}-{day.factors[name]}" for name in FACTORS]
    return ["signs-nothing", f"pain-{day.pain}", *scores, *factors]


def test_a_usual_day_in_taps(visitor: Writer) -> None:
    (day,) = visitor.had("carer", days_ago=20, until=19)[1]
    taps = 1
    visitor.page.get_by_role("button", name=visitor.word("diary_today"), exact=True).tap()
    for choice in choices(day):
        visitor.page.locator(f"[id='{choice}']").tap()
        taps += 1
    # The button to write stays in sight: nobody scrolls to it.
    write = visitor.page.get_by_role("button", name=visitor.word("diary_write"), exact=True)
    write.tap()
    taps += 1

    visitor.sees(visitor.diary_says("how_doing_first"))
    assert taps == told()["taps"]


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self._page, self.count = page, 0

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)
        self.count += 1

    def tab_to(self, name: str) -> None:
        """Tab until the focus is on a field, or within a group, of this name."""
        for _ in range(40):
            if name in self._page.evaluate(_FOCUS):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {name}")

    def choose(self, choice: str) -> None:
        """In a group of choices: with arrows, from the first one or back from it."""
        group = self._page.locator(f"[id='{choice}']").get_attribute("name")
        assert group is not None
        self.tab_to(group)
        places = self._page.locator(f"input[name='{group}']").evaluate_all(
            "all => all.map(it => it.id)"
        )
        place = places.index(choice)
        self.press("Space")
        back = len(places) - place
        for _ in range(min(place, back)):
            self.press("ArrowRight" if place <= back else "ArrowLeft")
        assert self._page.locator(f"[id='{choice}']").is_checked()


def test_a_usual_day_in_keys(visitor: Writer) -> None:
    (day,) = visitor.had("carer", days_ago=20, until=19)[1]
    visitor.goes_to("diary_today")
    keys = Keys(visitor.page)
    for choice in choices(day):
        keys.choose(choice)
    keys.tab_to("do")
    with visitor.page.expect_navigation():
        keys.press("Enter")

    visitor.sees(visitor.diary_says("how_doing_first"))
    assert keys.count == told()["keys"]
