"""Headers, methods and addresses of accounts; and a site that has none."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from somebody import EMAIL, agree, sign_up

from rugkompas import web
from rugkompas.cli.app import build
from rugkompas.cli.say import Say
from rugkompas.web.accounts.urls import urlpatterns
from rugkompas.web.shown import words

SETTINGS = str(Path(web.__file__).with_name("settings.py"))
COMPLETE = {"RUGKOMPAS_SECRET_KEY": "q7" * 30, "RUGKOMPAS_HOSTS": "p.example"}
MAIL = {
    "RUGKOMPAS_EMAIL_URL": "submission://me:p%40ss@mail.example",
    "RUGKOMPAS_EMAIL_FROM": "info@p.example",
}
ADDRESSES = [
    "/" + str(it.pattern).replace("<int:pk>", "1").replace("<str:token>", "abc.def")
    for it in urlpatterns
]
ONLY_GET = (
    *("/account/", "/account/gegevens/", "/account/gegevens.json", "/account/dagboek/"),
    *("/account/dagboek.json", "/account/dagboek.csv", "/account/dicht/"),
    "/account/wachtwoord/klaar/",
)
POLICY = {
    *("default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'"),
    *("base-uri 'none'", "frame-ancestors 'none'"),
}
PASSKEY = {
    *("/account/inloggen/stap/", "/account/inloggen/sleutel/", "/account/opnieuw/sleutel/"),
    "/account/stap/sleutels/nieuw/",
}


@pytest.fixture
def inside(client: Client) -> Client:
    sign_up(client)
    agree(client)
    return client


@pytest.mark.hazard("H-14", "H-45")
@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_every_page_has_the_headers_of_the_site_and_only_passkeys_run_a_script(
    request: pytest.FixtureRequest, client: Client, who: str
) -> None:
    browser = request.getfixturevalue("inside") if who == "somebody" else client
    seen = 0
    for address in ADDRESSES:
        if address == "/account/wissen/":
            continue
        response = browser.get(address)
        policy = set(response.headers["Content-Security-Policy"].split("; "))
        assert policy - POLICY <= {"script-src 'self'"}, address
        assert POLICY <= policy
        assert response.headers["Cache-Control"] == "no-store", address
        assert "Expires" not in response.headers
        assert response.headers["Referrer-Policy"] == "same-origin"
        if address not in PASSKEY:
            assert "script-src" not in response.headers["Content-Security-Policy"], address
            assert b"<script" not in response.content, address
        html = response.content.decode()
        if response.status_code == 200 and html.startswith("<!doctype"):
            seen += 1
            assert 'class="signs"' in html, address
            for loaded in ("style=", "onclick", "data:"):
                assert loaded not in html, address
    assert seen > (15 if who == "somebody" else 5)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_method_is_answered_as_stated(client: Client, address: str) -> None:
    allowed = {"GET", "HEAD"} | (set() if address in ONLY_GET else {"POST"})
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        response = client.generic(method, address)
        if method in allowed:
            assert response.status_code in (200, 302, 422), (method, response.status_code)
        else:
            assert response.status_code == 405, method
            assert set(response.headers["Allow"].split(", ")) == allowed


@pytest.mark.hazard("H-41")
def test_what_is_of_somebody_leads_nobody_in(client: Client) -> None:
    own = [it for it in ADDRESSES if it.startswith(("/account/gegevens", "/account/dagboek"))]
    for address in (*own, "/account/wissen/", "/account/herinnering/", "/account/stap/"):
        response = client.get(address)
        assert response.headers["Location"].startswith("/account/inloggen/"), address


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_renders_in_both_languages(inside: Client, language: str) -> None:
    inside.cookies["language"] = language
    for address in ADDRESSES:
        response = inside.get(address)
        assert response.status_code in (200, 302, 404), address
        if response.status_code == 200 and response.content[:9] == b"<!doctype":
            assert f'<html lang="{language}">' in response.content.decode()
            assert EMAIL not in response.content.decode().split("</title>")[0]


@pytest.mark.hazard("H-51")
def test_a_form_without_its_token_changes_nothing() -> None:
    strict = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    for address in ("/account/nieuw/", "/account/inloggen/", "/account/wissen/"):
        assert strict.post(address, {"email": EMAIL}).status_code == 403


def test_no_file_of_a_library_is_served(client: Client) -> None:
    for name in ("mfa/js/webauthn.js", "account/js/account.js", "account/js/onload.js"):
        assert client.get(f"/static/{name}").status_code == 404
    assert client.get("/static/passkey.js").status_code == 200


# Settings


def settings_with(patch: pytest.MonkeyPatch, names: dict[str, str]) -> dict[str, Any]:
    for name in [name for name in os.environ if name.startswith("RUGKOMPAS_")]:
        patch.delenv(name)
    for name, value in names.items():
        patch.setenv(name, value)
    return runpy.run_path(SETTINGS)


def test_accounts_are_off_until_somebody_turns_them_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_with(monkeypatch, COMPLETE)["ACCOUNTS"] is False
    assert settings_with(monkeypatch, {"RUGKOMPAS_TRIAL": "1"})["ACCOUNTS"] is True
    trial = {"RUGKOMPAS_TRIAL": "1", "RUGKOMPAS_ACCOUNTS": "0"}
    assert settings_with(monkeypatch, trial)["ACCOUNTS"] is False


def test_accounts_need_https_and_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings_with(monkeypatch, {**COMPLETE, **MAIL, "RUGKOMPAS_ACCOUNTS": "1"})

    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me", "p@ss")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"RUGKOMPAS_EMAIL_URL": ""}, "EMAIL_URL"),
        ({"RUGKOMPAS_EMAIL_FROM": ""}, "EMAIL_FROM"),
        ({"RUGKOMPAS_EMAIL_FROM": "nobody"}, "EMAIL_FROM"),
        ({"RUGKOMPAS_EMAIL_URL": "https://me:secretword@mail.example"}, "EMAIL_URL"),
        ({"RUGKOMPAS_EMAIL_URL": "smtp://me:secretword@mail.example:x"}, "EMAIL_URL"),
        ({"RUGKOMPAS_EMAIL_URL": "smtp://"}, "EMAIL_URL"),
        ({"RUGKOMPAS_KEEP_MONTHS": "1"}, "KEEP_MONTHS"),
        ({"RUGKOMPAS_KEEP_MONTHS": "long"}, "KEEP_MONTHS"),
        ({"RUGKOMPAS_ACCOUNTS": "perhaps"}, "ACCOUNTS"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(monkeypatch, {**COMPLETE, **MAIL, "RUGKOMPAS_ACCOUNTS": "1", **given})

    assert named in str(refused.value)
    assert "secretword" not in str(refused.value)


def command(home: Path, *arguments: str, **names: str) -> subprocess.CompletedProcess[str]:
    kept = {name: it for name, it in os.environ.items() if not name.startswith("RUGKOMPAS_")}
    database = {"DATABASE_URL": f"sqlite:///{home}/site.sqlite3", "HOME": str(home)}
    return subprocess.run(
        [Path(sys.executable).with_name("rugkompas"), *arguments, "--lang", "en"],
        capture_output=True,
        env={**kept, **database, **names},
        text=True,
        timeout=120,
        check=False,
    )


def test_the_commands_of_accounts_say_what_lacks(tmp_path: Path) -> None:
    off = command(tmp_path, "accounts", "tidy", **COMPLETE)
    on = {**COMPLETE, **MAIL, "RUGKOMPAS_ACCOUNTS": "1"}
    empty = command(tmp_path, "accounts", "rekey", **on)

    assert [it.returncode for it in (off, empty)] == [2, 2]
    assert "accounts are off" in off.stderr
    assert "the database does not answer" in empty.stderr
    assert "Traceback" not in off.stderr + empty.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tidy", "Warned: 0. Erased: 0. E-mail failed: 0.\n"),
        ("remind", "Sent: 0. Failed: 0.\n"),
        ("rekey", "Under the new key: 0. No key opens: 0.\n"),
    ],
)
def test_the_commands_of_accounts_say_what_they_did(name: str, said: str) -> None:
    done = CliRunner().invoke(build(Say("en")), ["accounts", name])

    assert (done.exit_code, done.output) == (0, said)


def test_a_site_without_accounts_has_none_of_their_addresses(tmp_path: Path) -> None:
    script = (
        "import django; django.setup();"
        "from django.test import Client;"
        "browser = Client(HTTP_HOST='127.0.0.1');"
        "found = [browser.get(it).status_code for it in "
        "('/account/', '/account/inloggen/', '/account/nieuw/', '/account/gegevens.json')];"
        "html = browser.get('/privacy/').content.decode();"
        "print(found, '/account/' in html, browser.get('/').status_code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={
            **{"PATH": os.environ["PATH"], "HOME": str(tmp_path), "RUGKOMPAS_TRIAL": "1"},
            **{"RUGKOMPAS_ACCOUNTS": "0", "PYTHONPATH": os.pathsep.join(sys.path)},
            **{"DJANGO_SETTINGS_MODULE": "rugkompas.web.settings"},
        },
        timeout=60,
        check=True,
    )

    assert done.stdout.strip() == "[404, 404, 404, 404] False 200"
    assert words("en")("foot_account") == "Account"
