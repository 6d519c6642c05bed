"""The page that the proxy shows while the site does not run, as a browser shows it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from stories.conftest import Town
from stories.running import environment
from stories.test_every_page import CUT_OFF, NARROW, WCAG

DOWN = Path(__file__).parents[2] / "deploy" / "down.py"


@pytest.fixture(scope="module")
def page(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("down")
    known = environment(folder, "X" * 60) | {"HOME": os.environ["HOME"]}
    made = subprocess.run([sys.executable, DOWN], env=known, check=True, capture_output=True)
    (folder / "down.html").write_bytes(made.stdout)
    with town.browser.new_context() as context:
        opened = context.new_page()
        opened.goto((folder / "down.html").as_uri())
        yield opened


@pytest.mark.hazard("H-34")
def test_it_is_one_page_and_asks_nobody_for_more(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda it: asked.append(it.url))
    page.reload()

    # The icon is in the page itself.
    assert [it for it in asked if not it.startswith("data:")] == [page.url.partition("#")[0]]


@pytest.mark.hazard("H-34")
def test_either_language_is_a_key_away(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#en h2")).to_be_in_viewport()
    expect(page.locator("#en")).to_be_focused()


@pytest.mark.hazard("H-36")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_barriers(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    found = Axe().run(page, options=WCAG).response

    assert found["passes"]
    assert [(it["id"], node["html"]) for it in found["violations"] for node in it["nodes"]] == []


@pytest.mark.hazard("H-36")
def test_nothing_is_cut_off_on_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]

    assert page.evaluate(CUT_OFF) == []
