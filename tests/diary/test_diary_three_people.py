"""The three people of docs/explanation/three-diaries.md, twelve weeks through the command."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import pytest
from running import run

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import three_diaries as made  # noqa: E402


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three folders, each with a diary."""
    folder = tmp_path_factory.mktemp("three")
    for kind in made.KINDS:
        made.written(folder, kind)
    return folder


def course(home: Path, kind: str, week: int) -> str:
    day = made.START + dt.timedelta(weeks=week)
    ran = run("diary", "course", "--folder", home / kind, "--lang", "en", "--on", day)
    assert ran.code == 0, ran.err
    return " ".join(ran.text.split())


def test_somebody_who_recovers_is_told_to_go_on(home: Path) -> None:
    third = course(home, "recovering", 3)

    assert "You can clearly do more than at the start." in third
    assert "That fits with a normal course, even with pain. Go on like this." in third
    assert "Make an appointment" not in third.partition("The pattern")[0].partition("4 weeks")[0]
    assert "Over the weeks it goes the right way." in course(home, "recovering", 12)


def test_somebody_who_deviates_is_sent_on_and_gets_better(home: Path) -> None:
    third, last = course(home, "deviating", 3), course(home, "deviating", 12)

    assert "It is a reason to look further, not a forecast." in third
    assert "Make an appointment with a GP or physiotherapist, by about week 4." in third
    assert "Make an appointment now with your GP or a physiotherapist." in last
    assert "You can clearly do more than at the start." in last
    assert "thanks to" not in last


def test_the_nights_of_a_carer_stand_out_and_may_be_tried_out(home: Path) -> None:
    assert "You cannot clearly do more yet" in course(home, "carer", 12)
    here = ["--folder", home / "carer", "--lang", "en"]

    found = " ".join(run("diary", "patterns", *here, "--on", made.LAST).text.split())
    asked = " ".join(
        run(
            "diary", "experiment", "plan", *here, "--what", "one night of respite care"
        ).text.split()
    )

    assert "after a broken night your pain was about 2 points higher" in found
    assert "Going together does not make it a cause." in found
    assert "lifted your pain was not clearly different" in found
    assert "What you try one night of respite care" in asked
    assert "You may always stop, without a reason." in asked


def test_the_page_shows_what_the_commands_say_today(tmp_path: Path) -> None:
    text = made.PAGE.read_text("utf-8")

    assert made.page(text, tmp_path) == text
    shown = re.findall(r"!\[[^\]]{20,}\]\(\.\./pictures/([^)]+)\.png\)", text)
    assert shown == list(made.SHOWN)
    sizes = [(made.PICTURES / f"{name}.png").stat().st_size for name in shown]
    assert all(1_000 < size < 150_000 for size in sizes)
