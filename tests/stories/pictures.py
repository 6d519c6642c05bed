"""Makes docs/pictures anew: ``make pictures``, when a page has changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator

from rugkompas.catalogue import load
from stories.every_page import CHOSEN, PAGES, PageState
from stories.people import AUTHOR, PLANTED, TRIAGE
from stories.running import Site, chromium, running
from stories.visitor import Visitor

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


def files(shown: Iterable[str] = tuple(SHOWN)) -> list[str]:
    """The name of each file."""
    return [f"{name}-{screen}.png" for name in shown for screen in SCREENS]


def make(folder: Path, browser: Browser, site: Site, shown: Iterable[str] = tuple(SHOWN)) -> None:
    """Write these pictures, or all, into the folder."""
    for name in shown:
        picture = SHOWN[name]
        for screen, (width, height) in SCREENS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=picture.colours,  # type: ignore[arg-type]
            )
            with context:
                visitor = Visitor(context, site.address, load())
                _goes_to(visitor, picture)
                visitor.page.screenshot(path=folder / f"{name}-{screen}.png")


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


if __name__ == "__main__":
    main()
