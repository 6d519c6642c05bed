"""To other programs and back; what a person types never runs and never steers a screen."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of_a_diary import KNOWLEDGE, book, day, evening, page

from rugkompas import BadAnswers
from rugkompas.people.diary import Book, Conflict, Diary, DiaryError, entry
from rugkompas.people.diary.exchange import as_csv, as_json, bring_in, lines_in

HOSTILE = [
    "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "＝1+1",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "%s{0}{note}",
    "\x1b]0;title\x07\x1b[2J", "\u202egnp.exe", "a\u2028b\nc\r\nd\x7fe", "'; DROP TABLE x;--",
    "../../etc/passwd", "😀" * 250, "a,b;c\"d", "{\"kind\":\"deleted\"}\n{",
]  # fmt: skip

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
names = text.filter(lambda name: bool(name.strip()))
entries = st.fixed_dictionaries(
    {},
    optional={
        "pain": st.integers(0, 10),
        "activities": st.dictionaries(names, st.integers(0, 10), max_size=3),
        "factors": st.dictionaries(
            st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
            st.sampled_from(["yes", "no", "unknown"]) | st.integers(0, 100_000)
            | st.floats(0, 1000),
            max_size=4,
        ),
        "plan": st.dictionaries(names, st.sampled_from(["yes", "partly", "no"]), max_size=3),
        "signs": st.fixed_dictionaries(
            {},
            optional={
                "bladder_change": st.sampled_from(["no", "new_or_changed", "unknown"]),
                "spa_features": st.lists(st.sampled_from(["uveitis", "ibd"]), min_size=1,
                                         unique=True),
            },
        ),
        "week": st.fixed_dictionaries({"pain_days": st.integers(0, 7)}),
        "note": text,
    },
)  # fmt: skip


def of_days(given_: list[dict[str, Any]]) -> Book:
    return book(*(page(number, **fields) for number, fields in enumerate(given_)))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(entries, max_size=5))
def test_json_comes_back_as_it_was(given_: list[dict[str, Any]]) -> None:
    made = of_days(given_)

    assert lines_in(as_json(made), "json", "x", KNOWLEDGE) == made.lines


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(entries, max_size=5))
def test_a_table_comes_back_as_it_was(given_: list[dict[str, Any]]) -> None:
    made = of_days(given_)

    back = lines_in(as_csv(made), "csv", "x", KNOWLEDGE)

    assert [(e.day, e) for e in back] == [(e.day, e) for e in made.entries]  # type: ignore[union-attr]


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("note", HOSTILE, ids=range(len(HOSTILE)))
def test_no_cell_of_a_table_is_a_formula(note: str) -> None:
    name = note[:60]
    made = book(page(0, note=note, activities={name: 3}, plan={name: "yes"}))

    cells = [
        cell for row in csv.reader(io.StringIO(as_csv(made).decode(), newline="")) for cell in row
    ]

    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝＋－＠")] == []
    assert lines_in(as_csv(made), "csv", "x", KNOWLEDGE) == made.entries


@pytest.mark.hazard("H-46", "H-51")
@pytest.mark.parametrize(
    "wrong",
    [
        {"pain": 11}, {"pain": -1}, {"pain": "CANARY"}, {"pain": True}, {"pain": 3.5},
        {"activities": {"CANARY": 11}}, {"activities": {"": 1}}, {"activities": {"a" * 61: 1}},
        {"activities": dict.fromkeys("abcd", 1)}, {"factors": {"CANARY": "yes"}},
        {"factors": {"stress": "CANARY"}}, {"factors": {"stress": True}},
        {"factors": {"steps": float("inf")}}, {"factors": {"steps": float("nan")}},
        {"factors": {f"f{n}": "no" for n in range(21)}}, {"plan": {"x": "CANARY"}},
        {"note": "CANARY" * 100}, {"note": "\ud800CANARY"}, {"note": "\0CANARY"}, {"note": 7},
        {"signs": {"CANARY": "yes"}},
        {"signs": {"age_years": 4}}, {"signs": {"pain_nrs": 4}},
        {"signs": {"bladder_change": "CANARY"}}, {"week": {"pain_days": 8}},
        {"week": {"course_activity": "CANARY"}}, {"looked_at": "CANARY"}, {"CANARY": 1},
        {"id": "CANARY!"}, {"day": "CANARY"}, {"written_at": "CANARY"}, {"id": None, "day": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused_and_never_repeated(wrong: dict[str, Any]) -> None:
    sound = {"day": "2026-11-25", "written_at": evening(day(0)), "id": "sound-sound"}

    with pytest.raises(BadAnswers) as refused:
        entry({**sound, **wrong}, KNOWLEDGE)

    for language in ("nl", "en"):
        said = " ".join(p.said(KNOWLEDGE, language) for p in refused.value.problems)
        assert said
        assert "CANARY" not in said or "CANARY" in wrong


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b'{"kind":"rugkompas_diary"}', b'{"kind":"rugkompas_diary","format":1}',
        b'{"kind":"rugkompas_diary","format":1,"records":[1]}', b"\xff\xfe", b"[" * 100_000,
        b'{"kind":"rugkompas_diary","format":1,"records":[{"kind":"deleted"}]}',
    ],
)  # fmt: skip
def test_a_file_of_something_else_is_refused(content: bytes) -> None:
    with pytest.raises((DiaryError, BadAnswers)):
        lines_in(content, "json", "x", KNOWLEDGE)


def two_copies(tmp_path: Path) -> tuple[Diary, Diary]:
    """A diary, and its copy on another device; both wrote on the same day since."""
    mine, theirs = Diary(tmp_path / "a.jsonl"), Diary(tmp_path / "b.jsonl")
    for diary in (mine, theirs):
        diary.add(page(0, pain=4, id="common-common"))
    mine.add(page(1, pain=5, id="mine-mine"))
    theirs.add(page(1, pain=7, id="theirs-theirs"), page(2, pain=8))
    return mine, theirs


@pytest.mark.hazard("H-27")
@pytest.mark.parametrize(("keep", "pains"), [("mine", [4, 5, 8]), ("theirs", [4, 7, 8])])
def test_the_copy_of_another_device_is_taken_over_by_choice(
    keep: Any, pains: list[int], tmp_path: Path
) -> None:
    mine, theirs = two_copies(tmp_path)

    done = bring_in(mine, theirs.book.lines, keep)

    assert [e.pain for e in Diary(mine.path).book.entries] == pains
    assert (done.known, done.kept + done.replaced) == (1, 1)
    assert any(line.id == "mine-mine" for line in mine.book.lines)


@pytest.mark.hazard("H-27")
def test_without_a_choice_nothing_of_the_copy_is_written(tmp_path: Path) -> None:
    mine, theirs = two_copies(tmp_path)
    before = mine.path.read_bytes()

    with pytest.raises(Conflict):
        bring_in(mine, theirs.book.lines)

    assert mine.path.read_bytes() == before


def test_what_was_deleted_here_does_not_come_back_from_a_copy(tmp_path: Path) -> None:
    mine, theirs = two_copies(tmp_path)
    mine.delete(["common-common"])

    bring_in(mine, theirs.book.lines, "theirs")

    assert [e.pain for e in mine.book.entries] == [7, 8]
