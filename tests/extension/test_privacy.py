"""Nothing of a page leaves the browser: its own log of network use says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from extension.running import ADDRESSES, ELSEWHERE, button, extended

CANARY = "http://kanarie.invalid/gezien"


def test_the_network_log_of_the_browser_holds_nothing_of_the_extension(
    playwright_of_extension: Playwright, tmp_path: Path
) -> None:
    log = tmp_path / "net.json"
    more = [f"--log-net-log={log}", "--net-log-capture-mode=Everything"]
    with extended(playwright_of_extension, "nl", more) as browser:
        own = browser.id
        for name in ADDRESSES:
            page = browser.open(name)
            button(page.locator("rugkompas-label").first).click()
            page.get_by_role("dialog").first.wait_for()
        browser.context.unroute("**/*")
        with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
            browser.context.new_page().goto(CANARY)
    requests = _requests(log)

    assert any(url == CANARY for url, _ in requests), "the log sees what is asked"
    assert [url for url, initiator in requests if own in url or own in initiator] == []
    said = {url for url, _ in requests if "rug" in url or "pain" in url}
    assert said <= set(ADDRESSES.values())


def _requests(log: Path) -> list[tuple[str, str]]:
    """(address, who asked) of every request in a network log."""
    found = json.loads(log.read_text("utf-8"))
    return [
        (params["url"], str(params.get("initiator", "")))
        for event in found["events"]
        if "url" in (params := event.get("params") or {})
    ]


def test_pages_ask_for_nothing_more_than_without_the_extension(
    playwright_of_extension: Playwright,
) -> None:
    with extended(playwright_of_extension, "nl") as browser:
        requests: list[str] = []
        browser.context.on("request", lambda request: requests.append(request.url))
        for name in ADDRESSES:
            browser.open(name)

        assert [url for url in requests if not url.startswith("chrome-extension:")] == [
            *ADDRESSES.values()
        ]
        assert browser.asked == []
        assert ELSEWHERE not in requests
