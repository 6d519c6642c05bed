"""Patterns of a diary through the command: one person, a table, and when to call first."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from pages_of_a_diary import KNOWLEDGE
from running import run

import rugkompas
from rugkompas import Diary
from rugkompas.assess.patterns import columns, patterns
from rugkompas.assess.patterns_table import patterns_table
from rugkompas.outputs import chart_intervals
from rugkompas.outputs.parts import Interval, Intervals
from rugkompas.outputs.patterns_page import patterns_page
from rugkompas.people import made_up_diaries
from rugkompas.people.columns import BadTable
from rugkompas.people.diary import entry
from rugkompas.statistics.patterns import patterns as statistics

START = dt.date(2026, 9, 1)
LAST = START + dt.timedelta(days=84)


@pytest.fixture(scope="module")
def carer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the diary of somebody whose pain follows broken nights."""
    folder = tmp_path_factory.mktemp("carer")
    diary = Diary(folder / "diary.jsonl")
    diary.add(*made_up_diaries.diary("carer", 1, START, KNOWLEDGE).lines)
    return folder


def told(folder: Path, *arguments: object) -> dict[str, Any]:
    ran = run("diary", "patterns", "--folder", folder, "--format", "json", "--on", LAST, *arguments)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_broken_nights_stand_out_and_chance_does_not(carer: Path) -> None:
    found = told(carer)

    calls = {(f["factor"], f["day_before"]): f["call"] for f in found["factors"]}
    assert calls[("broken_night", False)] == "goes_with_more"
    assert [name for name, call in calls.items() if call.startswith("goes_with")] == [
        ("broken_night", False)
    ]
    first = found["factors"][0]
    assert first["low"] < 2.2 < first["high"], "the truth of this made-up person"


def test_the_command_tells_what_the_statistics_found(carer: Path) -> None:
    book = Diary(carer / "diary.jsonl").book
    whole = statistics(columns(book, "activities", LAST))

    found = told(carer, "--outcome", "activities")

    expected = {(p.factor, bool(p.lag)): p.difference for p in whole.factors}
    assert {(f["factor"], f["day_before"]): f["difference"] for f in found["factors"]} == expected


def test_the_file_of_a_diary_may_be_given_instead_of_its_folder(carer: Path) -> None:
    ran = run("diary", "patterns", carer / "diary.jsonl", "--format", "json", "--on", LAST)

    assert json.loads(ran.out) == told(carer)


def test_the_page_has_a_picture_a_table_and_sentences_with_the_same_numbers(carer: Path) -> None:
    page = carer / "patterns.html"
    assert run("diary", "patterns", "--folder", carer, "-o", page, "--on", LAST).code == 0
    html = page.read_text()

    svg = re.search(r"<svg[^>]*role=\"img\".*?</svg>", html, re.DOTALL)
    assert svg is not None
    drawn = ElementTree.fromstring(svg[0])
    ids = str(drawn.get("aria-labelledby")).split()
    assert [part.get("id") for part in drawn[:2]] == ids
    assert [part.tag.rpartition("}")[2] for part in drawn[:2]] == ["title", "desc"]
    numbers = next(f for f in told(carer)["factors"] if f["factor"] == "broken_night")
    shown = f"+{numbers['high']:.1f}".replace(".", ",")
    assert shown in str(drawn[1].text)
    assert shown in html.partition("<table")[2]
    assert "onderbroken nacht was uw pijn ongeveer 2 punten hoger" in html


def test_the_terminal_draws_every_interval_on_one_axis(carer: Path) -> None:
    shown = run("diary", "patterns", "--folder", carer, "--lang", "en", "--on", LAST).text

    lines = [line for line in shown.splitlines() if set(line) <= set("·│┿━●○") and line]
    assert len(lines) == 5
    assert {len(line) for line in lines} == {41}
    assert [line.count("●") for line in lines] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize(("low", "high"), [(-0.4, 0.3), (1.8, 2.3), (-9.9, -9.1), (-10, 10)])
def test_a_drawn_interval_reaches_just_as_far_as_it_does(low: float, high: float) -> None:
    row = Interval("x", (low + high) / 2, low, high, clear=False, words="")
    ends = chart_intervals.reach(Intervals("", "", "", "", "", (row,)))

    drawn = chart_intervals.cells(row, ends)
    marks = [place for place, cell in enumerate(drawn) if cell in "━┿●○"]

    step = ends / 20
    assert abs((marks[0] - 20) * step - low) <= step / 2
    assert abs((marks[-1] - 20) * step - high) <= step / 2


def test_too_short_a_diary_only_says_how_many_days_it_takes(tmp_path: Path) -> None:
    run("diary", "add", "--folder", tmp_path, "--pain", 4, "--factor", "stress=yes")

    assert "Vanaf 21 dagen" in run("diary", "patterns", "--folder", tmp_path).text


@pytest.mark.hazard("H-21")
def test_an_alarm_sign_hides_the_patterns(carer: Path, tmp_path: Path) -> None:
    diary = Diary(tmp_path / "diary.jsonl")
    diary.add(*Diary(carer / "diary.jsonl").book.lines)
    day = LAST + dt.timedelta(days=1)
    alarm = {"day": day, "signs": {"saddle_change": "new_or_changed"}}
    diary.add(entry({**alarm, "written_at": f"{day}T20:00:00+01:00"}, KNOWLEDGE))

    found = rugkompas.patterns(diary.book, on=day)

    said = json.loads(
        run("diary", "patterns", "--folder", tmp_path, "--format", "json", "--on", day).out
    )
    assert (said["call_first"], said["factors"]) == (True, [])
    sections = [section.id for section in patterns_page(found, "nl").sections]
    assert "patterns" not in sections
    assert "112" in run("diary", "patterns", "--folder", tmp_path, "--on", day).text


LONG = """id,day,pain,broken_night,steps
a,2026-01-01,4,yes,4000
a,2026-01-01,5,no,4000
a,2026-01-02,11,no,3000
a,yesterday,4,no,3000
a,2026-01-03,,unknown,
a,2026-01-04,4,maybe,3000
b,2026-01-01,4,1,
"""


def test_a_table_keeps_good_rows_and_tells_what_is_wrong_with_others(tmp_path: Path) -> None:
    table, results = tmp_path / "days.csv", tmp_path / "patterns.csv"
    table.write_text(LONG)

    ran = run("diary", "patterns", table, "-o", results, "--lang", "en")

    assert ran.code == 3
    told_rows = [json.loads(x) for x in (tmp_path / "patterns.rejects.jsonl").open()]
    assert [row["row"] for row in told_rows] == [2, 3, 4, 6]
    assert "maybe" not in str(told_rows)
    found = pl.read_csv(results)
    assert found["id"].to_list() == ["a", "a", "b", "b"]
    assert found["days"].to_list() == [1, 1, 1, 1]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_table_gives_each_person_what_their_own_diary_gives(suffix: str, tmp_path: Path) -> None:
    rows, alone = [], {}
    for kind in made_up_diaries.KINDS:
        book = made_up_diaries.diary(kind, 3, START, KNOWLEDGE)
        alone[kind] = patterns(book, on=LAST, knowledge=KNOWLEDGE).found
        rows += [{"id": kind, "day": e.day, "pain": e.pain, **e.factors} for e in book.entries]
    table, out = tmp_path / f"days.{suffix}", tmp_path / "out.parquet"
    frame = pl.DataFrame(rows, infer_schema_length=None)
    write = {"csv": frame.write_csv, "jsonl": frame.write_ndjson, "parquet": frame.write_parquet}
    write[suffix](table)

    assert run("diary", "patterns", table, "-o", out).code == 0

    for kind, found in alone.items():
        mine = pl.read_parquet(out).filter(pl.col("id") == kind)
        assert mine["call"].to_list() == [p.call for p in found.factors]
        assert mine["difference"].to_list() == pytest.approx([p.difference for p in found.factors])


def test_a_column_that_can_be_no_factor_is_refused() -> None:
    table = pl.DataFrame({"id": [1], "day": ["2026-01-01"], "pain": [1], "Bad Night": [1]})

    with pytest.raises(BadTable, match="unknown_columns"):
        patterns_table(table)
