"""``rugkompas diary``, as people and scripts call it."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import polars as pl
import pytest
from pages_of_a_diary import DAY, KNOWLEDGE
from running import COMMAND, Ran, environment, run

from rugkompas.cli.diary import COMMANDS
from rugkompas.people.diary import Diary
from rugkompas.people.made_up_diaries import diary, rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def yesterday() -> dt.date:
    return dt.date.today() - dt.timedelta(days=1)


def command(folder: Path, name: str, *arguments: object, **extra: str) -> Ran:
    return run("diary", name, "--folder", folder, *arguments, **extra)


def added(folder: Path, *arguments: object) -> dict[str, Any]:
    done = command(folder, "add", "--format", "json", *arguments)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_part_ends_with_examples_in_the_language(name: str, language: str) -> None:
    ran = run("diary", name, "--help", "--lang", language)

    assert ran.code == 0
    last = ran.text.split({"nl": "Voorbeelden:", "en": "Examples:"}[language])[-1]
    assert f"rugkompas diary {name}" in last


def test_a_day_by_options_is_kept_as_it_was_given(folder: Path) -> None:
    said = added(
        folder,
        *("--names", "tillen,fietsen", "--pain", 4, "--activity", 3, "--activity", "fietsen=5"),
        *("--factor", "broken_night=yes", "--factor", "minutes_moved=40", "--plan", "lopen=partly"),
        *("--sign", "bladder_change=no", "--course", "unchanged", "--pain-days", 6),
        *("--note", "=1+1", "--key", "script-0001"),
    )

    (kept,) = json.loads(command(folder, "list", "--format", "json").out)
    assert (said["new"], said["id"]) == (True, "script-0001")
    assert said["day"] == dt.date.today().isoformat()
    assert kept["activities"] == {"tillen": 3, "fietsen": 5}
    assert kept["factors"] == {"broken_night": "yes", "minutes_moved": 40}
    assert kept["week"] == {"pain_days": 6, "course_activity": "unchanged"}
    assert (kept["plan"], kept["signs"]) == ({"lopen": "partly"}, {"bladder_change": "no"})
    assert kept["note"] == "=1+1"


@pytest.mark.hazard("H-27")
def test_a_script_that_sends_again_doubles_nothing(folder: Path) -> None:
    first = added(folder, "--pain", 4, "--key", "script-0001")
    again = added(folder, "--pain", 4, "--key", "script-0001")

    assert (first["new"], again["new"]) == (True, False)
    assert first["version"] == again["version"]


@pytest.mark.hazard("H-27")
def test_a_day_that_is_there_is_only_changed_when_asked(folder: Path) -> None:
    added(folder, "--pain", 4, "--note", "ochtend")

    refused = command(folder, "add", "--pain", 6)
    assert refused.refused()
    assert "--change" in refused.err

    added(folder, "--pain", 6, "--change")
    (kept,) = json.loads(command(folder, "list", "--format", "json").out)
    assert (kept["pain"], kept["note"], kept["versions_before"]) == (6, "ochtend", 1)


@pytest.mark.hazard("H-21")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_alarm_sign_shows_the_urgent_result_first(language: str, folder: Path) -> None:
    done = command(
        folder, "add", "--pain", 3, "--sign", "saddle_change=new_or_changed", "--lang", language
    )

    title = KNOWLEDGE.words[language].report["title"]
    assert done.code == 0
    assert done.text.startswith(title)
    assert Diary(folder / "diary.jsonl").book.entries[0].pain == 3


@pytest.mark.hazard("H-14", "H-22")
def test_every_entry_says_who_reads_it_and_when_to_call(folder: Path) -> None:
    text = command(folder, "add", "--pain", 3).text

    assert KNOWLEDGE.words["nl"].diary["call_text"] in text
    assert KNOWLEDGE.words["nl"].questions["saddle_change"].clause["new_or_changed"] in text


@pytest.mark.parametrize(
    "wrong",
    [
        ["--pain", "11"], ["--pain", "x"], ["--activity", "3"], ["--factor", "stress"],
        ["--factor", "stress=maybe"], ["--sign", "nothing=yes"], ["--sign", "bladder_change=x"],
        ["--key", "short", "--pain", "3"], ["--day", "2099-01-01", "--pain", "3"],
        ["--day", "soon", "--pain", "3"], ["--answers", "nowhere.json"], ["--names", "a,b,c,d"],
        [], ["--note", "x" * 501],
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(wrong: list[str], folder: Path) -> None:
    assert command(folder, "add", *wrong).refused()
    assert not (folder / "diary.jsonl").exists() or not Diary(folder / "diary.jsonl").book.lines


def test_answers_to_all_questions_count_on_every_day(folder: Path, tmp_path: Path) -> None:
    run("example", "-o", tmp_path / "me.yaml")

    said = added(folder, "--answers", tmp_path / "me.yaml", "--pain", 5)

    assert said["triaged"]
    assert said["urgency"] == "planned"
    assert not added(folder / "other", "--pain", 5)["triaged"]


def kept(folder: Path, kind: Any = "deviating") -> Path:
    """A made-up diary as a file."""
    made = diary(kind, 1, DAY, KNOWLEDGE)
    Diary(folder / "diary.jsonl").add(*made.lines)
    return folder


def test_the_course_on_the_screen_as_a_page_and_for_programs(folder: Path, tmp_path: Path) -> None:
    kept(folder)
    on = ("--on", "2026-12-16")

    text = command(folder, "course", *on, "--lang", "en", COLUMNS="200").text
    data = json.loads(command(folder, "course", *on, "--format", "json").out)
    command(folder, "course", *on, "-o", tmp_path / "course.html")

    assert "You cannot clearly do more yet" in text
    assert (data["direction"], data["moments"][0]["state"]) == ("unchanged", "reached")
    assert 'role="img"' in (tmp_path / "course.html").read_text()


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_course_of_a_table_of_diaries(ending: str, tmp_path: Path) -> None:
    table = pl.DataFrame(list(rows(30, 1, 90)))
    source, target = tmp_path / f"days.{ending}", tmp_path / "courses.parquet"
    {"csv": table.write_csv, "jsonl": table.write_ndjson, "parquet": table.write_parquet}[ending](
        source
    )

    done = run("diary", "course", source, "-o", target)

    found = pl.read_parquet(target)
    assert done.code == 0, done.err
    assert found.height == 30
    assert found["week_3"].to_list()[:3] == ["improving", "unchanged", "before_diary"]


def test_rows_of_a_table_that_cannot_be_are_named_apart(tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text("id,day,pain\na,2026-01-01,3\na,2026-01-02,CANARY\n")

    done = run("diary", "course", tmp_path / "days.csv", "-o", tmp_path / "out.csv")

    rejects = (tmp_path / "out.rejects.jsonl").read_text()
    assert done.code == 3
    assert json.loads(rejects)["row"] == 2
    assert "CANARY" not in rejects + done.err


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_what_is_exported_can_be_brought_in_elsewhere(
    ending: str, folder: Path, tmp_path: Path
) -> None:
    kept(folder)
    file = tmp_path / f"export.{ending}"
    command(folder, "export", "-o", file)

    done = command(tmp_path / "other", "import", file)

    assert done.code == 0, done.err
    there = Diary(tmp_path / "other" / "diary.jsonl").book.entries
    assert there == Diary(folder / "diary.jsonl").book.entries
    assert oct(file.stat().st_mode)[-3:] == "600"


@pytest.mark.hazard("H-27")
def test_a_copy_that_differs_asks_for_a_choice(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    added(folder, "--pain", 4)
    added(other, "--pain", 7)

    assert command(folder, "import", other / "diary.jsonl").refused()
    assert command(folder, "import", other / "diary.jsonl", "--keep", "theirs").code == 0
    assert [e.pain for e in Diary(folder / "diary.jsonl").book.entries] == [7]


@pytest.mark.hazard("H-47")
def test_erasing_a_day_and_erasing_all(folder: Path) -> None:
    today = added(folder, "--note", "CANARY")["day"]
    added(folder, "--day", yesterday(), "--pain", 3)

    assert command(folder, "erase", "--day", today).refused()
    assert command(folder, "erase", "--day", today, "--yes").code == 0
    assert b"CANARY" not in (folder / "diary.jsonl").read_bytes()
    assert command(folder, "erase", "--yes").code == 0
    assert list(folder.iterdir()) == []
    assert command(folder, "erase", "--yes").refused()


def test_reminders_are_a_calendar_file(folder: Path, tmp_path: Path) -> None:
    kept(folder)

    done = command(folder, "remind", "-o", tmp_path / "m.ics", "--on", DAY)

    assert done.code == 0, done.err
    assert (tmp_path / "m.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.hazard("H-27")
def test_a_diary_that_cannot_be_written_says_whom_to_call(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    ran = command(tmp_path / "file" / "folder", "add", "--pain", 4)

    assert ran.refused()
    assert "112" in ran.err


def test_the_diary_is_kept_with_the_data_of_programs_by_default(tmp_path: Path) -> None:
    done = run("diary", "add", "--pain", 4, XDG_DATA_HOME=str(tmp_path))

    assert done.code == 0
    assert (tmp_path / "rugkompas" / "diary.jsonl").exists()


def talk(folder: Path, keys: list[str]) -> tuple[str, int]:
    """Types these keys, each with Enter, one for each question."""
    screen = pexpect.spawn(
        COMMAND,
        ["diary", "add", "--folder", str(folder), "--lang", "nl", "--no-color"],
        env=environment(TERM="dumb"),  # type: ignore[arg-type]
        encoding="utf-8",
        timeout=60,
        dimensions=(60, 200),
    )
    for key in keys:
        screen.expect(r": $")
        screen.sendline(key)
    screen.expect(pexpect.EOF)
    screen.close()
    return screen.before or "", screen.exitstatus or 0


def test_an_entry_takes_a_few_keys(folder: Path) -> None:
    added(folder, "--names", "tillen", "--day", yesterday(), "--pain", 5)

    _, code = talk(folder, ["0", "4", "3", "1", ""])

    (_, e) = Diary(folder / "diary.jsonl").book.entries
    assert code == 0
    assert (e.pain, e.activities) == (4, {"tillen": 3})
    assert e.factors == {"broken_night": "yes", "lifting": "no", "stress": "no"}
    assert set(e.signs.values()) == {"no", "none"}
    assert {"bladder_change", "bowel_change", "saddle_change"} <= set(e.signs)


@pytest.mark.hazard("H-05", "H-21")
def test_what_is_skipped_is_not_answered(folder: Path) -> None:
    talk(folder, ["", "4", "", "", ""])

    (e,) = Diary(folder / "diary.jsonl").book.entries
    assert (e.pain, e.signs, e.factors, e.activities, e.note) == (4, {}, {}, {}, "")


@pytest.mark.hazard("H-21")
def test_an_alarm_in_the_interview_ends_it_with_the_urgent_result(folder: Path) -> None:
    screen, code = talk(folder, ["1"])

    (e,) = Diary(folder / "diary.jsonl").book.entries
    assert code == 0
    assert "yes" in e.signs.values()
    assert e.pain is None
    assert KNOWLEDGE.words["nl"].report["title"] in screen


def test_stopping_keeps_nothing(folder: Path) -> None:
    talk(folder, ["0", "q"])

    assert not (folder / "diary.jsonl").exists()


@pytest.mark.parametrize(
    "typed", ["rugkompas di", "rugkompas diary co", "rugkompas diary add --pai"]
)
def test_the_shell_completes_the_parts(typed: str) -> None:
    wanted = {"di": "diary", "co": "course", "--pai": "--pain"}[typed.split()[-1]]
    done = subprocess.run(
        [COMMAND],
        env=environment(
            _RUGKOMPAS_COMPLETE="bash_complete",
            COMP_WORDS=typed,
            COMP_CWORD=str(len(typed.split()) - 1),
        ),
        capture_output=True,
        text=True,
    )

    assert f",{wanted}" in done.stdout


HEAVY = {"polars", "pyarrow", "numpy", "typst", "z3", "narwhals"}


def test_an_entry_loads_nothing_heavy(folder: Path) -> None:
    program = (
        "import sys; from rugkompas.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "diary", "add", "--folder", str(folder), "--pain", "3"],
        capture_output=True,
        text=True,
        env={**os.environ},
    )

    assert {name.partition(".")[0] for name in done.stdout.split()} & HEAVY == set()
