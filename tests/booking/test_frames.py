"""Pages in a frame on the site of a practice: only there, without a cookie, in its colours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client, override_settings
from linde import page, write_practice

from rugkompas.web.booking.settings import booking_from

FRAMES = ("/inbed/titel/", "/inbed/afspraak/")


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize("address", FRAMES)
def test_only_the_sites_in_the_settings_may_show_it(client: Client, address: str) -> None:
    response = client.get(address)

    assert "frame-ancestors https://www.linde.example" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    with override_settings(EMBED_ORIGINS=[]):
        closed = client.get(address)
        assert closed.status_code == 404
        assert "frame-ancestors 'none'" in closed["Content-Security-Policy"]
        assert closed["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize("address", ["/", "/afspraak/", "/praktijk/", "/afspraak/mijn/x/"])
def test_no_other_page_may_be_framed(client: Client, address: str) -> None:
    response = client.get(address)

    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("open_site")
@pytest.mark.hazard("H-45")
@pytest.mark.parametrize("address", [*FRAMES, "/inbed/titel/?t=De%20beste%20oefening&taal=en"])
def test_a_frame_sets_no_cookie_and_needs_none(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies
    html = response.content.decode()
    assert 'method="post"' not in html
    assert "tel:112" in html
    assert 'type="email"' not in html


@pytest.mark.usefixtures("open_site")
def test_the_intake_in_a_frame_opens_the_times_in_a_page_of_their_own(client: Client) -> None:
    html = client.get("/inbed/afspraak/").content.decode()

    assert 'href="/afspraak/tijd/?soort=intake" target="_blank" rel="noopener"' in html
    assert "Eerste vrije tijd: maandag 30 november 2026, 12:00" not in html


@pytest.mark.usefixtures("open_site")
def test_the_claim_checker_in_a_frame_checks(client: Client) -> None:
    told = page(client.get("/inbed/titel/", {"t": "De beste oefening voor rugklachten!"}))

    assert "De beste oefening voor rugklachten!" in told


@pytest.mark.usefixtures("open_site")
def test_the_colours_of_the_practice_are_on_its_pages(client: Client) -> None:
    assert "/kleuren.css" in client.get("/afspraak/").content.decode()
    assert "#174743" in client.get("/kleuren.css").content.decode()
    with override_settings(BOOKING=None):
        assert client.get("/kleuren.css").content == b""


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> object:
    from environs import Env

    for name in [it for it in os.environ if it.startswith("RUGKOMPAS_")]:
        monkeypatch.delenv(name)
    return Env(eager=False, prefix="RUGKOMPAS_")


@pytest.mark.parametrize(
    "origin",
    ["*", "https://*", "http://www.linde.example", "https://www.linde.example/page",
     "https://x.example; script-src *", "www.linde.example", "'self'", "https://a b"],
)  # fmt: skip
def test_what_is_no_site_is_refused_and_named(
    monkeypatch: pytest.MonkeyPatch, env: object, origin: str
) -> None:
    monkeypatch.setenv("RUGKOMPAS_EMBED_ORIGINS", origin)

    _, _, wrong = booking_from(env, accounts=True)  # type: ignore[arg-type]

    assert len(wrong) == 1
    assert "RUGKOMPAS_EMBED_ORIGINS" in wrong[0]


def test_a_practice_needs_accounts_and_a_file_without_mistakes(
    monkeypatch: pytest.MonkeyPatch, env: object, tmp_path: Path
) -> None:
    file = write_practice(tmp_path)
    monkeypatch.setenv("RUGKOMPAS_PRACTICE_FILE", str(file))

    found, _, wrong = booking_from(env, accounts=False)  # type: ignore[arg-type]
    assert found is not None
    assert "RUGKOMPAS_ACCOUNTS=1" in wrong[0]
    file.write_text("name: 1")
    found, _, wrong = booking_from(env, accounts=True)  # type: ignore[arg-type]
    assert found is None
    assert "line 1" in wrong[0]
