"""``assess --engine duckdb|spark``: Parquet that another engine reads, assessed where it lies."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import pyarrow as pa

from rugkompas.assess.engines import ROWS_AT_ONCE, assess_table
from rugkompas.cli.folder import parts_in
from rugkompas.cli.say import RefusedError, Say, refused
from rugkompas.cli.table import progress, told
from rugkompas.cli.table_job import Places
from rugkompas.cli.table_writers import WRITERS, results_stream
from rugkompas.cli.writing import whole_file
from rugkompas.people.columns import BadTable


def run(
    say: Say, engine: str, file: Path, places: Places, day: dt.date, ignore: tuple[str, ...]
) -> int:
    """Assess a Parquet file or a folder of them. The exit code: 0, or 3 with rejected rows.

    DuckDB writes one file of results; Spark a folder of parts, as it always does, in Parquet.
    Raises RefusedError when it cannot be read or written.
    """
    if not file.exists():
        raise refused("file_missing", str(file))
    if file.is_file() and file.suffix.lower() != ".parquet":
        raise refused("engine_reads_parquet", str(file), engine=engine)
    try:
        return (_duckdb if engine == "duckdb" else _spark)(say, file, places, day, ignore)
    except BadTable as error:
        raise RefusedError([error.problem]) from None


def _duckdb(say: Say, file: Path, places: Places, day: dt.date, ignore: tuple[str, ...]) -> int:
    import duckdb

    files = [file]
    if file.is_dir():
        files = parts_in(file, lambda path: path.suffix.lower() == ".parquet", say)
    if not files:
        raise refused("folder_empty", str(file))
    with duckdb.connect() as connection:
        try:
            relation = connection.read_parquet([*map(str, files)], hive_partitioning=False)
        except duckdb.Error:
            raise refused("file_unreadable", str(file), format="Parquet") from None
        kept = [_quoted(name) for name in relation.columns if name not in ignore]
        total = relation.aggregate("count(*)").fetchall()[0][0]
        found = assess_table(
            relation.project(", ".join(kept)),
            on=day,
            knowledge=say.knowledge,
            language=say.language,
            where=str(file),
        )
        return _written(say, found.to_arrow_reader(ROWS_AT_ONCE), places, total)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _written(say: Say, batches: Iterable[pa.RecordBatch], places: Places, total: int) -> int:
    """Results and rejects from a stream of both."""
    rows = rejected = 0
    with ExitStack() as stack:
        target = stack.enter_context(results_stream(places.output))
        hear = stack.enter_context(progress(say))
        writer = WRITERS[places.written](target)
        rejects: BinaryIO | None = None
        for batch in batches:
            found = pl.DataFrame(pl.from_arrow(batch))
            good, bad = _apart(found)
            writer.write(good)
            if bad.height:
                rejects = rejects or stack.enter_context(whole_file(places.rejects))
                rejects.writelines(_reject(row) for row in bad.iter_rows(named=True))
            rows, rejected = rows + found.height, rejected + bad.height
            hear(rows, rows / total if total else None)
        writer.close()
    return told(say, places, rows - rejected, rows, rejected)


def _apart(found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_good = pl.col("problems").is_null()
    return found.filter(is_good).drop("problems"), found.filter(~is_good)


def _only_tables(folder: Path) -> None:
    """Take away the sums and marks beside the parts: other programs take them for tables."""
    for path in (*folder.glob(".*.crc"), *folder.glob("_SUCCESS")):
        path.unlink()


def _reject(row: Mapping[str, Any]) -> bytes:
    """A rejected row. An engine keeps no order of rows, so only its id tells which one it was."""
    told_ = {"id": row["id"], "problems": list(row["problems"])}
    return json.dumps(told_, ensure_ascii=False).encode(errors="replace") + b"\n"


def _spark(say: Say, file: Path, places: Places, day: dt.date, ignore: tuple[str, ...]) -> int:
    if places.output is None or places.written != "parquet":
        raise refused("spark_writes_parquet", str(places.output or file))
    if places.output.exists():
        raise refused("output_exists", str(places.output))
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise refused("engine_missing", "--engine spark", extra="spark") from None
    # The workers need this installation, not the first Python on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if not os.environ.keys() & {"SPARK_HOME", "PYSPARK_GATEWAY_PORT"}:
        # No cluster, so nothing of it has to be heard outside this machine.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    seen = str(sys.stderr.isatty()).lower()
    builder = SparkSession.builder.appName("rugkompas")
    spark = builder.config("spark.ui.showConsoleProgress", seen).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    both = places.output.with_name(f".{places.output.name}.part")
    try:
        frame = spark.read.parquet(str(file.resolve())).drop(*ignore)
        found = assess_table(frame, on=day, language=say.language, where=str(file))
        found.write.mode("overwrite").parquet(str(both))
        done = spark.read.parquet(str(both))
        is_good = done["problems"].isNull()
        done.where(is_good).drop("problems").write.parquet(str(places.output))
        _only_tables(places.output)
        rows, bad = done.count(), done.where(~is_good)
        rejected = bad.count()
        if rejected:
            with whole_file(places.rejects) as stream:
                stream.writelines(_reject(row.asDict()) for row in bad.toLocalIterator())
    except PySparkException as error:
        kind = error.getCondition() or type(error).__name__
        raise refused("engine_failed", str(file), engine="Spark", error=kind) from None
    finally:
        spark.stop()
        shutil.rmtree(both, ignore_errors=True)
    return told(say, places, rows - rejected, rows, rejected)
