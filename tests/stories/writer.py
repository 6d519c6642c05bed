"""Somebody who keeps a diary on the site, in a file or in an account."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page

from rugkompas.people.diary import Book, Diary, Entry
from rugkompas.people.made_up_diaries import Kind, diary
from stories.running import Site
from stories.test_passkey import newest_code
from stories.visitor import Visitor

PASSWORD = "zeven groene fietsen"
FACTORS = ("broken_night", "lifting", "stress")
SEED = 1
WEEK_UNCHANGED = {"week.course_activity": "unchanged", "week.roles": "partly"}


class Writer(Visitor):
    """Writes as on paper: the day, the signs, the scores, and on."""

    def opens_diary(self, file: bytes) -> None:
        self.opens("/dagboek/")
        self.page.set_input_files("#file", sent(file))
        self.presses("diary_open_button")

    def fills_day(self, page: Page, told: Entry, **also: str) -> None:
        """A day as it was, on a page. also: id of a field -> what is chosen in it."""
        page.locator("#day").fill(told.day.isoformat())
        chosen = {"signs": "nothing", "pain": str(told.pain)}
        chosen |= {f"score{n}": str(score) for n, score in enumerate(told.activities.values())}
        chosen |= {f"factor.{name}": str(told.factors[name]) for name in FACTORS}
        for field, value in (chosen | also).items():
            page.locator(f"[id='{field}-{value}']").check()

    def writes(self, told: Entry, **also: str) -> None:
        """A day on the page that is open."""
        self.fills_day(self.page, told, **also)
        self.presses("diary_write")

    def saves(self, place: Path) -> Book:
        """What they have in their file."""
        return self._downloaded(self._button("diary_save"), place)

    def takes_along(self, place: Path) -> Book:
        """What stands in their account, as a file."""
        self.goes_to("diary_way_diary_take")
        name = self.word("diary_take_button_diary_file")
        return self._downloaded(self.page.get_by_role("link", name=name, exact=True), place)

    def goes_to(self, key: str) -> None:
        """Through the diary: with a button that carries it, in an account with a link."""
        link = self.page.get_by_role("link", name=self.word(key), exact=True)
        self._leaves_by(self._button(key).or_(link))

    def makes_account(self, site: Site, email: str) -> None:
        """With the code from the mail; they agree that their diary is kept."""
        self.opens("/account/nieuw/")
        self.page.fill("#email", email)
        self.page.fill("#password1", PASSWORD)
        self.page.check("#agrees")
        self.page.check("#old_enough")
        self.presses("account_sign_up_button")
        self.page.fill("#code", newest_code(site))
        self.presses("next")
        self.follows("account_agree_link")
        self.page.check("#agrees")
        self.presses("account_agree_button")

    def signs_in(self, email: str) -> None:
        self.opens("/account/inloggen/")
        self.page.fill("#login", email)
        self.page.fill("#password", PASSWORD)
        self.presses("account_sign_in_button")

    def moves_in(self, file: bytes) -> None:
        """A file goes into their account."""
        self.opens("/account/dagboek/")
        self.page.set_input_files("#file", sent(file))
        self.presses("account_move_in_button")
        self.sees(self.word("diary_merged"))

    def diary_says(self, key: str, **values: object) -> str:
        """A sentence of the diary, by its key."""
        return self.knowledge.words[self.language].diary[key].format(**values)

    def had(self, kind: Kind, *, days_ago: int, until: int) -> tuple[Book, list[Entry]]:
        """(a made-up diary that began so many days ago, as it was on day ``until``; the days
        after that, up to today)."""
        start = dt.date.today() - dt.timedelta(days=days_ago)
        whole = diary(kind, SEED, start, self.knowledge)
        last = start + dt.timedelta(days=until)
        after = [e for e in whole.entries if last < e.day <= dt.date.today()]
        return Book(line for line in whole.lines if line.day <= last), after

    def _button(self, key: str) -> Locator:
        return self.page.get_by_role("button", name=self.word(key), exact=True).first

    def _downloaded(self, way: Locator, place: Path) -> Book:
        with self.page.expect_download() as download:
            way.click()
        download.value.save_as(place)
        return Diary(place).book


def sent(file: bytes) -> FilePayload:
    """A file as a browser sends it."""
    return {"name": "dagboek.jsonl", "mimeType": "application/x-ndjson", "buffer": file}
