"""Somebody makes an appointment and shares their sheet; the practice sees it and says yes; then
the person cancels."""

from __future__ import annotations

import base64
import email
import hashlib
import hmac
import re
import struct
import subprocess
import sys
import time
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from stories.conftest import Somebody, Town
from stories.every_page import TIMES
from stories.people import CALM
from stories.running import Site, environment
from stories.visitor import Visitor

ANNA = "anna@linde.example"
PASSWORD = "zeven groene fietsen"


def newest(site: Site, to: str, pattern: str) -> str:
    """What the newest mail to this address holds."""
    found = []
    for path in sorted((site.folder / "mail").glob("*.log"), key=lambda it: it.stat().st_mtime):
        for text in path.read_text("utf-8").split("-" * 79):
            mail = email.message_from_string(text.strip(), policy=policy.default)
            if mail["To"] == to:
                found += re.findall(pattern, mail.get_content())
    return str(found[-1])


def app_code(secret: str) -> str:
    """What an app with codes shows now (RFC 6238)."""
    key, now = base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30)
    made = hmac.new(key, now, hashlib.sha1).digest()
    at = made[-1] & 15
    return f"{(int.from_bytes(made[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def invitation(site: Site) -> str:
    """The address that whoever runs the site gets from the command."""
    done = subprocess.run(
        [Path(sys.executable).with_name("rugkompas"), "practice", "invite", "Anna de Vries"],
        env=environment(site.folder, site.secret),
        capture_output=True,
        text=True,
        check=True,
    )
    return "/" + done.stdout.strip().splitlines()[-1].split("/", 3)[3]


def signs_in_at_the_desk(page: Page, site: Site) -> None:
    """Make an account with a second step, sign in anew with it, and take the invitation."""
    page.goto(f"{site.address}/account/nieuw/")
    page.fill("#email", ANNA)
    page.fill("#password1", PASSWORD)
    page.check("#agrees")
    page.check("#old_enough")
    page.click("form#form button")
    page.fill("#code", newest(site, ANNA, r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b"))
    page.click("form#form button")
    page.goto(f"{site.address}/account/stap/app/")
    page.fill("#password", PASSWORD)
    page.click("form#form button")
    page.fill("#code", app_code(page.input_value("#secret")))
    page.click("form#form button")
    page.wait_for_url("**/account/stap/reserve/")
    spare = page.locator("main code").first.inner_text()
    page.goto(f"{site.address}/account/uitloggen/")
    page.click("main form button")
    page.goto(f"{site.address}{invitation(site)}")
    page.fill("#login", ANNA)
    page.fill("#password", PASSWORD)
    page.click("form#form button")
    page.fill("#code", spare)
    page.click("form#form button")
    page.wait_for_url("**/praktijk/uitnodiging/**")
    page.click("main form button")
    page.wait_for_url("**/praktijk/")


def asks(visitor: Visitor, address: str) -> None:
    """Choose the first time, share the sheet without the part on how it may go on, send."""
    visitor.opens(TIMES)
    visitor.page.locator("button[name=slot]").first.click()
    visitor.fills(visitor.word("booking_field_name"), "Jo Jansen")
    visitor.fills(visitor.word("booking_field_email"), address)
    visitor.page.get_by_label(visitor.word("booking_share_handover")).check()
    visitor.page.get_by_label(visitor.word("booking_part_course")).uncheck()
    agree = visitor.word("booking_agree", practice="Fysiotherapie De Linde")
    visitor.page.get_by_label(agree).check()
    visitor.presses("booking_look_over")
    visitor.sees(visitor.word("booking_left_out"))
    visitor.presses("booking_send")


@pytest.mark.hazard("H-22", "H-48", "H-49")
def test_an_appointment_from_the_question_to_the_end(town: Town, somebody: Somebody) -> None:
    # Given somebody with answers, who runs no script
    visitor = somebody(answers=CALM, java_script_enabled=False)

    # When they ask for a time, share their sheet, and press the button behind the link
    asks(visitor, "jo@mail.example")
    expect(visitor.title).to_have_text(visitor.word("booking_sent_title"))
    own = newest(town.site, "jo@mail.example", r"http://[^/]+(/afspraak/mijn/[\w-]+/)")
    visitor.opens(own)
    visitor.presses("booking_confirm")
    expect(visitor.title).to_have_text(visitor.word("booking_own_booked"))
    visitor.sees(visitor.word("booking_looks_none"))

    # Then somebody of the practice sees it, with the sheet as it was shared, and says yes
    with town.browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        desk = context.new_page()
        signs_in_at_the_desk(desk, town.site)
        assert "Jo Jansen" not in desk.inner_text("main")
        desk.locator("main table a").first.click()
        assert "Jo Jansen" in desk.inner_text("main h1")
        desk.get_by_role("link", name=visitor.word("booking_one_sheet")).click()
        assert visitor.word("booking_left_out") in desk.inner_text("main")
        desk.go_back()
        desk.get_by_role("button", name=visitor.word("booking_one_agree")).click()
        desk.wait_for_load_state()

    # And the person reads who looked, and cancels
    visitor.opens(own)
    expect(visitor.title).to_have_text(visitor.word("booking_own_agreed"))
    read = visitor.word("booking_look_handover")
    expect(visitor.page.get_by_text(f"Anna de Vries {read}")).to_have_count(1)
    visitor.presses("booking_cancel")
    expect(visitor.title).to_have_text(visitor.word("booking_own_cancelled"))
