"""The served site is killed, or its disk is full, while people write: what it acknowledged is
there, once."""

from __future__ import annotations

import resource
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest

from rugkompas.web.shown import words

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import site_kills


@pytest.mark.hazard("H-27")
def test_a_site_that_is_killed_loses_and_doubles_no_acknowledged_day(tmp_path: Path) -> None:
    found = site_kills.run(tmp_path, kills=4, entries=80)

    assert (found.kills, found.acknowledged) == (4, 80)
    assert (found.lost, found.doubled) == (0, 0)
    # It was in the middle of something; otherwise this shows nothing.
    assert found.broken > 0


@contextmanager
def no_room(server: site_kills.Server) -> Iterator[None]:
    """No process of the site can make a file longer, as on a disk that is full."""
    first = server.process.pid
    ours = [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in ours}
    for pid, (_, most) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@pytest.mark.hazard("H-27", "H-35")
def test_a_disk_without_room_gives_a_page_that_helps_and_loses_nothing(tmp_path: Path) -> None:
    who = site_kills.Person("jo@mail.example", days=1)
    written = {"do": "write", "id": "first-day-0001", "pain": "3", "note": "was er al"}
    typed = {"do": "write", "id": "other-day-0001", "pain": "7", "note": "typte dit net"}
    with site_kills.served(tmp_path, secrets.token_urlsafe(48)) as server:
        who.begins(server, tmp_path / "mail")
        day = site_kills.day_before(1).isoformat()
        assert who.send(server, "/dagboek/dag/", **written, day=day) == 200

        with no_room(server):
            status = who.send(server, "/dagboek/dag/", **typed)
            failed = unescape(who.data.decode())
            assert who.send(server, "/dagboek/bestand/") == 200
            kept = who.data
            # Nor does a log that cannot be written keep anybody from the questions.
            assert who.send(server, "/") == 200

        assert status == 503
        assert "tel:112" in failed
        assert words("nl")("diary_failed_text") in failed
        assert "typte dit net" in failed
        assert 'value="7" id="pain-7" checked' in failed
        assert (kept.count(b"was er al"), kept.count(b"typte dit net")) == (1, 0)

        # Once there is room, the same page goes through.
        assert who.send(server, "/dagboek/dag/", **typed) == 200
        who.send(server, "/dagboek/bestand/")
        assert (who.data.count(b"was er al"), who.data.count(b"typte dit net")) == (1, 1)
