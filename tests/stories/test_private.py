"""What a person tells stays theirs: wiped when they wipe, taken along when they take it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import qrcode
from playwright.sync_api import expect

from stories.conftest import Somebody, Town
from stories.people import GARDENER, PLANTED
from stories.running import QUIET, Site, chromium_path
from stories.visitor import Visitor


@pytest.fixture
def at_home(town: Town, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody on the computer of the family: the profile of its browser is in ``tmp_path``."""
    context = town.browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=chromium_path(), args=list(QUIET)
    )
    yield Visitor(context, town.site.address, town.knowledge)
    context.close()


@pytest.mark.hazard("H-43", "H-47")
def test_who_wipes_leaves_nothing_behind(at_home: Visitor, site: Site, tmp_path: Path) -> None:
    # Given somebody who told what they would love to do again, and looked at everything
    at_home.tells(PLANTED)
    at_home.opens("/plan/")
    at_home.opens("/controle/")
    at_home.sees(GARDENER)

    # When they wipe
    at_home.wipes()

    # Then who looks over their shoulder sees nothing about health
    expect(at_home.page.get_by_role("link")).to_have_count(1)
    expect(at_home.page.locator("a[href^='tel:']")).to_have_count(0)
    # And the browser holds nothing of it, and going back shows nothing
    page = at_home.page
    assert at_home.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("caches.keys()") == []
    for _ in range(2):
        page.go_back()
        assert GARDENER not in page.content()
    at_home.opens("/controle/")
    at_home.sees(at_home.word("check_none"))
    assert at_home.faults == []
    at_home.context.close()
    # And no file of the browser, of the server, its database or its log holds a word of it
    assert _files_with(GARDENER, tmp_path) == []
    assert _files_with(GARDENER, site.folder) == []
    assert "Zonnebloem" not in site.log


@pytest.mark.hazard("H-43", "H-46")
def test_no_address_and_no_log_tells_an_answer(visitor: Visitor, site: Site) -> None:
    addresses: list[str] = []
    visitor.page.on("request", lambda request: addresses.append(request.url))

    visitor.tells(PLANTED)
    for path in ("/controle/", "/uitslag/", "/keuzes/", "/plan/", "/samenvatting/"):
        visitor.opens(path)

    told = ("Zonnebloem", "unchanged", "care_load", "planned", "male")
    for text in (*addresses, site.log):
        assert [word for word in told if word in text] == []


def test_answers_that_were_saved_open_on_another_device(somebody: Somebody) -> None:
    # Given somebody who saved their answers on their own device
    first = somebody(answers=PLANTED)
    first.opens("/uitslag/")
    file = first.downloads("foot_save")
    before = first.outcome()

    # When they open that file in another browser
    second = somebody()
    second.loads(file)

    # Then everything is as it was
    assert second.outcome() == before
    second.opens("/controle/")
    second.sees(GARDENER)


def test_a_file_that_is_no_answer_changes_nothing(visitor: Visitor) -> None:
    visitor.tells(PLANTED)
    before = visitor.outcome()

    visitor.sends_file(b'{"age_years": "x" * 9')

    visitor.sees(visitor.word("load_wrong"))
    expect(visitor.page.get_by_role("alert")).to_be_focused()
    assert visitor.outcome() == before


@pytest.mark.hazard("H-43")
def test_a_link_for_another_device_works_once(somebody: Somebody, site: Site) -> None:
    # Given somebody who asks for a link
    kept = _kept(site)
    first = somebody(answers=PLANTED)
    first.opens()
    first.follows("foot_device")
    first.presses("device_button")
    link = first.page.get_by_label(first.word("device_link")).input_value()
    assert _kept(site) == kept + 1
    # Then the picture to scan says the same as the link, and the database cannot read it
    assert _squares(link) == first.main.locator("svg path").get_attribute("d")
    assert _files_with(GARDENER, site.folder) == []

    # When they open it on their phone
    second = somebody()
    second.page.goto(link)
    second.presses("take_button")
    # Then they go on there
    second.sees(GARDENER)
    assert second.outcome() == first.outcome()

    # And whoever opens it later gets nothing, nor is anything kept
    third = somebody()
    third.page.goto(link)
    if third.page.get_by_role("button", name=third.word("take_button")).count():
        third.presses("take_button")
    expect(third.title).to_have_text(third.word("take_gone_title"))
    third.opens("/controle/")
    third.sees(third.word("check_none"))
    assert _kept(site) == kept


def _kept(site: Site) -> int:
    """How many links wait to be opened."""
    with sqlite3.connect(site.folder / "site.sqlite3") as database:
        return int(database.execute("select count(*) from web_parcel").fetchone()[0])


def _files_with(words: str, folder: Path) -> list[str]:
    """The files of a folder in which these words stand, however they were written down."""
    kinds = [words.encode(kind) for kind in ("utf-8", "utf-16-le")]
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(kind in path.read_bytes() for kind in kinds)
    ]


def _squares(link: str) -> str:
    """The dark squares of the code for a link."""
    code = qrcode.QRCode(border=4)
    code.add_data(link)
    rows = enumerate(code.get_matrix())
    return "".join(f"M{x} {y}h1v1h-1z" for y, row in rows for x, dark in enumerate(row) if dark)
