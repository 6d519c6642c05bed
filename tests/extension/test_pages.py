"""On pages of results the labels stand where Python says, and the page stays what it was."""

from __future__ import annotations

from html import escape

import pytest

from extension.running import ADDRESSES, HERE, TITLES, Extended, button, labelled, settled, titles
from rugkompas.claims import check

LATER = {
    "google": '<div class="MjjYud"><a href="#"><h3 class="LC20lb">{title}</h3></a></div>',
    "youtube": '<ytd-video-renderer><div id="title-wrapper"><h3><a id="video-title" href="#">'
    "{title}</a></h3></div></ytd-video-renderer>",
    "tiktok": '<div data-e2e="search-card-desc"><a href="#">'
    '<div data-e2e="search-card-video-caption">{title}</div></a></div>',
    "bing": '<li class="b_algo"><h2><a href="#">{title}</a></h2></li>',
    "duckduckgo": '<h2><a data-testid="result-title-a" href="#">{title}</a></h2>',
}
LIST = {
    "google": "#rso",
    "youtube": "#contents",
    "tiktok": "[data-e2e='search_top-item-list']",
    "bing": "#b_results",
    "duckduckgo": ".react-results--main",
}
SITES = pytest.mark.parametrize("name", ADDRESSES)
ADD = "([list, html]) => document.querySelector(list).insertAdjacentHTML('beforeend', html)"


def expected(found: list[str]) -> dict[str, str]:
    """What Python says of these titles."""
    kinds = {title: check(title).oversimplified for title in found}
    return {title: kind for title, kind in kinds.items() if kind != "no"}


@SITES
def test_marks_what_python_marks(dutch: Extended, name: str) -> None:
    page = dutch.open(name)
    wanted = expected(titles(page, name))
    settled(page, len(wanted))

    assert wanted
    assert labelled(page, name) == wanted


@SITES
def test_the_text_of_every_title_stays_as_it_was(dutch: Extended, name: str) -> None:
    html = (HERE / "pages" / f"{name}.html").read_text("utf-8")
    plain = dutch.show(html)
    before = titles(plain, name)
    page = dutch.open(name)

    assert titles(page, name) == before
    assert page.title() == plain.title()
    assert plain.locator("rugkompas-label").count() == 0


@SITES
def test_a_label_never_stands_inside_a_link_or_a_title(dutch: Extended, name: str) -> None:
    page = dutch.open(name)

    assert page.locator("a rugkompas-label, h1 rugkompas-label, h3 rugkompas-label").count() == 0


@SITES
def test_results_that_come_later_are_marked_too(dutch: Extended, name: str) -> None:
    page = dutch.open(name)
    first = len(expected(titles(page, name)))
    settled(page, first)
    later = ["Dit kussen is dé oplossing voor rugpijn", "Rugpijn: wanneer naar de huisarts?"]
    for title in later:
        page.evaluate(ADD, [LIST[name], LATER[name].format(title=title)])
    settled(page, first + 1)

    assert labelled(page, name)[later[0]] == "yes"
    assert later[1] not in labelled(page, name)


@SITES
def test_a_title_that_is_markup_stays_text(dutch: Extended, name: str) -> None:
    page = dutch.open(name)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    title = page.locator(TITLES[name]).filter(has_text="onerror")
    label = (
        page.locator("rugkompas-label")
        .filter(has_text="img src=x")
        .or_(title.locator("xpath=following::rugkompas-label[1]"))
    )
    button(label.first).click()
    panel = label.first.get_by_role("dialog")

    assert "<img src=x onerror=" in panel.locator("blockquote").inner_text()
    assert panel.locator("img, script").count() == 0
    assert page.title() not in ("1", "2")
    assert faults == []


def test_a_hundred_titles_get_their_labels_once(dutch: Extended) -> None:
    page = dutch.open("google")
    settled(page, len(expected(titles(page, "google"))))
    many = [f"De {number} beste oefeningen voor rugpijn" for number in range(2, 92)]
    many += [f"Recept {number}: soep met linzen" for number in range(10)]
    html = "".join(LATER["google"].format(title=escape(title)) for title in many)
    page.evaluate(ADD, [LIST["google"], html])
    wanted = expected(titles(page, "google"))
    settled(page, len(wanted))

    assert labelled(page, "google") == wanted


def test_a_title_that_changes_in_place_is_judged_anew(dutch: Extended) -> None:
    page = dutch.open("youtube")
    first = len(expected(titles(page, "youtube")))
    settled(page, first)
    change = "(text) => { document.querySelector('#video-title').textContent = text; }"
    page.evaluate(change, "Lentil soup in twenty minutes")
    settled(page, first - 1)
    page.evaluate(change, "Cure your back pain in one minute")
    settled(page, first)

    assert labelled(page, "youtube")["Cure your back pain in one minute"] == "yes"


def test_the_label_of_a_title_that_is_taken_away_goes_with_it(dutch: Extended) -> None:
    page = dutch.open("bing")
    first = len(expected(titles(page, "bing")))
    settled(page, first)
    page.evaluate("document.querySelector('#b_results h2').replaceChildren()")

    settled(page, first - 1)


def test_a_label_that_the_page_drops_comes_back_a_few_times_and_no_more(dutch: Extended) -> None:
    page = dutch.open("google")
    first = len(expected(titles(page, "google")))
    settled(page, first)
    drop = "document.querySelector('rugkompas-label').remove()"
    for _ in range(3):
        page.evaluate(drop)
        settled(page, first)
    page.evaluate(drop)
    page.evaluate(ADD, [LIST["google"], LATER["google"].format(title="Dé kuur voor rugpijn")])
    page.evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done)))")

    assert page.locator("rugkompas-label").count() <= first


def test_a_page_of_another_site_gets_no_labels_by_itself(dutch: Extended) -> None:
    page = dutch.show("<h1>De beste oefening voor rugklachten</h1>")
    page.evaluate("() => new Promise((done) => requestIdleCallback(done))")

    assert page.locator("rugkompas-label").count() == 0
