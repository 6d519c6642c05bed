"""Polars, Arrow, DuckDB and Spark give the same results, one row for every row."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession
from running import run
from strategies import KNOWLEDGE, frame_of, people

from rugkompas import assess_table
from rugkompas.assess import assess
from rugkompas.people import made_up
from rugkompas.people.columns import BadTable

MANY = list(made_up.people(600, 20261125, KNOWLEDGE))


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.getOrCreate()
    yield session
    session.stop()


def table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """People with an id, as typed columns, and one whose age cannot be."""
    impossible = {**rows[0], "age_years": -3}
    frame = frame_of([*rows, impossible], text=False)
    return frame.with_columns(id=pl.int_range(pl.len()).cast(pl.String))


@settings(max_examples=8, deadline=None)
@given(st.lists(people(), min_size=1, max_size=6))
def test_frames_on_this_machine_agree_with_one_person(rows: list[dict[str, Any]]) -> None:
    frame = table(rows)

    found = assess_table(frame)

    assert found.equals(assess_table(frame.lazy()).collect())
    assert found.equals(pl.DataFrame(pl.from_arrow(assess_table(frame.to_arrow()))))
    with duckdb.connect() as connection:
        relation = connection.from_arrow(frame.to_arrow())
        assert found.equals(assess_table(relation).pl().sort(pl.col("id").cast(pl.Int32)))
    for answers, row in zip(rows, found.iter_rows(named=True), strict=False):
        one = assess(answers)
        assert row["urgency"] == one.triage.urgency
        assert row["options_offered"] == [offer.id for offer in one.options.offered]
        assert row["problems"] is None
    assert found["urgency"][-1] is None
    assert "age_years" in found["problems"][-1][0]


def test_a_relation_of_the_connection_that_duckdb_shares_is_assessed(tmp_path: Path) -> None:
    frame = table(MANY)
    frame.write_parquet(tmp_path / "people.parquet")

    found = assess_table(duckdb.sql(f"select * from '{tmp_path}/people.parquet'"))

    assert assess_table(frame).equals(found.pl().sort(pl.col("id").cast(pl.Int32)))


def test_spark_gives_the_same_rows_from_maps_and_parts(spark: SparkSession, tmp_path: Path) -> None:
    frame = table(MANY)
    factors = [one.get("factors") for one in [*MANY, MANY[0]]]
    maps = pl.Series([f and [{"key": k, "value": v} for k, v in f.items()] for f in factors])
    expected = assess_table(frame)
    frame.drop("factors").with_columns(entries=maps).write_parquet(tmp_path / "people.parquet")
    read = spark.read.parquet(str(tmp_path / "people.parquet"))
    with_maps = read.selectExpr("* except (entries)", "map_from_entries(entries) as factors")

    found = pl.DataFrame(pl.from_arrow(assess_table(with_maps.repartition(3)).toArrow()))

    assert expected.equals(found.sort(pl.col("id").cast(pl.Int32)))


def test_spark_reads_a_column_for_each_part(spark: SparkSession) -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "factors.low_mood": ["yes", "no"]})

    found = assess_table(spark.createDataFrame(frame.to_arrow())).toArrow()

    assert assess_table(frame).equals(pl.DataFrame(pl.from_arrow(found)).sort("id"))


def test_a_table_without_a_known_column_is_refused_before_anything_runs() -> None:
    with pytest.raises(BadTable):
        assess_table(pl.LazyFrame({"shoe_size": [43]}))


def test_another_thing_is_no_table() -> None:
    with pytest.raises(TypeError):
        assess_table({"age_years": [40]})


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_the_command_gives_the_same_on_each_engine(engine: str, tmp_path: Path) -> None:
    table(MANY).write_parquet(tmp_path / "people.parquet")
    by_polars = run("assess", "people.parquet", "-o", "polars.parquet", cwd=tmp_path)

    name = "x" if engine == "spark" else "x.parquet"
    done = run("assess", "people.parquet", "--engine", engine, "-o", name, cwd=tmp_path)

    assert (done.code, by_polars.code) == (3, 3)
    order = pl.col("id").cast(pl.Int32)
    found = pl.read_parquet(tmp_path / name).sort(order)
    assert found.equals(pl.read_parquet(tmp_path / "polars.parquet").select(found.columns))
    assert '"id": "600"' in (tmp_path / "x.rejects.jsonl").read_text("utf-8")


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_another_engine_reads_parquet_only(engine: str, tmp_path: Path) -> None:
    frame_of(MANY[:2], text=True).write_csv(tmp_path / "people.csv")

    done = run("assess", "people.csv", "--engine", engine, "-o", "x.parquet", cwd=tmp_path)

    assert done.refused()
    assert "Parquet" in done.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three tables in a folder."""
    parts = tmp_path / "people"
    parts.mkdir()
    frame = table(MANY)
    frame[:200].write_parquet(parts / "a.parquet")
    frame[200:400].write_parquet(parts / "b.parquet")
    frame_of(MANY[400:], text=True).write_csv(parts / "c.csv")
    return tmp_path


def test_a_folder_goes_part_by_part_and_on_after_a_break(folder: Path) -> None:
    first = run("assess", "people", "-o", "found", cwd=folder)
    assert first.code == 0
    whole = (folder / "found" / "b.parquet").read_bytes()
    kept = (folder / "found" / "a.parquet").stat().st_mtime_ns
    (folder / "found" / "b.parquet").unlink()

    again = run("assess", "people", "-o", "found", "--lang", "en", cwd=folder)

    assert again.code == 0
    assert "2 of 3 files were done already" in again.err
    assert (folder / "found" / "b.parquet").read_bytes() == whole
    assert (folder / "found" / "a.parquet").stat().st_mtime_ns == kept


def test_a_folder_does_not_mix_results_of_two_runs(folder: Path) -> None:
    run("assess", "people", "-o", "found", cwd=folder)

    assert run("assess", "people", "-o", "found", "--no-options", cwd=folder).refused()
    assert run("assess", "people", "-o", "people", cwd=folder).refused()
    assert run("assess", "people", cwd=folder).refused()
    assert run("assess", "found/rejects", "-o", "other", cwd=folder).refused()


def test_a_folder_tells_of_rejects_that_an_earlier_run_found(folder: Path) -> None:
    table(MANY[:3]).write_parquet(folder / "people" / "d.parquet")

    codes = [run("assess", "people", "-o", "found", cwd=folder).code for _ in range(2)]

    assert codes == [3, 3]
    assert (folder / "found" / "rejects" / "d.parquet.jsonl").exists()


def test_folders_by_name_and_value_keep_their_shape(folder: Path) -> None:
    table(MANY[:4]).write_parquet(folder / "people" / "first.parquet")
    north = folder / "people" / "region=north" / "year=2026"
    north.mkdir(parents=True)
    table(MANY[:3]).write_parquet(north / "d.parquet")

    polars = run("assess", "people", "-o", "found", cwd=folder)
    duckdb = run("assess", "people", "--engine", "duckdb", "-o", "found.parquet", cwd=folder)

    assert (polars.code, duckdb.code) == (3, 3)
    found = pl.read_parquet(folder / "found" / "region=north" / "year=2026" / "d.parquet")
    assert found.drop("id").equals(
        pl.read_parquet(folder / "found" / "first.parquet").drop("id")[: found.height]
    )
    assert (folder / "found" / "rejects" / "region=north" / "year=2026").is_dir()
    rejected = (folder / "found.rejects.jsonl").read_text("utf-8").splitlines()
    given = sum(pl.read_parquet(it).height for it in (folder / "people").rglob("*.parquet"))
    assert pl.read_parquet(folder / "found.parquet").height + len(rejected) == given


@pytest.mark.hazard("H-05")
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_folder_whose_name_is_an_answer_is_refused(engine: str, folder: Path) -> None:
    part = folder / "people" / "sex=male"
    part.mkdir()
    table(MANY[:3]).write_parquet(part / "d.parquet")

    done = run("assess", "people", "--engine", engine, "-o", "found.parquet", cwd=folder)

    assert done.refused()
    assert "sex" in done.err


def test_a_part_of_nobody_stops_no_folder(folder: Path) -> None:
    table(MANY)[:0].write_parquet(folder / "people" / "d.parquet")
    (folder / "people" / "e.csv").write_text("age_years,trauma\n")

    done = run("assess", "people", "-o", "found", cwd=folder)

    assert done.code == 0
    nobody = pl.read_parquet(folder / "found" / "d.parquet")
    assert nobody.schema == pl.read_parquet(folder / "found" / "a.parquet").schema
    assert nobody.height == 0
    (header,) = (folder / "found" / "e.csv").read_text().splitlines()
    assert header.startswith("id,urgency,")
    assert run("assess", "people/d.parquet", "-o", "x.parquet", cwd=folder).refused()
