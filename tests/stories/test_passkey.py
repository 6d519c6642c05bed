"""Somebody signs in with a passkey: Chromium with an authenticator of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from stories.conftest import Town
from stories.running import Site

EMAIL = "jo@mail.example"
PASSWORD = "zeven groene fietsen"


def newest_code(site: Site) -> str:
    """The code in the newest mail: this site puts mails in a folder."""
    written = "".join(path.read_text("utf-8") for path in mails(site))
    return re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", written)[-1]


def mails(site: Site) -> list[Path]:
    return sorted((site.folder / "mail").glob("*.log"), key=lambda it: it.stat().st_mtime)


def has_authenticator(page: Page) -> None:
    """Give the browser an authenticator that knows its owner's finger."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        **{"protocol": "ctap2", "transport": "internal", "hasResidentKey": True},
        **{"hasUserVerification": True, "isUserVerified": True},
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.hazard("H-42", "H-45")
def test_a_passkey_is_made_and_opens_the_account_without_a_password(town: Town) -> None:
    # A passkey belongs to a name; browsers take localhost for safe, an address of numbers not.
    address = town.site.address.replace("127.0.0.1", "localhost")
    with town.browser.new_context() as context:
        page = context.new_page()
        foreign: list[str] = []
        refused: list[str] = []
        page.on("request", lambda it: it.url.startswith(address) or foreign.append(it.url))
        page.on("console", lambda it: it.type == "error" and refused.append(it.text))
        has_authenticator(page)

        page.goto(f"{address}/account/nieuw/")
        page.fill("#email", EMAIL)
        page.fill("#password1", PASSWORD)
        page.check("#agrees")
        page.check("#old_enough")
        page.click("form#form button")
        page.fill("#code", newest_code(town.site))
        page.click("form#form button")
        page.goto(f"{address}/account/stap/sleutels/nieuw/")
        page.fill("#password", PASSWORD)
        page.click("form#form button")
        page.click("form#passkey button")
        page.wait_for_url("**/account/stap/reserve/")
        assert page.locator("main code").count() == 10

        page.goto(f"{address}/account/uitloggen/")
        page.click("main form button")
        page.goto(f"{address}/account/inloggen/sleutel/")
        page.click("form#passkey button")
        page.wait_for_url("**/account/")
        assert EMAIL in page.inner_text("main")

        page.goto(f"{address}/account/uitloggen/")
        page.click("main form button")
        page.goto(f"{address}/account/inloggen/")
        page.fill("#login", EMAIL)
        page.fill("#password", PASSWORD)
        page.click("form#form button")
        page.wait_for_url("**/account/inloggen/stap/")
        page.click("form#passkey button")
        page.wait_for_url("**/account/")

        assert foreign == []
        assert refused == []


def test_without_a_passkey_the_page_says_what_else_there_is(town: Town) -> None:
    address = town.site.address.replace("127.0.0.1", "localhost")
    with town.browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/account/inloggen/sleutel/")
        page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()); }")
        assert not page.is_visible("#passkey-failed")
        page.click("form#passkey button")
        page.wait_for_selector("#passkey-failed:visible")

        assert page.url.endswith("/account/inloggen/sleutel/")
