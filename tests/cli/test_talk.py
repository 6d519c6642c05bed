"""The interview on a real terminal, line by line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pexpect
import pytest
from running import COMMAND, environment

PROMPT = r"q stop\): "


class Person:
    """Someone at a terminal. ``hears`` is all that was printed."""

    def __init__(self, folder: Path, *arguments: str, language: str = "nl") -> None:
        self.hears = ""
        self.process = pexpect.spawn(
            COMMAND,
            ["assess", "--lang", language, "--on", "2026-11-25", *arguments],
            cwd=str(folder),
            env={**environment(NO_COLOR="1"), "TERM": "xterm"},
            encoding="utf-8",
            timeout=30,
            dimensions=(50, 100),
        )
        self.process.delaybeforesend = None
        self.process.setecho(False)
        self.listen()

    def listen(self, until: str = PROMPT) -> str:
        self.process.expect([until, pexpect.EOF])
        after = self.process.after if isinstance(self.process.after, str) else ""
        heard = re.sub(r"\s+", " ", self.process.before + after)
        self.hears += heard
        return heard

    def says(self, text: str, until: str = PROMPT) -> str:
        self.process.sendline(text)
        return self.listen(until)

    def ends(self) -> int:
        if not self.process.closed:
            self.process.expect(pexpect.EOF)
            self.hears += re.sub(r"\s+", " ", self.process.before)
            self.process.close()
        return int(self.process.exitstatus)


def calm_answer(question: str) -> str:
    """What a person without any sign types."""
    for known, typed in {
        "Hoe oud": "44", "How old": "44", "vrouw, een man": "2", "a woman, a man": "2",
        "Hoeveel dagen": "5", "How many days": "5", "van 0 tot 10": "3", "from 0 to 10": "3",
        "Hoe vaak": "0", "How often": "0", "How many times": "0",
        "staan en lopen": "1", "stand and walk": "1", "meer of minder": "1", "more or less": "1",
    }.items():  # fmt: skip
        if known in question:
            return typed
    if "0. " in question:
        return "0"
    no = re.search(r"(\d)\. (Nee|No)\b", question)
    return no[1] if no else "1"


def test_an_emergency_sign_ends_the_talk_with_whom_to_phone(tmp_path: Path) -> None:
    person = Person(tmp_path)
    heard = person.hears
    while "blaas" not in heard and "plassen" not in heard:
        heard = person.says(calm_answer(heard))

    rest = person.says("2", until=pexpect.EOF)

    assert person.ends() == 0
    assert "Bel" in rest
    assert "Vraag" not in rest.split("Bel")[0]
    assert "bewaren" not in rest
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "offer", "save"), [("nl", "meespeelt", "bewaren"), ("en", "plays a role", "keep")]
)
def test_a_whole_talk_ends_with_a_result_and_keeps_nothing_unasked(
    language: str, offer: str, save: str, tmp_path: Path
) -> None:
    person = Person(tmp_path, language=language)
    heard = person.hears
    while offer not in heard:
        heard = person.says(calm_answer(heard))

    result = person.says("2", until=rf"{save}.*:")
    person.process.sendline("")

    assert person.ends() == 0
    assert "112" in result
    assert list(tmp_path.iterdir()) == []


def test_answers_are_kept_only_in_the_file_that_was_asked_for_and_can_be_used_again(
    tmp_path: Path,
) -> None:
    (tmp_path / "taken.json").write_text("{}")
    person = Person(tmp_path, "--format", "json")
    heard = person.hears
    while "meespeelt" not in heard:
        heard = person.says(calm_answer(heard))
    assert "> uitkomst" in person.says("ja")
    assert "veranderen" in person.says("1")
    person.says("weet niet")
    person.says("2")
    person.says(">", until=r"bewaren.*:")
    person.says("taken", until=r"bestaat al.*:")
    person.process.sendline("me")

    assert person.ends() == 0
    kept = json.loads((tmp_path / "me.json").read_text())
    assert (kept["age_years"], kept["sex"]) == (44, "male")
    assert list(kept["factors"].values()) == ["yes"]
    assert list(kept["changeable"].values()) == ["no"]
    assert (tmp_path / "me.json").stat().st_mode & 0o077 == 0


def test_help_back_wrong_input_and_not_knowing_all_work(tmp_path: Path) -> None:
    person = Person(tmp_path)

    assert "eerste vraag" in person.says("<")
    assert "hele jaren" in person.says("?")
    assert "van 0 tot 120" in person.says("veertig")
    assert "van 0 tot 120" in person.says("121")
    assert "van 0 tot 120" in person.says("")
    assert "vrouw, een man" in person.says("44")
    assert "Hoe oud" in person.says("<")
    assert "vrouw, een man" in person.says("-")
    assert "staat er niet bij" in person.says("9")
    assert "Vraag 3." in person.says("man")
    assert "Vraag 4." in person.says("Dat weet ik niet")


@pytest.mark.parametrize("last", ["q", "\x04", "\x03"])
def test_stopping_says_that_nothing_was_kept(last: str, tmp_path: Path) -> None:
    person = Person(tmp_path)
    person.says("44")
    person.process.send(last + ("\n" if last == "q" else ""))

    assert person.ends() == 0
    assert "niets bewaard" in person.hears
    assert "Traceback" not in person.hears
    assert list(tmp_path.iterdir()) == []


def test_sets_are_answered_with_numbers(tmp_path: Path) -> None:
    person = Person(tmp_path)
    heard = person.hears
    while "kans op een infectie" not in heard:
        heard = person.says(calm_answer(heard))

    assert "Dat lukt niet" in person.says("0,1")
    assert "Dat lukt niet" in person.says("1,99")
    assert "Dat lukt niet" not in person.says("1, 3")
