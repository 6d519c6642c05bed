"""The file of the operator: what is in it is all that the site will ever call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from environs import Env
from record_server import new_key

from rugkompas.web.smart.servers import Server, is_address, servers_from

GOOD = {"iss": "https://record.example/fhir", "name": "De Linde", "client_id": "rug"}
PRIVATE = new_key()
PUBLIC = {name: it for name, it in PRIVATE.items() if name != "d"}


def read(
    patch: pytest.MonkeyPatch, path: Path, held: Any, *, trial: bool = False
) -> tuple[tuple[Server, ...], list[str]]:
    path.write_text(held if isinstance(held, str) else json.dumps(held), "utf-8")
    patch.setenv("RUGKOMPAS_SMART_SERVERS", str(path))
    return servers_from(Env(prefix="RUGKOMPAS_"), trial=trial)


def test_without_the_name_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RUGKOMPAS_SMART_SERVERS", raising=False)

    assert servers_from(Env(prefix="RUGKOMPAS_"), trial=True) == ((), [])


def test_a_whole_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = {**GOOD, "iss": "https://record.example/fhir/", "hosts": ["sign-in.example"]}
    two = {**GOOD, "iss": "https://other.example/fhir", "key": PRIVATE}

    found, wrong = read(monkeypatch, tmp_path / "s.json", {"servers": [one, two]})

    assert wrong == []
    assert [server.iss for server in found] == [GOOD["iss"], two["iss"]]
    assert found[0].hosts == ("sign-in.example",)
    assert found[1].key == PRIVATE


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize(
    "held",
    [
        *("", "{", "[]", "7", {"servers": []}, {"servers": [7]}, {"servers": {"a": 1}}),
        {"servers": [{**GOOD, "iss": "http://record.example/fhir"}]},
        {"servers": [{**GOOD, "iss": "http://127.0.0.1:8080/fhir"}]},
        {"servers": [{**GOOD, "iss": "https://user:pw@record.example/fhir"}]},
        {"servers": [{**GOOD, "iss": "https://record.example/fhir?x=1"}]},
        {"servers": [{**GOOD, "name": " "}]},
        {"servers": [{**GOOD, "name": "a\nb"}]},
        {"servers": [{**GOOD, "client_id": 7}]},
        {"servers": [{name: it for name, it in GOOD.items() if name != "name"}]},
        {"servers": [{**GOOD, "scret": "x"}]},
        {"servers": [{**GOOD, "secret": ""}]},
        {"servers": [{**GOOD, "secret": "S3CRET", "key": PRIVATE}]},
        {"servers": [{**GOOD, "key": PUBLIC}]},
        {"servers": [{**GOOD, "key": {**PRIVATE, "alg": "HS256"}}]},
        {"servers": [{**GOOD, "key": {**PRIVATE, "kid": ""}}]},
        {"servers": [{**GOOD, "key": {**PRIVATE, "x": "S3CRET"}}]},
        {"servers": [GOOD, {**GOOD, "iss": GOOD["iss"] + "/"}]},
    ],
)
def test_a_file_that_is_not_right_stops_the_start_and_repeats_no_secret(
    held: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found, wrong = read(monkeypatch, tmp_path / "s.json", held)

    assert found == ()
    (said,) = wrong
    assert said.startswith("RUGKOMPAS_SMART_SERVERS names a file that cannot be used (")
    assert "S3CRET" not in said
    assert PRIVATE["d"] not in said


def test_a_file_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RUGKOMPAS_SMART_SERVERS", str(tmp_path / "none.json"))

    _, wrong = servers_from(Env(prefix="RUGKOMPAS_"), trial=False)

    assert "FileNotFoundError" in wrong[0]


@pytest.mark.hazard("H-45", "H-51")
@pytest.mark.parametrize(
    ("address", "trial", "good"),
    [
        ("https://record.example/fhir", False, True),
        ("https://record.example:8443/fhir", False, True),
        ("http://record.example/fhir", True, False),
        ("http://127.0.0.1:8080/fhir", True, True),
        ("http://[::1]:8080/fhir", True, True),
        ("http://127.0.0.1:8080/fhir", False, False),
        ("http://127.0.0.1.evil.example/", True, False),
        ("https://record.example:99999/", False, False),
        ("https://record.example:x/", False, False),
        ("https://", False, False),
        ("https:///fhir", False, False),
        ("//record.example", False, False),
        ("https://a@record.example", False, False),
        ("https://record.example\\@evil.example", False, False),
        ("https://record.example/#x", False, False),
        ("https://récord.example", False, False),
        ("https://record.example/\r\n", False, False),
        (None, False, False),
    ],
)
def test_an_address_that_we_would_call(address: Any, trial: bool, good: bool) -> None:
    assert is_address(address, trial=trial) is good
