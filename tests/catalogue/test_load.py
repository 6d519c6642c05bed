"""Broken knowledge is refused with file, line and what to do."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from rugkompas.assess import assess
from rugkompas.catalogue import Knowledge, KnowledgeError
from rugkompas.catalogue.load import FOLDER, load_from
from rugkompas.catalogue.parameters import Parameters


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "knowledge"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


BREAKS = {
    "an unknown key": (
        "red_flags/E06.yaml",
        "basis: choice",
        "basis: choice\nurgency: high",
        r"red_flags/E06\.yaml, line 7: .*unknown key 'urgency'.*Allowed here: id, tier",
    ),
    "a key that stands twice": (
        "red_flags/E06.yaml",
        "basis: choice",
        "basis: choice\nbasis: study",
        r'red_flags/E06\.yaml, line 7: .*duplicate key "basis"',
    ),
    "an id that is not the name of the file": (
        "red_flags/E06.yaml",
        "id: E06",
        "id: E07",
        r"red_flags/E06\.yaml, line 1: the id 'E07' is not the name of the file",
    ),
    "a tier that does not exist": (
        "red_flags/E06.yaml",
        "tier: emergency",
        "tier: urgent",
        r"red_flags/E06\.yaml, line 2: Invalid enum value 'urgent'",
    ),
    "a contact that does not exist": (
        "red_flags/E06.yaml",
        "contact: call_112",
        "contact: call_999",
        r"red_flags/E06\.yaml, line 4: 'call_999' is not a contact.*contacts/call_999",
    ),
    "a condition that does not exist": (
        "red_flags/E06.yaml",
        "sepsis",
        "sepsys",
        r"red_flags/E06\.yaml, line 5: 'sepsys' is not a condition",
    ),
    "a source that does not exist": (
        "parameters/pain_severe.yaml",
        "enthoven_2016",
        "enthoven_2061",
        r"parameters/pain_severe\.yaml, line \d+: 'enthoven_2061' is not a source",
    ),
    "broken YAML": (
        "red_flags/E06.yaml",
        "suspects: [",
        "suspects: [[",
        r"red_flags/E06\.yaml, line \d+: .*Mend the YAML",
    ),
    "no unit on a number": (
        "parameters/pain_severe.yaml",
        'unit: "0-10"',
        'unit: ""',
        r"parameters/pain_severe\.yaml, line 2: ",
    ),
    "words that one language lacks": (
        "words/en/tiers.yaml",
        "self_care:",
        "selfcare:",
        r"words/en/tiers\.yaml: has no words for 'self_care'",
    ),
    "a placeholder that the languages do not share": (
        "words/en/errors.yaml",
        "Do you mean '{near}'",
        "Do you mean '{other}'",
        r"words/en/errors\.yaml, line \d+: 'unknown_id_near' has the placeholders",
    ),
    "a recalled source that is called seen": (
        "parameters/age_axspa_start.yaml",
        "mark: recalled}",
        "mark: seen}",
        r"parameters/age_axspa_start\.yaml, line \d+: .*was only recalled",
    ),
    "a value without a source that is no choice": (
        "parameters/age_adult.yaml",
        "mark: choice",
        "mark: seen",
        r"parameters/age_adult\.yaml, line \d+: value 2026-11-22 has no source",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_broken_knowledge_is_refused_with_file_and_line(what: str, folder: Path) -> None:
    name, old, new, message = BREAKS[what]
    change(folder / name, old, new)

    with pytest.raises(KnowledgeError, match=message):
        load_from(folder)


@pytest.mark.parametrize(
    ("until", "begins", "message"),
    [
        ("", "2027-01-01", "has no end, so it overlaps"),
        ("2026-12-30", "2027-01-01", "a gap between 2026-12-30 and 2027-01-01"),
        ("2027-01-01", "2027-01-01", "an overlap between 2027-01-01 and 2027-01-01"),
    ],
)
def test_dates_follow_each_other_without_gap_or_overlap(
    until: str, begins: str, message: str, folder: Path
) -> None:
    path = folder / "parameters" / "age_adult.yaml"
    end = f'\n    until: "{until}"' if until else ""
    change(
        path,
        "mark: choice",
        f'mark: choice{end}\n  - from: "{begins}"\n    value: 16\n    mark: choice',
    )

    with pytest.raises(KnowledgeError, match=message):
        load_from(folder)


def test_a_new_value_holds_from_its_day_and_the_old_one_stays(folder: Path) -> None:
    path = folder / "parameters" / "age_adult.yaml"
    later = '\n  - from: "2027-01-01"\n    value: 16\n    mark: choice'
    new = f'mark: choice\n    until: "2026-12-31"{later}'
    change(path, "mark: choice", new)

    changed = load_from(folder)

    assert 18 == changed.parameters_on(dt.date(2026, 12, 31)).age_adult
    assert 16 == changed.parameters_on(dt.date(2027, 1, 1)).age_adult
    days = (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    found = [assess({"age_years": 17}, on=day, knowledge=changed).triage.rules for day in days]
    assert [True, False] == ["P11" in {row.id for row in rows} for rows in found]


def test_days_with_the_same_numbers_share_what_is_made_of_them(knowledge: Knowledge) -> None:
    def make(_knowledge: Knowledge, _p: Parameters) -> object:
        return object()

    first, again = (
        knowledge.once(make, knowledge.parameters_on(dt.date(2026, 11, day))) for day in (25, 26)
    )

    assert first is again


def test_a_day_before_the_first_value_is_refused_not_guessed(knowledge: Knowledge) -> None:
    with pytest.raises(LookupError, match="has no value on 2000-01-01"):
        knowledge.parameters_on(dt.date(2000, 1, 1))


def test_another_byte_is_another_version(folder: Path) -> None:
    before = load_from(folder).version
    (folder / "release.yaml").write_text(
        (folder / "release.yaml").read_text("utf-8") + "# note\n", "utf-8"
    )

    assert before != load_from(folder).version


def test_words_may_be_spread_over_a_folder_but_stand_once(folder: Path) -> None:
    for language in ("nl", "en"):
        more = folder / "words" / language / "web" / "more.yaml"
        more.parent.mkdir(exist_ok=True)
        more.write_text("spread_over_files: Hier\n", "utf-8")

    assert load_from(folder).words["nl"].web["spread_over_files"] == "Hier"

    more.write_text("spread_over_files: Here\nnext: Next\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"web/more\.yaml, line 2: 'next' stands in another"):
        load_from(folder)
