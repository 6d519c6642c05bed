"""Both launches from end to end in a real browser, between a site and a record system that are
two sites to it: cookies, redirects and forms behave as in the world."""

from __future__ import annotations

import json
import re

import pytest
from going import NAME, asked_of, signs_in
from people import CALM
from playwright.sync_api import Page, expect
from record_server import RecordSystem
from server import Served

from stories.visitor import Visitor
from stories.walking import walks

OF_RECORD = ("age_years", "sex", "cancer", "bone_risk", "pain_nrs")
LEFT = ("pain_duration_days", "leg_pain")
"""What the person answers on the pages after the record."""
BEFORE = {name: it for name, it in CALM.items() if name not in (*OF_RECORD, *LEFT)}


def own_faults(visitor: Visitor, system: RecordSystem) -> list[str]:
    """What went wrong on our own pages; the record system was meant to be visited."""
    return [
        it for it in visitor.faults if f"asked of another host: http://{system.host}/" not in it
    ]


def addresses_of(page: Page) -> list[str]:
    """Every address that the browser went to, in order."""
    found: list[str] = []
    page.on("request", lambda it: found.append(it.url) if it.is_navigation_request() else None)
    return found


@pytest.mark.hazard("H-43", "H-46", "H-54")
def test_somebody_starts_with_their_record_and_sees_the_result(
    visitor: Visitor, running: RecordSystem, site: Served
) -> None:
    visitor.tells(BEFORE)
    visited = addresses_of(visitor.page)
    visitor.opens()
    visitor.follows("smart_link")
    visitor.follows("smart_go", name=NAME)
    signs_in(visitor.page, "Read anna")

    # The page leads on by itself, and its address tells nothing.
    visitor.page.wait_for_url(f"{site.address}/smart/gegevens/")
    expect(visitor.title).to_have_text(visitor.word("smart_found_title"))
    visitor.sees("Anna Bakker-Zilver")
    visitor.sees("5 maart 1961")
    boxes = visitor.page.get_by_role("checkbox")
    expect(boxes).to_have_count(6)
    visitor.presses("smart_add")

    visitor.follows("check_more")
    asked = set(walks(visitor, CALM, until="offer"))
    assert set(LEFT) <= asked
    assert not asked & {*OF_RECORD, "trauma"}
    visitor.opens("/controle/")
    marks = visitor.main.get_by_text(f"({visitor.word('smart_mark')})")
    expect(marks).to_have_count(5)
    visitor.opens("/uitslag/")
    # Cancer in the past comes from the record: an appointment within days.
    visitor.sees("u vroeger kanker heeft gehad")
    assert own_faults(visitor, running) == []
    _nothing_is_left(visited, site, running)


def _nothing_is_left(visited: list[str], site: Served, system: RecordSystem) -> None:
    """No answer, name, token or patient in an address, and none in anything that was written."""
    ours = [address for address in visited if address.startswith(site.address)]
    told = re.compile(r"anna|bakker|zilver|1961|past|cancer|person_facts", re.I)
    assert [address for address in ours if told.search(address)] == []
    assert [set(asked_of(it)) for it in ours if "?" in it] == [{"code", "state"}]
    tokens = [token for token in system.tokens if token]
    codes = list(system.codes)
    written = site.everything_written()
    for secret in (*tokens, *codes, "Zilver", "1961-03-05", "anna"):
        assert [name for name, data in written.items() if secret.encode() in data] == []
    lines = [json.loads(line) for line in written["err"].splitlines()]
    assert {"smart", "smart_go", "smart_back", "smart_found"} <= {it.get("page") for it in lines}


@pytest.mark.hazard("H-54")
def test_a_record_system_opens_it_for_a_patient(
    visitor: Visitor, running: RecordSystem, site: Served
) -> None:
    """A physiotherapist with a patient who filled in something before; they switch language
    while they look at what was found."""
    visitor.opens("/vragen/1/")
    visitor.answers("age_years", 41)
    running.launches.clear()
    running.launch("bram")
    visitor.page.goto(f"http://{running.host}/portal")
    visitor.page.get_by_role("link", name="Rugkompas for bram").click()
    signs_in(visitor.page, "Read bram")

    visitor.page.wait_for_url(f"{site.address}/smart/gegevens/")
    visitor.sees("Bram Visser")
    visitor.switches_language()
    visitor.sees("Bram Visser")
    visitor.sees(visitor.word("smart_already"))
    visitor.presses("smart_add")

    # Their own answer stays; the rest came from the record.
    expect(visitor.title).to_have_text(visitor.word("check_title"))
    visitor.sees("41")
    expect(visitor.main.get_by_text(f"({visitor.word('smart_mark')})")).to_have_count(1)
    assert own_faults(visitor, running) == []


def test_somebody_does_not_permit_it_and_goes_on(
    visitor: Visitor, running: RecordSystem, site: Served
) -> None:
    visitor.speaks("en")
    visitor.opens("/smart/")
    visitor.follows("smart_go", name=NAME)
    signs_in(visitor.page, "Do not read")

    # In their own language, though strict cookies stay behind on the way back.
    expect(visitor.title).to_have_text("You did not give permission")
    visitor.follows("smart_without")
    visitor.sees_question("age_years")
    assert visitor.language == "en"
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.hazard("H-34")
def test_when_the_record_system_fails_the_questions_do_not(
    visitor: Visitor, running: RecordSystem, site: Served
) -> None:
    running.instead["token"] = lambda handler, _: handler.write(500, b"fault")
    visitor.opens("/smart/")
    visitor.follows("smart_go", name=NAME)
    signs_in(visitor.page, "Read anna")

    expect(visitor.title).to_have_text(visitor.word("smart_problem_title_unreachable"))
    visitor.follows("smart_without")
    visitor.sees_question("age_years")
    assert '"event": "record"' in site.everything_written()["err"].decode()


@pytest.mark.hazard("H-45")
def test_in_a_frame_of_the_record_system_nothing_is_shown(
    visitor: Visitor, running: RecordSystem, site: Served
) -> None:
    page = visitor.page
    page.goto(f"http://{running.host}/portal")
    page.evaluate(
        """address => new Promise(done => {
          const frame = document.createElement("iframe")
          frame.src = address
          frame.onload = done
          document.body.append(frame)
        })""",
        f"{site.address}/smart/",
    )

    (frame,) = page.frames[1:]
    assert "smart" not in frame.url or frame.locator("h1").count() == 0


@pytest.mark.hazard("H-43")
def test_wiping_takes_what_was_found_too(
    visitor: Visitor, running: RecordSystem, site: Served
) -> None:
    visitor.opens("/vragen/1/")
    visitor.answers("age_years", 41)
    visitor.opens("/smart/")
    visitor.follows("smart_go", name=NAME)
    signs_in(visitor.page, "Read anna")
    visitor.page.wait_for_url(f"{site.address}/smart/gegevens/")
    kept = {it["name"]: it for it in visitor.context.cookies(site.address)}  # type: ignore[arg-type]
    assert kept["record"]["sameSite"] == "Strict"
    assert kept["record"]["httpOnly"]

    visitor.wipes()

    left = {it["name"] for it in visitor.context.cookies(site.address)}  # type: ignore[arg-type]
    assert left <= {"csrftoken"}
    visitor.opens("/smart/gegevens/")
    visitor.sees_not("Anna")
