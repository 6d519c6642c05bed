"""How results of many people are written: as CSV, JSON Lines or Parquet, batch by batch."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import polars.selectors as cs
import pyarrow as pa
import pyarrow.parquet as pq

from rugkompas.cli.writing import whole_file

LISTS = ("rules", "factors", "options_offered", "options_dropped")
_WORDS = pl.List(pl.String)


@contextmanager
def results_stream(output: Path | None) -> Iterator[BinaryIO]:
    """The stream for results. Standard output gets them only when all went well."""
    if output is not None:
        with whole_file(output) as stream:
            yield stream
        return
    with tempfile.TemporaryFile() as stream:
        yield stream
        stream.seek(0)
        shutil.copyfileobj(stream, sys.stdout.buffer)


def plain(found: pl.DataFrame) -> pl.DataFrame:
    """Results with words as plain text."""
    return found.with_columns(
        pl.col(pl.Enum).cast(pl.String), cs.by_name(*LISTS, require_all=False).cast(_WORDS)
    )


class Csv:
    """headed: the first line is there already."""

    def __init__(self, stream: BinaryIO, *, headed: bool = False) -> None:
        self._stream = stream
        self._headed = headed

    def write(self, found: pl.DataFrame) -> None:
        flat = found.with_columns(cs.by_name(*LISTS, require_all=False).list.join(";"))
        self._stream.write(flat.write_csv(include_header=not self._headed).encode())
        self._headed = True

    def close(self) -> None:
        self._stream.flush()


class _JsonLines:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, found: pl.DataFrame) -> None:
        self._stream.write(found.write_ndjson().encode())

    def close(self) -> None:
        self._stream.flush()


class _Parquet:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._writer: pq.ParquetWriter | None = None

    def write(self, found: pl.DataFrame) -> None:
        table: pa.Table = found.to_arrow()
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._stream, table.schema, compression="zstd")
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


WRITERS: dict[str, Callable[[BinaryIO], Any]] = {
    "csv": Csv,
    "jsonl": _JsonLines,
    "parquet": _Parquet,
}


class Spool:
    """Batches one behind another, as Arrow keeps them, words as codes: a tenth of the bytes. Unlike
    Parquet, which ends with a list of what is in it, this can be added to after any batch."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, found: pl.DataFrame) -> None:
        table: pa.Table = found.to_arrow()
        packed = pa.ipc.IpcWriteOptions(compression="zstd")
        with pa.ipc.new_stream(self._stream, table.schema, options=packed) as writer:
            writer.write_table(table)

    def close(self) -> None:
        self._stream.flush()


def spooled(file: Path) -> Iterator[pl.DataFrame]:
    """The batches of a spool, in order."""
    size = file.stat().st_size
    with pa.OSFile(str(file)) as stream:
        while stream.tell() < size:
            yield pl.DataFrame(pl.from_arrow(pa.ipc.open_stream(stream).read_all()))
