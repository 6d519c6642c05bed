"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rugkompas.cli.say import refused

_PART = ".part"


@contextmanager
def whole_file(path: Path | None, *, private: bool = False) -> Iterator[BinaryIO]:
    """A stream for the whole content of a file; None stands for standard output.

    The content goes to a file beside it that takes its place at the end, so a run that breaks
    leaves nothing. private: only its owner may read it. Raises RefusedError when the file
    cannot be written or the disk is full.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    path = path.resolve()
    if path.is_dir():
        raise refused("output_is_folder", str(path))
    special = path.exists() and not path.is_file()
    partial = path if special else path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        with partial.open("wb") as stream:
            if private:
                partial.chmod(0o600)
            yield stream
        if not special:
            partial.replace(path)
    except OSError as error:
        raise refused("output_full" if is_full(error) else "output_missing", str(path)) from None
    finally:
        if not special:
            partial.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what runs that were killed left half-written here; one that runs keeps its own."""
    for left in folder.glob(f".*{_PART}"):
        process = left.name.removesuffix(_PART).rpartition(".")[2]
        if process.isdecimal() and not _runs(int(process)):
            left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def is_full(error: OSError) -> bool:
    """There is no room left to write."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def same_file(one: Path, other: Path) -> bool:
    """Both names lead to one file."""
    return one.exists() and other.exists() and one.samefile(other)
