"""One million made-up people through Polars, DuckDB and Spark: the same result, and the speed.

Every engine reads the same Parquet and writes Parquet, through the command, with all options.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

import table_of_people
from rugkompas import load_knowledge

ROWS = 1_000_000
SEED = 20261125
COMMAND = str(Path(sys.executable).parent / "rugkompas")


def measure(rows: int = ROWS) -> dict[str, float]:
    """People a second for each engine. Raises AssertionError when their results differ."""
    figures: dict[str, float] = {"engines, rows": rows}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "people.parquet"
        table_of_people.table(rows, SEED, load_knowledge()).write_parquet(source)
        first: pl.DataFrame | None = None
        for engine in ("polars", "duckdb", "spark"):
            target = Path(folder) / f"{engine}.parquet"
            command = [COMMAND, "assess", str(source), "--engine", engine, "-o", str(target)]
            begin = time.perf_counter()
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            figures[f"engines, {engine}, people/s"] = rows / (time.perf_counter() - begin)
            found = pl.read_parquet(target).sort("id")
            first = found if first is None else first
            assert found.equals(first.select(found.columns)), f"{engine} gives other results"
    return figures


if __name__ == "__main__":
    for name, value in measure().items():
        sys.stdout.write(f"{name}: {value:,.0f}\n")
