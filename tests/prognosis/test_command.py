"""``rugkompas prognosis``, as others call it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from running import run

import rugkompas

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

FIELDS = [
    "id",
    *("limited_3m", "limited_3m_lower", "limited_3m_upper"),
    *("limited_12m", "limited_12m_lower", "limited_12m_upper"),
]
ANSWERS = {"id": "ann", "pain_duration_days": 30, "rmdq": 9, "work_load": "heavy"}


def test_one_person_as_json_equals_the_library(tmp_path: Path) -> None:
    (tmp_path / "ann.json").write_text(json.dumps(ANSWERS))

    done = run("prognosis", tmp_path / "ann.json", "--format", "json")

    data = json.loads(done.out)
    assert done.code == 0
    assert list(data)[:7] == FIELDS
    assert data["limited_3m"] == rugkompas.prognosis(ANSWERS).chances[3].chance


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_table_gives_a_row_for_everybody(ending: str, tmp_path: Path) -> None:
    table = pl.DataFrame({"id": ["a", "b", "c"], "rmdq": [3, None, 20]})
    source, target = tmp_path / f"people.{ending}", tmp_path / "chances.parquet"
    {"csv": table.write_csv, "jsonl": table.write_ndjson, "parquet": table.write_parquet}[ending](
        source
    )

    done = run("prognosis", source, "-o", target)

    found = pl.read_parquet(target)
    assert done.code == 0
    assert found.columns[:7] == FIELDS
    assert found["id"].to_list() == ["a", "b", "c"]
    assert found["limited_3m"].to_list()[0] < found["limited_3m"].to_list()[2]


def test_a_list_of_people_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text(json.dumps([ANSWERS, {"id": "bob"}]))

    done = run("prognosis", tmp_path / "people.json", "-o", tmp_path / "out.csv")

    assert done.code == 0
    assert pl.read_csv(tmp_path / "out.csv")["id"].to_list() == ["ann", "bob"]


def test_bad_rows_are_set_apart_and_the_rest_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id,rmdq,start_back_class\na,5,low\nb,99,low\nc,,high\n")

    done = run("prognosis", source, "-o", tmp_path / "out.csv", "--lang", "en")

    rejected = json.loads((tmp_path / "out.rejects.jsonl").read_text())
    assert done.code == 3
    assert pl.read_csv(tmp_path / "out.csv")["id"].to_list() == ["a", "c"]
    assert (rejected["row"], rejected["id"]) == (2, "b")
    assert "rmdq" in rejected["problems"][0]


@pytest.mark.parametrize("format_", ["text", "html", "json"])
def test_every_form_can_be_written_to_a_file(format_: str, tmp_path: Path) -> None:
    (tmp_path / "ann.json").write_text(json.dumps(ANSWERS))
    target = tmp_path / "out"

    done = run("prognosis", tmp_path / "ann.json", "--format", format_, "-o", target)

    assert done.code == 0
    assert target.read_text("utf-8").strip()


@pytest.mark.parametrize(
    ("answers", "arguments"),
    [
        ('{"rmdq": 99}', []),
        ('{"rmqd": 9}', []),
        ("[1, 2", []),
        ('{"rmdq": 9}', ["-o", "out.pdf"]),
        ('{"rmdq": 9}', ["--format", "pdf"]),
        ('[{"rmdq": 9}]', []),
    ],
)
def test_what_cannot_be_done_is_refused(answers: str, arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "ann.json").write_text(answers)

    assert run("prognosis", "ann.json", *arguments, cwd=tmp_path).refused()


def test_no_answer_stands_in_a_message(tmp_path: Path) -> None:
    (tmp_path / "ann.json").write_text('{"rmdq": 7531, "sex": "zzqq"}')

    done = run("prognosis", tmp_path / "ann.json")

    assert done.refused()
    assert "7531" not in done.err
    assert "zzqq" not in done.err


def test_a_table_of_assessments_may_look_ahead_except_where_a_call_comes_first(
    tmp_path: Path,
) -> None:
    calm = json.loads((EXAMPLES / "desk.json").read_text())
    urgent = calm | {"saddle_change": "new_or_changed"}
    group = [calm | {"id": "calm"}, urgent | {"id": "urgent"}]
    table, out = tmp_path / "people.jsonl", tmp_path / "found.parquet"
    table.write_text("".join(json.dumps(person) + "\n" for person in group))
    columns = ("limited_3m", "limited_3m_lower", "limited_3m_upper")

    assert run("assess", table, "-o", out, "--prognosis").code == 0

    found = {row["id"]: row for row in pl.read_parquet(out).iter_rows(named=True)}
    alone = rugkompas.prognosis(calm).chances[3]
    told = [found["calm"][name] for name in columns]
    assert told == pytest.approx([alone.chance, alone.lower, alone.upper])
    assert found["urgent"]["urgency"] == "emergency"
    assert [found["urgent"][name] for name in columns] == [None] * 3
    assert run("assess", table, "-o", out).code == 0
    assert set(columns).isdisjoint(pl.read_parquet(out).columns)
