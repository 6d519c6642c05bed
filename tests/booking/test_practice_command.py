"""``rugkompas practice``: its words, its exit codes, and what it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from linde import write_practice

COMMAND = Path(sys.executable).with_name("rugkompas")


def run(folder: Path, *words: str, **names: str) -> subprocess.CompletedProcess[str]:
    kept = {n: it for n, it in os.environ.items() if not n.startswith(("RUGKOMPAS_", "DJANGO_"))}
    environment = {**kept, "DATABASE_URL": f"sqlite:///{folder}/x.sqlite3", **names}
    command = [COMMAND, "practice", *words, "--lang", "en"]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_right_file_says_how_many_times_there_are(tmp_path: Path) -> None:
    done = run(tmp_path, "check", str(write_practice(tmp_path)))

    assert (done.returncode, done.stderr) == (0, "")
    assert "free times in the next 7 days" in done.stdout
    assert "is right: De Linde." in done.stdout


def test_a_wrong_file_ends_with_2_and_names_each_line(tmp_path: Path) -> None:
    path = write_practice(tmp_path, email='email: "x"', look="keep_days: 999")

    done = run(tmp_path, "check", str(path))

    assert (done.returncode, done.stdout) == (2, "")
    assert "mistakes found: 2" in done.stderr
    assert "line 4: 'x' is no e-mail address" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_calendar_that_cannot_be_read_ends_with_2_and_names_it(tmp_path: Path) -> None:
    path = write_practice(tmp_path)
    (tmp_path / "anna.ics").write_text("no calendar")
    path.write_text(
        path.read_text().replace('"Anna de Vries"', '"Anna de Vries", calendars: [anna.ics]')
    )

    done = run(tmp_path, "check", str(path))

    assert done.returncode == 2
    assert "anna.ics" in done.stderr


def test_without_a_practice_there_is_nothing_to_invite_to(tmp_path: Path) -> None:
    done = run(tmp_path, "invite", "Anna", RUGKOMPAS_TRIAL="1")

    assert done.returncode == 2
    assert "takes no appointments" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_tables_the_command_says_so_and_changes_nothing(tmp_path: Path) -> None:
    file = str(write_practice(tmp_path))

    done = run(tmp_path, "tidy", RUGKOMPAS_TRIAL="1", RUGKOMPAS_PRACTICE_FILE=file)

    assert done.returncode == 2
    assert "database does not answer" in done.stderr
