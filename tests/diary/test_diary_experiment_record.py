"""The plan of a personal experiment as a record of the diary: checked, kept, taken along, gone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pages_of_a_diary import DAY, KNOWLEDGE, day, evening, page

from rugkompas import BadAnswers
from rugkompas.people.diary import Conflict, Diary, Experiment, experiment
from rugkompas.people.diary.exchange import as_json, bring_in, lines_in
from rugkompas.people.diary.experiment import LONGEST
from rugkompas.statistics import experiment as statistics


def planned(**given: Any) -> Experiment:
    base = {
        "id": "experiment-1", "written_at": evening(DAY), "day": day(1), "what": "warmte",
        "option": "heat", "difference": 1.5, "pairs": 4, "period_days": 7, "washout_days": 1,
        "power": 0.82, "seed": 11,
    }  # fmt: skip
    return experiment({**base, **given}, KNOWLEDGE)


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    made = Diary(tmp_path / "diary.jsonl")
    made.add(page(0, pain=4))
    return made


def test_a_plan_is_kept_beside_the_days(diary: Diary) -> None:
    diary.add(planned())

    again = Diary(diary.path).book

    assert again.experiments == [planned()]
    assert [e.pain for e in again.entries] == [4]


def test_how_it_ended_is_a_new_version_of_the_plan(diary: Diary) -> None:
    diary.add(planned())
    ended = {"id": "experiment-2", "replaces": "experiment-1", "written_at": evening(day(9))}
    diary.add(planned(**ended, ended="own_choice", ended_on=day(9)))

    (now,) = diary.book.experiments

    assert now.ended == "own_choice"
    assert diary.book.earlier(now) == [planned()]
    with pytest.raises(Conflict):
        diary.add(planned(id="experiment-3", seed=12))


def test_a_plan_goes_along_to_another_device_and_back(diary: Diary, tmp_path: Path) -> None:
    diary.add(planned())
    other = Diary(tmp_path / "other.jsonl")

    for _ in range(2):
        bring_in(other, lines_in(as_json(diary.book), "json", "x", KNOWLEDGE))

    assert other.book.lines == diary.book.lines


def test_an_erased_plan_leaves_no_content(diary: Diary) -> None:
    diary.add(planned(what="CANARY"))

    diary.delete(["experiment-1"])

    assert diary.book.experiments == []
    assert b"CANARY" not in diary.path.read_bytes()


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"what": ""}, "diary_name"),
        ({"what": "x" * 61}, "diary_name"),
        ({"option": "no_such_thing"}, "diary_option"),
        ({"outcome": "mood"}, "not_a_value"),
        ({"difference": 0.1}, "out_of_range"),
        ({"difference": float("nan")}, "out_of_range"),
        ({"pairs": 1}, "out_of_range"),
        ({"pairs": 14}, "diary_too_long"),
        ({"washout_days": 7}, "out_of_range"),
        ({"seed": -1}, "out_of_range"),
        ({"seed": 2**53}, "out_of_range"),
        ({"day": day(-1)}, "diary_plan_ahead"),
        ({"day": day(61)}, "diary_plan_ahead"),
        ({"ended": "finished"}, "diary_ended"),
        ({"ended": "finished", "ended_on": day(1)}, "diary_future"),
        ({"ended": "bored", "ended_on": DAY}, "not_a_value"),
        ({"written_at": dt.datetime(2026, 11, 25, 21)}, "diary_zone"),
        ({"more": 1}, "diary_field"),
        ({"pairs": "four"}, "diary_value"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(given: dict[str, Any], kind: str) -> None:
    with pytest.raises(BadAnswers) as caught:
        planned(**given)

    assert [problem.kind for problem in caught.value.problems] == [kind]


def test_half_a_year_is_the_same_for_the_file_and_for_the_statistics() -> None:
    assert LONGEST == statistics.LONGEST
