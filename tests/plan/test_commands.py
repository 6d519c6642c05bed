"""``options``, ``why`` and ``plan`` as people run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from plans import EXAMPLE

COMMAND = str(Path(sys.executable).with_name("rugkompas"))


def run(*arguments: object, stdin: bytes = b"") -> tuple[int, bytes, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RUGKOMPAS")}
    done = subprocess.run(
        [COMMAND, *map(str, arguments)], input=stdin, capture_output=True, env=kept, timeout=120
    )
    return done.returncode, done.stdout, done.stderr.decode()


def with_more(**more: object) -> bytes:
    return (
        EXAMPLE.read_bytes() + "".join(f"{k}: {json.dumps(v)}\n" for k, v in more.items()).encode()
    )


def test_options_comes_in_every_format(tmp_path: Path) -> None:
    begins = {"txt": b"Rugkompas", "json": b"{", "html": b"<!doctype", "pdf": b"%PDF"}
    for ending, begin in begins.items():
        out = tmp_path / f"options.{ending}"
        code, printed, _ = run("options", EXAMPLE, "-o", out)

        assert (code, printed) == (0, b"")
        assert out.read_bytes().startswith(begin)


def test_striking_on_the_command_line_works_for_this_run_only() -> None:
    code, out, _ = run(
        "options", EXAMPLE, "--strike", "act", "--strike", "heat", "--format", "json"
    )
    result = json.loads(out)
    gone = {option["id"]: option["reason"] for option in result["options"]["not_offered"]}

    assert code == 0
    assert (gone["act"], gone["heat"]) == ("rejected", "rejected")
    assert result["instead"]["act"]
    assert "act" not in result["instead"]["heat"]


def test_why_tells_the_reason_to_people_and_to_programs() -> None:
    people = run("why", "cbt_i", EXAMPLE, "--lang", "en")
    programs = run("why", "cbt_i", EXAMPLE, "--format", "json")
    why = json.loads(programs[1])["why"]

    assert people[0] == programs[0] == 0
    assert b"nights" in people[1]
    assert (why["offered"], why["reason"]) == (False, "contraindicated")
    assert why["facts"] == ["no_uninterrupted_nights"]


def test_a_pick_that_does_not_fit_is_refused_with_the_reason_and_without_an_answer() -> None:
    code, out, err = run("plan", "-", stdin=with_more(picks=["act", "yoga"]))

    assert (code, out) == (2, b"")
    assert "picks.yoga" in err
    assert "rugkompas why yoga" in err
    assert "20" not in err
    assert "picks.act" not in err


def test_a_plan_for_the_calendar(tmp_path: Path) -> None:
    out = tmp_path / "plan.ics"
    code, _, _ = run("plan", EXAMPLE, "-o", out, "--on", "2026-11-25")

    assert code == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_when_it_is_urgent_there_is_no_calendar_and_the_message_says_whom_to_call() -> None:
    urgent = EXAMPLE.read_bytes().replace(b"saddle_change: no", b"saddle_change: new_or_changed")
    code, out, err = run("plan", "-", "--format", "ics", stdin=urgent)
    shown = run("plan", "-", stdin=urgent)

    assert (code, out) == (2, b"")
    assert "Bel" in err
    assert shown[0] == 0
    assert b"Nu geen mogelijkheden" in shown[1]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["options"], "FILE"),
        (["options", "nowhere.yaml"], "nowhere.yaml"),
        (["options", "table.csv"], "1 persoon"),
        (["options", EXAMPLE, "--strike", "actt"], "act"),
        (["options", EXAMPLE, "--format", "ics"], "text, json, html, pdf"),
        (["why", "acct", EXAMPLE], "act"),
        (["why", "act"], "FILE"),
        (["plan", EXAMPLE, "-o", EXAMPLE], "overschrijven"),
        (["plan", EXAMPLE, "-o", "plan.docx"], "--format"),
    ],
)
def test_a_command_line_that_cannot_be_followed_is_refused(
    arguments: list[object], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text("age_years\n40\n")
    code, out, err = run(*arguments)

    assert (code, out) == (2, b"")
    assert named in err
    assert "Traceback" not in err


def test_rejects_that_cannot_be_read_are_refused_with_their_own_message() -> None:
    answers = json.dumps({"rejects": 5}).encode()
    code, out, err = run("options", "-", "--strike", "act", stdin=answers)

    assert (code, out) == (2, b"")
    assert "rejects" in err
