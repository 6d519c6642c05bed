"""What the extension may do, by its manifest and by its scripts. There is no Firefox here: for
that browser only the keys are checked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import rugkompas
from extension.running import ADDRESSES, EXTENSION

MANIFEST = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
SCRIPTS = sorted(EXTENSION.glob("*.js"))
KEYS = {
    "manifest_version", "name", "description", "version", "default_locale",
    "minimum_chrome_version", "browser_specific_settings", "permissions", "background",
    "content_scripts", "action", "options_ui", "content_security_policy",
}  # fmt: skip
"""Keys that both browsers know, or that one of them leaves alone."""
REACHES_OUT = re.compile(
    r"\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeer|WebTransport|\bimport\b"
    r"|\beval\b|\bFunction\s*\(|\.src\b|innerHTML|outerHTML|insertAdjacentHTML|document\.write"
    r"|localStorage|sessionStorage|indexedDB|\bcaches\b|document\.cookie|setTimeout\(\s*[\"'`]"
)
HOSTS = {
    "www.google.com", "www.google.nl", "www.google.be", "www.google.co.uk", "www.google.ie",
    "www.youtube.com", "m.youtube.com", "www.tiktok.com", "www.bing.com", "duckduckgo.com",
    "html.duckduckgo.com",
}  # fmt: skip


def test_it_may_do_no_more_than_it_needs() -> None:
    assert sorted(MANIFEST["permissions"]) == ["activeTab", "contextMenus", "scripting", "storage"]
    assert KEYS == set(MANIFEST)


def test_it_runs_by_itself_on_search_and_video_sites_only() -> None:
    (scripts,) = MANIFEST["content_scripts"]
    parts = [re.fullmatch(r"https://([^/*]+)/[^ ]*", match) for match in scripts["matches"]]

    assert {part[1] for part in parts if part} == HOSTS
    assert all(parts)
    assert {address.split("/")[2] for address in ADDRESSES.values()} <= HOSTS
    assert not scripts.get("all_frames", False)


def test_firefox_finds_the_keys_that_it_needs() -> None:
    gecko = MANIFEST["browser_specific_settings"]["gecko"]

    assert re.fullmatch(r"[A-Za-z0-9._-]+@[A-Za-z0-9._-]+", gecko["id"])
    assert re.fullmatch(r"\d+\.\d+", gecko["strict_min_version"])
    assert gecko["data_collection_permissions"] == {"required": ["none"]}
    assert MANIFEST["background"]["scripts"][-1] == MANIFEST["background"]["service_worker"]


def test_both_browsers_load_the_same_scripts_in_the_background() -> None:
    text = (EXTENSION / "background.js").read_text("utf-8")
    found = re.search(r"importScripts\(([^)]*)\);", text)

    assert found
    assert json.loads(f"[{found[1]}]") == MANIFEST["background"]["scripts"][:-1]


def test_every_file_that_is_named_is_there_and_every_script_is_named() -> None:
    (scripts,) = MANIFEST["content_scripts"]
    text = (EXTENSION / "background.js").read_text("utf-8")
    asked = re.search(r"ON_REQUEST = (\[.*\]);", text)
    assert asked
    named = {*MANIFEST["background"]["scripts"], *scripts["js"], *json.loads(asked[1])}
    page = (EXTENSION / MANIFEST["options_ui"]["page"]).read_text("utf-8")
    named |= set(re.findall(r'<script src="([^"]+)">', page))

    assert named == {path.name for path in SCRIPTS}


def test_the_pages_of_the_extension_may_load_nothing_from_elsewhere() -> None:
    policy = MANIFEST["content_security_policy"]["extension_pages"]
    allowed = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}

    assert allowed == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_can_reach_out_keep_a_page_or_run_text(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.name == "rules.js":
        text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)  # data: only what is not a string counts

    assert REACHES_OUT.findall(text) == []
    assert not re.search(r"https?://(?!\w*\")", text.replace('"https:"', ""))


def test_only_the_address_of_somebodys_own_rugkompas_is_kept() -> None:
    text = "".join(path.read_text("utf-8") for path in SCRIPTS)

    assert re.findall(r"storage\.\w+\.set\(([^)]*)\)", text) == ["{ address }"]


def test_its_version_is_that_of_rugkompas() -> None:
    assert MANIFEST["version"] == rugkompas.__version__
