"""The file: what was acknowledged is there, once, and nobody overwrites another in silence."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of_a_diary import KNOWLEDGE, day, page

from rugkompas.people.diary import Conflict, Diary, DiaryError, entry


def ids(diary: Diary) -> list[str]:
    return [e.id for e in diary.book.entries]


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    return Diary(tmp_path / "folder" / "diary.jsonl")


@pytest.mark.hazard("H-27")
def test_a_submission_that_is_sent_again_is_kept_once(diary: Diary) -> None:
    assert diary.add(page(0, pain=4)) == 1
    assert diary.add(page(0, pain=4)) == 0
    assert Diary(diary.path).add(page(0, pain=4)) == 0

    assert len(Diary(diary.path).book.lines) == 1


def test_the_same_key_with_other_content_is_a_conflict(diary: Diary) -> None:
    diary.add(page(0, pain=4))

    with pytest.raises(Conflict, match="diary_id_used"):
        diary.add(page(0, pain=5))


@pytest.mark.hazard("H-27")
def test_a_file_that_breaks_off_at_any_byte_loses_nothing_that_was_whole(tmp_path: Path) -> None:
    path = tmp_path / "diary.jsonl"
    whole = Diary(path)
    for number in range(3):
        whole.add(page(number, pain=number, note="één\n=2"))
    data = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]

    for cut in range(len(data) + 1):
        path.write_bytes(data[:cut])
        torn = Diary(path)
        complete = sum(end - 1 <= cut for end in ends[1:])
        assert ids(torn) == [page(n).id for n in range(complete)], cut

        again = [page(number, pain=number, note="één\n=2") for number in range(3)]
        assert torn.add(page(9, pain=9), *again) == 4 - complete
        assert sorted(ids(Diary(path))) == sorted(page(n).id for n in (0, 1, 2, 9)), cut
        assert len(Diary(path).book.lines) == 4


def test_every_line_is_json_that_other_programs_read(diary: Diary) -> None:
    diary.add(page(0, pain=4, note="a\r\nb\u2028c"))

    head, line = map(json.loads, diary.path.read_bytes().decode().split("\n")[:2])
    assert head == {"kind": "rugkompas_diary", "format": 1}
    assert (line["kind"], line["day"], line["pain"]) == ("entry", "2026-11-25", 4)


def test_only_its_owner_can_read_the_file(diary: Diary) -> None:
    diary.add(page(0, pain=4))

    assert stat.S_IMODE(diary.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(diary.path.parent.stat().st_mode) == 0o700


@pytest.mark.hazard("H-27")
def test_two_devices_that_write_different_days_both_count(diary: Diary) -> None:
    other = Diary(diary.path)
    diary.add(page(0, pain=4))
    other.add(page(1, pain=5))

    assert ids(Diary(diary.path)) == [page(0).id, page(1).id]


@pytest.mark.hazard("H-27")
def test_two_devices_that_write_the_same_day_get_a_choice(diary: Diary) -> None:
    other = Diary(diary.path)
    mine = page(0, pain=4, id="mine-mine")
    diary.add(mine)

    with pytest.raises(Conflict) as refused:
        other.add(page(0, pain=7, id="theirs-theirs"))

    assert refused.value.theirs == mine
    other.add(page(0, pain=7, id="theirs-theirs", replaces=mine.id))
    diary.refresh()
    assert [e.pain for e in diary.book.entries] == [7]
    assert diary.book.earlier(diary.book.entries[0]) == [mine]


@pytest.mark.hazard("H-27")
def test_two_devices_that_change_the_same_version_get_a_choice(diary: Diary) -> None:
    diary.add(page(0, pain=4, id="first-first"))
    other = Diary(diary.path)
    diary.add(page(0, pain=5, id="second-second", replaces="first-first"))

    with pytest.raises(Conflict, match="diary_replaced") as refused:
        other.add(page(0, pain=6, id="third-third", replaces="first-first"))

    theirs = refused.value.theirs
    assert theirs is not None
    assert theirs.id == "second-second"


def test_a_writer_who_saw_another_version_of_the_file_is_refused(diary: Diary) -> None:
    diary.add(page(0, pain=4))
    seen = diary.version
    Diary(diary.path).add(page(1, pain=5))

    with pytest.raises(Conflict, match="diary_changed"):
        diary.add(page(2, pain=6), expected=seen)

    diary.add(page(2, pain=6), expected=diary.version)
    assert diary.version == Diary(diary.path).version


def test_moving_an_entry_to_another_day_leaves_its_old_day_empty(diary: Diary) -> None:
    diary.add(page(1, pain=4, id="first-first"))
    diary.add(page(0, pain=4, id="second-second", replaces="first-first"))

    assert [e.day for e in Diary(diary.path).book.entries] == [day(0)]


@pytest.mark.hazard("H-47")
def test_a_deleted_day_leaves_no_content_and_does_not_come_back(diary: Diary) -> None:
    secret = page(0, pain=4, note="CANARY", id="first-first")
    diary.add(secret, page(1, pain=5))
    diary.add(page(0, pain=6, note="CANARY 2", id="second-second", replaces="first-first"))

    assert diary.delete(["second-second"]) == 2

    assert b"CANARY" not in diary.path.read_bytes()
    assert diary.add(secret) == 0
    assert ids(Diary(diary.path)) == [page(1).id]
    assert diary.version == Diary(diary.path).version


@pytest.mark.hazard("H-47")
def test_an_erased_diary_is_overwritten_and_gone(diary: Diary, tmp_path: Path) -> None:
    diary.add(page(0, note="CANARY"))
    kept = os.open(diary.path, os.O_RDONLY)

    assert diary.erase()

    assert b"CANARY" not in os.pread(kept, 10_000, 0)
    os.close(kept)
    assert list(diary.path.parent.iterdir()) == []
    assert diary.book.entries == []
    diary.add(page(1, pain=1))
    assert ids(Diary(diary.path)) == [page(1).id]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"hello\n", "diary_not_one"),
        (b'{"kind":"other","format":1}\n', "diary_not_one"),
        (b'{"kind":"rugkompas_diary","format":2}\n', "diary_newer"),
        (b'{"kind":"rugkompas_diary","format":1}\nbroken\n', "diary_line"),
        (b'{"kind":"rugkompas_diary","format":1}\n{"kind":"entry","id":"x"}\n', "diary_line"),
        (b'{"kind":"rugkompas_diary","format":1}\n{"kind":"later"}\n', "diary_newer"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_and_left_alone(
    content: bytes, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "diary.jsonl"
    path.write_bytes(content)

    with pytest.raises(DiaryError, match=kind):
        Diary(path)

    assert path.read_bytes() == content


def test_what_a_later_version_adds_to_an_entry_survives_a_rewrite(diary: Diary) -> None:
    diary.add(page(0, pain=1), page(1, pain=2))
    data = diary.path.read_bytes().replace(b'"pain":1', b'"pain":1,"mood":3')
    diary.path.write_bytes(data)

    Diary(diary.path).delete([page(1).id])

    assert b'"mood":3' in diary.path.read_bytes()


def in_a_child(work: Callable[[], None]) -> int:
    """Runs this in a process of its own and gives its exit code."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.hazard("H-27")
@pytest.mark.parametrize("room", [1, 50, 150, 300])
def test_a_full_disk_loses_nothing_and_leaves_no_half_entry(room: int, diary: Diary) -> None:
    diary.add(page(0, pain=4))
    before = diary.path.read_bytes()

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        limit = len(before) + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        with pytest.raises(OSError, match="File too large"):
            diary.add(page(1, pain=5, note="x" * 400))
        assert diary.path.read_bytes() == before

    assert in_a_child(fill) == 0
    assert Diary(diary.path).add(page(1, pain=5)) == 1


actions = st.lists(
    st.tuples(
        st.sampled_from(["add", "again", "change", "delete", "other", "tear"]),
        st.integers(0, 4),
        st.integers(0, 10),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(actions)
def test_whatever_happens_the_file_holds_what_was_acknowledged(
    steps: list[tuple[str, int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run(steps, Path(folder) / "diary.jsonl")


def run(steps: list[tuple[str, int, int]], path: Path) -> None:
    """Two writers of one file, against a model of what it should hold."""
    first, second = Diary(path), Diary(path)
    held: dict[int, str] = {}
    scores: dict[str, int] = {}
    for count, (action, on, pain) in enumerate(steps):
        key = f"submission-{count}"
        writer = second if action == "other" else first
        if action in ("add", "other") and on not in held:
            writer.add(page(on, pain=pain, id=key))
            held[on], scores[key] = key, pain
        elif action == "again" and on in held:
            stands = next(e for e in Diary(path).book.entries if e.id == held[on])
            assert writer.add(stands) == 0
        elif action == "change" and on in held:
            writer.add(page(on, pain=pain, id=key, replaces=held[on]))
            held[on], scores[key] = key, pain
        elif action == "delete" and on in held:
            writer.delete([held.pop(on)])
        elif action == "tear" and path.exists():
            with path.open("ab") as stream:
                stream.write(b'{"kind":"entry","id":"torn')
    found = Diary(path)

    assert {e.id: e.pain for e in found.book.entries} == {id_: scores[id_] for id_ in held.values()}
    assert [e.day for e in found.book.entries] == sorted(e.day for e in found.book.entries)


def test_an_entry_made_without_a_key_gets_one_of_its_own() -> None:
    one, other = (entry({"day": "2026-11-25"}, KNOWLEDGE) for _ in range(2))

    assert one.id != other.id
    assert one.written_at.utcoffset() is not None
