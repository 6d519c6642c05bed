"""Results of a table in the making: where they stand until all are there.

Usually that is a folder beside the file that is to come. It holds ``results`` and ``rejects`` as
far as they are, and a ``journal``: first what all of it rests on, then a line for each batch. A run
that broke goes on behind the last whole line. What cannot be read again, or has another program
at its end, goes straight into files that are there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import polars as pl

import rugkompas
from rugkompas.cli.say import Say
from rugkompas.cli.table_job import Job
from rugkompas.cli.table_writers import WRITERS, Csv, Spool, plain, results_stream, spooled
from rugkompas.cli.writing import locked, unwritten, whole_file
from rugkompas.people.tables import Mark

ENDING = ".begun"
JOURNAL, RESULTS, REJECTS, WHOLE = "journal", "results", "rejects", "whole"


class Far(msgspec.Struct, array_like=True, frozen=True):
    """How far a run is. rows: results and rejects together. done: the part of the table, 0-1, when
    known. after: where the table is read on from. results, rejects: bytes that are written."""

    rows: int = 0
    rejected: int = 0
    done: float | None = None
    after: Mark = ()
    results: int = 0
    rejects: int = 0


_FAR = msgspec.json.Decoder(Far)


class Straight:
    """Results that go where they belong; a break leaves nothing of them."""

    is_other = False

    def __init__(self, job: Job, stack: ExitStack) -> None:
        self.far = Far()
        self._stack = stack
        self._places = job.places
        stream = stack.enter_context(results_stream(job.places.output))
        self._writer = (job.writer or WRITERS[job.places.written])(stream)
        self._rejects: BinaryIO | None = None

    def add(self, found: pl.DataFrame, rejects: Sequence[bytes], far: Far) -> None:
        """Write a batch. far: where that brings the run."""
        # Columns are named once, also when nobody has a result.
        if found.height or not self.far.rows:
            self._writer.write(plain(found))
        if rejects:
            # Opened later, so it is closed earlier: the results appear last.
            kept = self._rejects or self._stack.enter_context(whole_file(self._places.rejects))
            kept.writelines(rejects)
            self._rejects = kept
        self.far = far

    def finish(self) -> None:
        """All batches are there."""
        self._writer.close()


class Begun:
    """Results that a later run can go on with. is_other: what an earlier run left is of no use,
    because it read or wanted something else."""

    def __init__(self, folder: Path, job: Job, asked: bytes, stack: ExitStack) -> None:
        self._folder = folder
        self._places = job.places
        self.far, self.is_other, kept = _last(folder, asked)
        self._journal = _cut(folder / JOURNAL, kept, stack)
        if not kept:
            self._journal.write(asked)
        self._results = _cut(folder / RESULTS, self.far.results, stack)
        self._rejects = _cut(folder / REJECTS, self.far.rejects, stack)
        self._is_spooled = job.places.written == "parquet"
        self._writer = job.writer(self._results) if job.writer else self._own_writer()

    def _own_writer(self) -> Any:
        if self._is_spooled:
            return Spool(self._results)
        if self._places.written == "csv":
            return Csv(self._results, headed=self.far.results > 0)
        return WRITERS[self._places.written](self._results)

    def add(self, found: pl.DataFrame, rejects: Sequence[bytes], far: Far) -> None:
        """Write a batch, and then how far that brings the run."""
        if found.height or not self.far.rows:
            self._writer.write(found if self._is_spooled else plain(found))
        self._rejects.writelines(rejects)
        if far.rows == self.far.rows:
            return
        sizes = {"results": _saved(self._results), "rejects": _saved(self._rejects)}
        self.far = msgspec.structs.replace(far, **sizes)
        if far.after:
            self._journal.write(msgspec.json.encode(self.far) + b"\n")
            _saved(self._journal)

    def finish(self) -> None:
        """All batches are there: the rejects go to their place, then the results."""
        self._writer.close()
        self._rejects.flush()
        if self.far.rejected:
            with (
                whole_file(self._places.rejects) as stream,
                (self._folder / REJECTS).open("rb") as kept,
            ):
                shutil.copyfileobj(kept, stream)
        assert self._places.output is not None
        self._whole().replace(self._places.output.resolve())

    def _whole(self) -> Path:
        """The results as they were asked for."""
        results = self._folder / RESULTS
        if not self._is_spooled:
            return results
        whole = self._folder / WHOLE
        with whole.open("wb") as stream:
            writer = WRITERS["parquet"](stream)
            for found in spooled(results):
                writer.write(plain(found))
            writer.close()
        return whole


def _last(folder: Path, asked: bytes) -> tuple[Far, bool, int]:
    """How far the earlier run came, whether it was another one, and how many bytes of its journal
    count."""
    journal = (folder / JOURNAL).read_bytes()
    first, *lines = journal[: journal.rfind(b"\n") + 1].splitlines(keepends=True) or [b""]
    if first != asked or not lines:
        return Far(), bool(lines), 0
    try:
        far = _FAR.decode(lines[-1])
    except msgspec.DecodeError:
        return Far(), False, 0
    for name, size in ((RESULTS, far.results), (REJECTS, far.rejects)):
        if not (folder / name).exists() or (folder / name).stat().st_size < size:
            return Far(), False, 0
    return far, False, len(first) + sum(map(len, lines))


def _cut(file: Path, size: int, stack: ExitStack) -> BinaryIO:
    """A stream that adds to the first so many bytes of a file."""
    stream: BinaryIO = stack.enter_context(file.open("ab"))
    stream.truncate(size)
    return stream


def _saved(stream: BinaryIO) -> int:
    """The size of a file, once the disk has all of it."""
    stream.flush()
    os.fsync(stream.fileno())
    return os.fstat(stream.fileno()).st_size


@contextmanager
def making(say: Say, job: Job, stream: BinaryIO | None) -> Iterator[Begun | Straight]:
    """Where the results of a job go, batch by batch. An error of its input or the disk leaves
    nothing; a break leaves what the same job goes on with. Raises RefusedError when something
    cannot be written."""
    with ExitStack() as stack:
        folder = _folder(job, stack)
        if folder is None or stream is None:
            yield Straight(job, stack)
            return
        try:
            yield Begun(folder, job, _asked(say, job, stream), stack)
        except KeyboardInterrupt:
            say.error(say("table_stopped", where=str(folder)))
            raise
        except Exception as error:
            _remove(folder)
            with suppress(OSError):
                # What a full disk did not take, it does not take now either.
                stack.close()
            if isinstance(error, OSError):
                raise unwritten(error, job.places.output or folder) from None
            raise
        _remove(folder)


def _folder(job: Job, stack: ExitStack) -> Path | None:
    """The folder for what there is until now; None when nothing can be gone on with: a pipe at
    either end, no locks, or another run that makes the same file now."""
    output, is_read_again = job.places.output, str(job.file) != "-" and job.file.is_file()
    if output is None or not job.asked or not is_read_again:
        return None
    if output.exists() and not output.is_file():
        return None
    folder = _beside(output)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        ours = stack.enter_context(locked(folder / JOURNAL))
    except OSError:
        return None
    return folder if ours else None


def _beside(output: Path) -> Path:
    output = output.resolve()
    return output.with_name(f".{output.name}{ENDING}")


def _asked(say: Say, job: Job, stream: BinaryIO) -> bytes:
    """All that the results and the reasons of rejects rest on."""
    file = os.fstat(stream.fileno())
    asked: Mapping[str, Any] = {
        **(job.asked or {}),
        "program": rugkompas.__version__,
        "knowledge": say.knowledge.version,
        "language": say.language,
        "written": job.places.written,
        "file": [str(job.file), file.st_size, file.st_mtime_ns, file.st_ctime_ns],
    }
    return msgspec.json.encode(asked, order="sorted") + b"\n"


def forget(output: Path) -> None:
    """Remove what an earlier run left for results that are there by now."""
    folder = _beside(output)
    if not folder.is_dir():
        return
    with suppress(OSError), locked(folder / JOURNAL) as ours:
        if ours:
            _remove(folder)


def _remove(folder: Path) -> None:
    # The journal last: it is locked, so until then nobody else begins here.
    for name in (RESULTS, REJECTS, WHOLE, JOURNAL):
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()
