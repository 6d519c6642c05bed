"""Settings fail closed: what is missing or wrong stops the start, and all of it is told."""

from __future__ import annotations

import itertools
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from rugkompas import web
from rugkompas.web.practice import NAMES

SETTINGS = str(Path(web.__file__).with_name("settings.py"))
SECRET = "q7" * 30
COMPLETE = {"RUGKOMPAS_SECRET_KEY": SECRET, "RUGKOMPAS_HOSTS": "rug.example"}
PRACTICE = {
    "RUGKOMPAS_OPERATOR": "Praktijk De Linde, Dorpsstraat 1, Ons Dorp",
    "RUGKOMPAS_CONTACT": "info@linde.example",
    "RUGKOMPAS_CLINICIAN": "A. de Vries, fysiotherapeut",
    "RUGKOMPAS_COUNTRY": "NL",
}


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("RUGKOMPAS_")]:
        monkeypatch.delenv(name)


def settings_with(patch: pytest.MonkeyPatch, names: dict[str, str]) -> dict[str, Any]:
    """The settings module, run anew with these names."""
    for name, value in names.items():
        patch.setenv(name, value)
    return runpy.run_path(SETTINGS)


def refusal(patch: pytest.MonkeyPatch, names: dict[str, str]) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        settings_with(patch, names)
    return str(caught.value)


@pytest.mark.hazard("H-40")
def test_without_any_name_all_that_is_missing_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        settings_with(monkeypatch, {})

    assert "RUGKOMPAS_SECRET_KEY is not set" in str(caught.value)
    assert "RUGKOMPAS_HOSTS is not set" in str(caught.value)


@pytest.mark.hazard("H-40")
def test_every_problem_stands_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    told = refusal(
        monkeypatch,
        {
            "RUGKOMPAS_SECRET_KEY": "short",
            "RUGKOMPAS_OPERATOR": "De Linde",
            "RUGKOMPAS_PROXIES": "one",
            "RUGKOMPAS_REQUESTS_A_MINUTE": "0",
        },
    )

    wrong = ("SECRET_KEY", "HOSTS", "CONTACT", "CLINICIAN", "COUNTRY", "PROXIES")
    for name in (*wrong, "REQUESTS_A_MINUTE"):
        assert f"RUGKOMPAS_{name}" in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RUGKOMPAS_SECRET_KEY", ""),
        ("RUGKOMPAS_SECRET_KEY", "x" * 49),
        ("RUGKOMPAS_OLD_SECRET_KEYS", "short"),
        ("RUGKOMPAS_HOSTS", ""),
        ("RUGKOMPAS_HOSTS", "*"),
        ("RUGKOMPAS_HOSTS", "rug.example,*"),
        ("RUGKOMPAS_PROXIES", "one"),
        ("RUGKOMPAS_PROXIES", "-1"),
        ("RUGKOMPAS_REQUESTS_A_MINUTE", "many"),
        ("RUGKOMPAS_REQUESTS_A_MINUTE", "0"),
        ("RUGKOMPAS_REQUESTS_A_MINUTE", "-5"),
        ("RUGKOMPAS_TRIAL", "perhaps"),
        ("RUGKOMPAS_TRIAL", "1"),
        ("RUGKOMPAS_COUNTRY", "BE"),
    ],
)
def test_a_wrong_name_stops_the_start_and_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    told = refusal(monkeypatch, COMPLETE | PRACTICE | {name: value})

    assert name.removeprefix("RUGKOMPAS_") in told


def test_a_wrong_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    told = refusal(monkeypatch, {**COMPLETE, "RUGKOMPAS_SECRET_KEY": "my-own-secret"})

    assert "my-own-secret" not in told


@pytest.mark.hazard("H-16", "H-40")
@pytest.mark.parametrize(
    "held",
    [part for count in range(1, len(NAMES)) for part in itertools.combinations(NAMES, count)],
    ids="+".join,
)
def test_half_a_practice_is_refused_and_what_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch, held: tuple[str, ...]
) -> None:
    practice = {f"RUGKOMPAS_{name}": PRACTICE[f"RUGKOMPAS_{name}"] for name in held}

    told = refusal(monkeypatch, COMPLETE | practice)

    for name in NAMES:
        assert (f"RUGKOMPAS_{name}" in told.split(" not set, while")[0]) == (name not in held)


@pytest.mark.hazard("H-40")
def test_a_name_of_only_spaces_is_a_name_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    told = refusal(monkeypatch, COMPLETE | PRACTICE | {"RUGKOMPAS_CLINICIAN": "   "})

    assert "RUGKOMPAS_CLINICIAN not set" in told


def test_complete_settings_start_with_https_only(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings_with(monkeypatch, COMPLETE | PRACTICE)

    assert found["PRACTICE"].clinician == PRACTICE["RUGKOMPAS_CLINICIAN"]
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["rug.example"]
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_the_word_of_a_proxy_counts_only_when_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings_with(monkeypatch, {**COMPLETE, "RUGKOMPAS_PROXIES": "1"})

    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_trial_answers_to_this_machine_only_and_makes_a_key_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = settings_with(monkeypatch, {"RUGKOMPAS_TRIAL": "1"})
    second = settings_with(monkeypatch, {"RUGKOMPAS_TRIAL": "1"})

    assert first["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert len(first["SECRET_KEY"]) > 50
    assert first["SECRET_KEY"] != second["SECRET_KEY"]
    assert first["PRACTICE"] is None


@pytest.mark.hazard("H-40")
def test_a_server_for_others_without_settings_ends_with_2_and_one_message(tmp_path: Path) -> None:
    kept = {name: it for name, it in os.environ.items() if not name.startswith("RUGKOMPAS_")}
    done = subprocess.run(
        [Path(sys.executable).with_name("rugkompas"), "serve", "--host", "0.0.0.0", "--port", "0"],
        capture_output=True,
        env={**kept, "HOME": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"},
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "RUGKOMPAS_SECRET_KEY" in done.stderr
    assert "RUGKOMPAS_HOSTS" in done.stderr
    assert "Traceback" not in done.stderr
