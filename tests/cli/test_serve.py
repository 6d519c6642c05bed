"""``rugkompas serve`` starts, or says at once why it does not."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from rugkompas.web.worker import LINGER

COMMAND = str(Path(sys.executable).parent / "rugkompas")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """No settings of the site, and a home of its own."""
    ours = ("RUGKOMPAS_", "DATABASE_URL")
    kept = {name: it for name, it in os.environ.items() if not name.startswith(ours)}
    return {**kept, "XDG_DATA_HOME": str(tmp_path)}


@contextmanager
def served(environment: dict[str, str], *more: str) -> Iterator[int]:
    """The port of a running site, read from what it says."""
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", "0", *more],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
        assert address is not None
        yield int(address[1])
    finally:
        server.terminate()
        server.communicate()


def test_it_says_where_the_site_is_once_people_can_use_it(environment: dict[str, str]) -> None:
    with (
        served(environment) as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer,
    ):
        page = answer.read().decode()

    assert "Rugkompas" in page


@pytest.mark.hazard("H-34")
def test_who_does_not_hang_up_keeps_nobody_waiting(environment: dict[str, str]) -> None:
    with served(environment, "--workers", "1") as port, ExitStack() as held:
        begun = time.monotonic()
        for _ in range(20):
            one = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(b"GET /over/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert one.recv(12) == b"HTTP/1.1 200"
            while one.recv(1 << 16):
                pass
        took = time.monotonic() - begun

    # One after the other would take twice this.
    assert took < 10 * LINGER


def test_an_address_that_is_taken_is_refused_at_once(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [COMMAND, "serve", "--port", port], env=environment, capture_output=True, text=True
        )

    assert (2, "") == (done.returncode, done.stdout)
    assert "--port" in done.stderr


def test_other_machines_are_not_served_without_settings(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [COMMAND, "serve", "--host", "0.0.0.0", "--port", "0"],
        env=environment,
        capture_output=True,
        text=True,
    )

    assert (2, "") == (done.returncode, done.stdout)
    assert "RUGKOMPAS_SECRET_KEY" in done.stderr
    assert "RUGKOMPAS_HOSTS" in done.stderr
