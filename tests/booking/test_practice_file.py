"""The settings file of a practice: every mistake has its line and what to do, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from linde import FILE, write_practice

from rugkompas.web.booking.colours import contrast
from rugkompas.web.booking.practice_file import PracticeFileError, practice_in

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "practice" / "practice.yaml"


def mistakes(path: Path) -> list[tuple[int | None, str]]:
    with pytest.raises(PracticeFileError) as caught:
        practice_in(path)
    return [(it.line, it.text) for it in caught.value.mistakes]


def test_the_example_in_the_docs_is_right() -> None:
    practice = practice_in(EXAMPLE)

    assert practice.name == "Fysiotherapie De Linde"
    assert practice.people["anna"].calendars == (EXAMPLE.parent / "anna.ics",)
    assert practice.kinds["intake"].who == ("anna", "bram")


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("name", 'name: " "', "1 to 160 characters"),
        ("phone", 'phone: "12"', "area code"),
        ("email", 'email: "nobody"', "no e-mail address"),
        ("closed", 'closed: ["2026-13-01"]', "is no day"),
        ("closed", 'closed: ["2026-12-04 to 2026-12-01"]', "is no day"),
        ("look", 'look: {colour: "#888888", on_colour: "#999999"}', "1.24"),
        ("look", 'look: {colour: "green", on_colour: "#ffffff"}', "is no colour"),
        ("look", 'time_zone: "Mars/Olympus"', "is no time zone"),
        ("look", 'time_zone: "../../etc/passwd"', "is no time zone"),
        ("look", "keep_days: -1", "from 0 to 365"),
        ("look", "book_ahead_days: 0", "from 1 to 365"),
        ("look", "notice_hours: 9999", "from 0 to 336"),
        ("look", "start_every_minutes: 7", "multiple of 5"),
        ("look", "colour: blue", "unknown key"),
        ("look", "look: 5", "Expected"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, line: str, instead: str, said: str
) -> None:
    path = write_practice(tmp_path, **{line: instead})
    number = next(n for n, it in enumerate(path.read_text().splitlines(), 1) if it == instead)

    ((at, text),) = mistakes(path)

    assert (at, said in text) == (number, True), text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('monday: ["09:00-12:00"]', 'monday: ["12:00-09:00"]', "the end is later"),
        ('monday: ["09:00-12:00"]', 'monday: ["25:00-26:00"]', "the end is later"),
        ('monday: ["09:00-12:00"]', 'monday: ["09:00-12:00", "11:00-13:00"]', "without overlap"),
        ("tuesday:", "funday:", "is no day"),
        ("minutes: 45", "minutes: 7", "multiple of 5"),
        ("minutes: 45", "minutes: 0", "multiple of 5"),
        ("who: [anna, bram]", "who: [anna, zed]", "'zed' is no practitioner"),
        ("who: [anna, bram]", "who: []", "nobody does 'intake'"),
        ('nl: "Controle", en', 'de: "Controle", en', "a name in nl and en"),
        ("anna: {", "An na: {", "no short name"),
        ('"Anna de Vries"', '"Anna de Vries", calendars: [no.ics]', "'no.ics' is not there"),
    ],
)
def test_a_mistake_inside_is_told_as_well(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "practice.yaml"
    path.write_text(FILE.replace(old, new, 1))

    assert any(said in text for _, text in mistakes(path))


def test_all_mistakes_come_at_once_and_in_order(tmp_path: Path) -> None:
    path = write_practice(tmp_path, name='name: ""', email='email: "x"', look="keep_days: 999")

    lines = [line for line, _ in mistakes(path)]

    assert len(lines) == 3
    assert lines == sorted(lines)


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"name: [", b"\xff\xfe", b"a: 1\na: 2\n"])
def test_what_is_no_such_file_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "practice.yaml"
    path.write_bytes(content)

    assert all(text for _, text in mistakes(path))


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(PracticeFileError, match="cannot be read"):
        practice_in(Path("nowhere.yaml"))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
