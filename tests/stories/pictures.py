"""Makes docs/pictures anew: ``make pictures``, when a page has changed."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator

from rugkompas.catalogue import load
from rugkompas.people.diary import Book
from rugkompas.people.diary.exchange import as_lines
from rugkompas.people.made_up_diaries import Kind, diary
from stories.every_page import CHOSEN, PAGES, PageState
from stories.people import AUTHOR, PLANTED, TRIAGE
from stories.running import Site, chromium, running
from stories.visitor import Visitor
from stories.writer import sent

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SCREENS = {"phone": (390, 844), "desk": (1000, 900)}
"""Kind of screen -> width and height in pixels."""
MOST_BYTES = 150_000


def _roles(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("region", name=visitor.said("roles_title"), exact=True)


def _steps(visitor: Visitor) -> Locator:
    return visitor.about(CHOSEN["picks"][0])


@dataclass(frozen=True, slots=True)
class Picture:
    """page: how to get there. at: what stands at the top of it; without, the top of the page."""

    page: PageState
    at: Callable[[Visitor], Locator] | None = field(default=None)
    language: str = "nl"
    colours: str = "light"


def _keeps(kind: Kind, days: int, key: str, *, until: int | None = None) -> PageState:
    """A page of somebody's diary that began so many days ago, as it is after day ``until``."""

    def then(visitor: Visitor) -> None:
        start = dt.date.today() - dt.timedelta(days=days)
        last = start + dt.timedelta(days=days if until is None else until)
        lines = diary(kind, 1, start, visitor.knowledge).lines
        file = as_lines(Book(line for line in lines if line.day <= last))
        visitor.page.set_input_files("#file", sent(file))
        visitor.presses("diary_open_button")
        visitor.presses(key)

    return PageState(path="/dagboek/", then=then)


def _part(id_: str) -> Callable[[Visitor], Locator]:
    return lambda visitor: visitor.page.locator(f"#{id_}")


_SADDLE = {name: it for name, it in TRIAGE.items() if name != "saddle_change"}
SHOWN = {
    "start": Picture(PAGES["start"]),
    "question": Picture(PageState(_SADDLE)),
    "group": Picture(PAGES["group"]),
    "mistake": Picture(PAGES["question, nothing chosen"], language="en", colours="dark"),
    "check": Picture(PageState(PLANTED, "/controle/")),
    "result": Picture(PageState(AUTHOR, "/uitslag/")),
    "roles": Picture(PageState(AUTHOR, "/uitslag/"), _roles),
    "options": Picture(PAGES["options, one struck, two in the plan"], language="en"),
    "plan": Picture(PAGES["plan, chosen"], _steps),
    "claim": Picture(PAGES["claim, checked"]),
    "emergency": Picture(PAGES["emergency"]),
}

DIARIES = {
    "diary-site-day-phone": Picture(_keeps("carer", 20, "diary_today", until=19)),
    "diary-site-moments-phone": Picture(
        _keeps("deviating", 21, "diary_way_diary_course"), _part("moments")
    ),
    "diary-site-course-desk": Picture(
        _keeps("recovering", 84, "diary_way_diary_course"), _part("chart")
    ),
    "diary-site-patterns-phone": Picture(
        _keeps("carer", 84, "diary_way_diary_patterns"), _part("patterns"), colours="dark"
    ),
    "diary-site-patterns-desk": Picture(
        _keeps("carer", 84, "diary_way_diary_patterns"), _part("patterns"), language="en"
    ),
}
"""Name with its kind of screen -> the picture; shown in how-to/keep-a-diary.md."""


def files(shown: Iterable[str] = tuple(SHOWN)) -> list[str]:
    """The name of each file."""
    return [f"{name}-{screen}.png" for name in shown for screen in SCREENS]


def make(folder: Path, browser: Browser, site: Site, shown: Iterable[str] = tuple(SHOWN)) -> None:
    """Write these pictures, or all, into the folder."""
    for name in shown:
        for screen in SCREENS:
            _take(SHOWN[name], screen, folder / f"{name}-{screen}.png", browser, site)


def make_diaries(
    folder: Path, browser: Browser, site: Site, shown: Iterable[str] = tuple(DIARIES)
) -> None:
    """Write these pictures of a diary, or all, into the folder."""
    for name in shown:
        _take(DIARIES[name], name.rpartition("-")[2], folder / f"{name}.png", browser, site)


def _take(picture: Picture, screen: str, file: Path, browser: Browser, site: Site) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=picture.colours,  # type: ignore[arg-type]
    )
    with context:
        visitor = Visitor(context, site.address, load())
        _goes_to(visitor, picture)
        visitor.page.screenshot(path=file)


def _goes_to(visitor: Visitor, picture: Picture) -> None:
    if picture.page.answers:
        visitor.tells(picture.page.answers)
    visitor.speaks(picture.language)
    visitor.opens(picture.page.path)
    picture.page.then(visitor)
    if picture.at:
        picture.at(visitor).evaluate("it => it.scrollIntoView()")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as site,
        chromium() as browser,
    ):
        make(FOLDER, browser, site)
        make_diaries(FOLDER, browser, site)


if __name__ == "__main__":
    main()
