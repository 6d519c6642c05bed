"""Somebody who has only a keyboard: the same verbs, with Tab, arrows, Space and Enter."""

from __future__ import annotations

from playwright.sync_api import Locator

from stories.visitor import Visitor

MOST_TABS = 150
"""More stops than any page has before what one looks for."""


class KeyboardVisitor(Visitor):
    """Never touches a mouse, and reaches everything from where the focus is."""

    def _leaves_by(self, link: Locator) -> None:
        self._tabs_to(link.first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _chooses(self, choice: Locator) -> None:
        if choice.get_attribute("type") == "checkbox":
            self._tabs_to(choice)
            self.page.keyboard.press("Space")
            return
        # A group of radio buttons is one stop; arrows go through it.
        group = choice.locator("xpath=ancestor::fieldset").get_by_role("radio")
        wanted = choice.element_handle()
        self._tabs_to(group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked()

    def _types(self, box: Locator, text: str) -> None:
        self._tabs_to(box)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def _tabs_to(self, target: Locator) -> None:
        # Found once: looking for it anew at each stop takes longer than all the rest.
        wanted = target.element_handle()
        for _ in range(MOST_TABS):
            if wanted.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not reach {target}")
