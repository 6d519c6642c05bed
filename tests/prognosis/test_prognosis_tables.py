"""A table says of everybody what is said of them one by one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from people_at_random import people

import rugkompas
from rugkompas.assess.prognosis_table import COLUMNS, prognosis_table
from rugkompas.catalogue import Knowledge

SHARES = (0.02, 0.2, 0.6, 1.0)


def one_by_one(answers: dict[str, Any]) -> dict[str, float]:
    found = rugkompas.prognosis(answers).chances
    return {
        f"limited_{months}m{end}": value
        for months, chance in found.items()
        for end, value in (
            ("", chance.chance),
            ("_lower", chance.lower),
            ("_upper", chance.upper),
        )
    }


@pytest.mark.parametrize("share", SHARES)
def test_a_table_equals_one_by_one(share: float, knowledge: Knowledge) -> None:
    everybody = people(knowledge, 80, share=share, seed=round(share * 100))
    table = pl.DataFrame(
        [
            {
                name: json.dumps(value) if isinstance(value, dict) else value
                for name, value in one.items()
            }
            for one in everybody
        ],
        infer_schema_length=None,
    )

    found = prognosis_table(table)

    assert not found.rejected
    for answers, row in zip(everybody, found.results.iter_rows(named=True), strict=True):
        for name, value in one_by_one(answers).items():
            assert row[name] == pytest.approx(value, abs=1e-12), name
        assert row["answered"] == len(rugkompas.prognosis(answers).known)


def test_the_columns_are_those_of_the_contract() -> None:
    found = prognosis_table(pl.DataFrame({"id": ["a"], "rmdq": [9]})).results

    assert found.columns == ["id", *COLUMNS, "answered"]
    assert COLUMNS == (
        *("limited_3m", "limited_3m_lower", "limited_3m_upper"),
        *("limited_12m", "limited_12m_lower", "limited_12m_upper"),
    )


def test_everybody_gets_a_row_whatever_is_missing() -> None:
    table = pl.DataFrame(
        {"id": ["full", "empty", "half"], "rmdq": [12, None, None], "bmi": [27.5, None, 31.0]}
    )

    found = prognosis_table(table).results

    assert found["id"].to_list() == ["full", "empty", "half"]
    assert found["answered"].to_list() == [2, 0, 1]
    assert found["limited_3m"].null_count() == 0


def test_a_table_of_classes_alone_is_enough() -> None:
    table = pl.DataFrame(
        {
            "pain_duration_class": ["lt_3_weeks", "gt_12_weeks"],
            "previous_episodes_class": ["none", "gt_3"],
            "pain_days_last_year_class": ["le_30", "gt_30"],
            "leg_pain_intensity_class": ["none", "moderate_or_worse"],
            "start_back_class": ["low", "high"],
            "recovery_expectation_class": ["likely", "unsure_or_unlikely"],
            "isolated_class": ["not_at_all", "at_least_a_little"],
            "sick_leave_days_last_month_class": ["none", "6_or_more"],
        }
    )

    chances = prognosis_table(table).results["limited_3m"].to_list()

    assert chances[0] < 0.12
    assert chances[1] > 0.6


def test_a_row_that_cannot_be_used_is_set_apart_with_its_reason() -> None:
    found = prognosis_table(pl.DataFrame({"rmdq_percent": [40.0, 140.0, None]}))

    assert found.results.height == 2
    assert [problem.where for problem in found.rejected[1]] == ["rmdq_percent"]


def test_a_column_without_any_answer_changes_nothing() -> None:
    table = pl.DataFrame({"rmdq": [3, 20]})
    more = table.with_columns(pl.lit(None, dtype=pl.Int64).alias("leg_pain_nrs"))

    assert prognosis_table(more).results.equals(prognosis_table(table).results)


def test_csv_and_parquet_give_the_same(tmp_path: Path, knowledge: Knowledge) -> None:
    everybody = people(knowledge, 30, share=0.5, seed=9)
    plain = [
        {key: value for key, value in one.items() if not isinstance(value, dict | list)}
        for one in everybody
    ]
    table = pl.DataFrame(plain, infer_schema_length=None)
    table.write_csv(tmp_path / "people.csv")
    table.write_parquet(tmp_path / "people.parquet")

    as_text = pl.read_csv(tmp_path / "people.csv", infer_schema=False)
    typed = pl.read_parquet(tmp_path / "people.parquet")

    assert prognosis_table(as_text).results.equals(prognosis_table(typed).results)
