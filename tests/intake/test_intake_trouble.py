"""What goes wrong on the way is said, loses nothing, and never becomes markup or a leak."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from intake.conftest import Somebody, served
from intake.running import HOSTILE, Guest, meets_only_text, policy, practice


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def _says(guest: Guest, kind: str, **values: object) -> None:
    alert = guest.page.get_by_role("alert")
    expect(alert).to_contain_text(guest.word(f"component_trouble_{kind}", **values))
    expect(alert).to_contain_text(guest.word("component_trouble_worried"))


@pytest.mark.hazard("H-34", "H-35")
def test_while_the_api_is_away_the_answers_wait_and_the_signs_stay(somebody: Somebody) -> None:
    guest = somebody()
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.page.route(f"{guest.api}**", lambda route: route.abort("connectionrefused"))
    guest.goes_on()

    _says(guest, "unreachable")
    expect(guest.page.get_by_role("alert")).to_contain_text(guest.word("component_trouble_kept"))
    expect(guest.page.get_by_role("radio", name=guest.yes(), exact=True)).to_be_checked()
    guest.page.get_by_text(guest.word("signs_title")).click()
    expect(guest.element.locator("a[href='tel:112']").first).to_be_visible()
    guest.presses("component_retry")
    _says(guest, "unreachable")
    guest.page.unroute(f"{guest.api}**")
    guest.presses("component_retry")

    expect(guest.title).to_contain_text("112")
    expect(guest.page.get_by_role("alert")).to_have_count(0)


def test_too_many_requests_says_how_long_to_wait(somebody: Somebody, tmp_path: Path) -> None:
    with (
        served(tmp_path, RUGKOMPAS_REQUESTS_A_MINUTE="1") as busy,
        practice(f"{busy.address}/api/v1/") as address,
    ):
        guest = somebody(address=address, asks=f"{busy.address}/api/v1/")
        guest.starts()
        guest.types("age_years", "44")
        # A minute of the clock can end just after it was used up; not three times in a row.
        for _ in range(3):
            while _status(f"{busy.address}/api/v1/knowledge") != 429:
                pass
            with guest.page.expect_response(f"{guest.api}next*") as waiting:
                guest.goes_on()
            if waiting.value.status == 429:
                break
            guest.presses("back")

        _says(guest, "busy", seconds=60)
        expect(guest.page.get_by_role("textbox")).to_have_value("44")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"status": 503, "body": "<h1>away</h1>"}, "unreachable"),
        ({"status": 502, "body": ""}, "unreachable"),
        ({"status": 404, "body": "{}"}, "strange"),
        ({"status": 200, "body": "<p>not JSON</p>"}, "strange"),
        ({"status": 200, "body": "[]"}, "strange"),
        ({"status": 200, "body": '{"page": {"id": "x", "questions": []}}'}, "strange"),
        ({"status": 307, "headers": {"Location": "https://elders.example/"}}, "unreachable"),
    ],
)
def test_whatever_comes_instead_of_a_page_is_said(
    somebody: Somebody, answer: dict[str, Any], kind: str
) -> None:
    guest = somebody()
    open_ = {"Access-Control-Allow-Origin": "*", **answer.pop("headers", {})}
    guest.page.route(f"{guest.api}next*", lambda route: route.fulfill(headers=open_, **answer))
    guest.presses("start_button")

    _says(guest, kind)
    expect(guest.title).to_have_text(guest.word("component_start_title"))


def test_a_result_that_cannot_be_shown_leaves_nobody_without_a_word(somebody: Somebody) -> None:
    guest = somebody()

    def broken(route: Route) -> None:
        data = route.fetch().json()
        data["report"]["sections"] = [{"id": "net", "title": "x"}]
        route.fulfill(json=data, headers={"Access-Control-Allow-Origin": "*"})

    guest.page.route(f"{guest.api}report*", broken)
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.goes_on()

    _says(guest, "strange")
    expect(guest.element.locator("a[href='tel:112']").first).to_be_attached()
    assert [it for it in guest.faults if not it.startswith("script: ")] == []
    guest.faults.clear()


def _hostile(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _hostile(it, name) for name, it in value.items()}
    if isinstance(value, list):
        return [_hostile(it, key) for it in value]
    kept = ("id", "kind", "value", "urgency", "stage")
    if key == "url":
        return "javascript:globalThis.broken=1"
    if key == "phone":
        return 'javascript:"'
    return HOSTILE if isinstance(value, str) and key not in kept else value


def test_words_of_an_api_are_shown_as_text(somebody: Somebody) -> None:
    guest = somebody()

    def changed(route: Route) -> None:
        made = route.fetch()
        route.fulfill(response=made, json=_hostile(made.json()))

    guest.page.route(f"{guest.api}**", changed)

    meets_only_text(guest)

    assert guest.element.locator("a[href='tel:112']").count() > 1


def test_a_name_of_a_question_cannot_change_the_page(somebody: Somebody) -> None:
    guest = somebody()

    def changed(route: Route) -> None:
        made = route.fetch()
        data = made.json()
        data["page"]["questions"][0]["id"] = "__proto__.polluted"
        route.fulfill(response=made, json=data)

    guest.page.route(f"{guest.api}next*", changed)
    guest.starts()
    guest.page.unroute(f"{guest.api}next*")
    guest.types("age_years", "44")
    guest.goes_on()

    expect(guest.page.get_by_role("alert")).to_be_visible()
    assert guest.page.evaluate("({}).polluted") is None
    assert '{"__proto__":{"polluted":44}}' in (guest.sent[-1].post_data or "")


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "data:,x", "http://["])
def test_without_a_right_address_nothing_is_asked(somebody: Somebody, address: str) -> None:
    guest = somebody()
    guest.element.evaluate("(it, to) => it.setAttribute('api', to)", address)

    expect(guest.title).to_have_text(guest.word("component_nothing_title"))
    expect(guest.element).to_contain_text(guest.word("component_trouble_setup"))
    assert guest.page.get_by_role("button").count() == 0
    assert guest.sent == []


@pytest.mark.hazard("H-43", "H-45")
def test_nothing_is_stored_and_nothing_is_sent_but_to_the_api(
    somebody: Somebody, api: str, practice_site: str
) -> None:
    guest = somebody()
    policies: list[str] = []
    guest.page.on(
        "response", lambda it: policies.append(it.headers.get("content-security-policy", ""))
    )
    guest.page.reload()
    assert guest.sent == []
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.goes_on()
    expect(guest.title).to_contain_text("112")

    assert policies[0] == policy(api)
    stored = """async () => [localStorage.length, sessionStorage.length, document.cookie,
      (await indexedDB.databases()).length, (await caches.keys()).length, history.length]"""
    assert guest.page.evaluate(stored) == [0, 0, "", 0, 0, guest.page.evaluate("history.length")]
    assert guest.page.context.cookies() == []
    assert guest.page.url == f"{practice_site}/nl.html"
    for request in guest.sent:
        headers = request.all_headers()
        assert request.url.partition("?")[2] == "language=nl"
        assert not {"cookie", "referer", "authorization"} & set(headers)
    # And after wiping there is nothing left in the page either
    guest.presses("component_restart")
    guest.starts()
    expect(guest.page.get_by_role("textbox")).to_have_value("")
    assert json.loads(guest.sent[-1].post_data or "") == {
        "answers": {},
        "passed": [],
        "life": False,
    }
