"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO

from rugkompas.cli.say import refused

try:
    import fcntl
except ImportError:  # A system without these locks.
    fcntl = None  # type: ignore[assignment]

_LEFT = re.compile(r"\..*\.([0-9a-f]{12})\.[0-9a-f]{8}\.part")
"""A half-written file; in it the machine that writes."""
OLD = 86_400
"""Seconds after which a file of another machine that nobody writes to is given up."""


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
    with ExitStack() as stack:
        try:
            partial = path if special else _partial(path, stack)
            with partial.open("wb") as stream:
                if private:
                    partial.chmod(0o600)
                yield stream
            if not special:
                partial.replace(path)
        except OSError as error:
            raise unwritten(error, path) from None


def _partial(path: Path, stack: ExitStack) -> Path:
    """A file beside the path that is ours until the stack is left; then it is gone."""
    while True:
        name = f".{path.name}.{machine()}.{secrets.token_hex(4)}.part"
        partial = path.with_name(name)
        # Who sweeps may be quicker than the lock; then another name does.
        if stack.enter_context(locked(partial)) is not False:
            stack.callback(partial.unlink, missing_ok=True)
            return partial


@contextmanager
def locked(path: Path) -> Iterator[bool | None]:
    """Hold a file until the end; it is made when it is not there. True: it is ours. False:
    somebody else holds it or took it away. None: there are no locks here, so nobody can tell.
    Raises OSError when the file cannot be opened."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        yield _is_ours(handle, path)
    finally:
        os.close(handle)


def _is_ours(handle: int, path: Path) -> bool | None:
    if fcntl is None:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def sweep(folder: Path) -> int:
    """Remove what runs that were killed left half-written here. Returns how many files of other
    machines, or of other people, were left alone.

    A file that is written to is locked. Not every shared folder knows the locks of another
    machine, so there its files go only when they are ``OLD`` as well.
    """
    left_alone = 0
    for left in folder.iterdir():
        found = _LEFT.fullmatch(left.name)
        if found is None:
            continue
        is_other = found[1] != machine()
        if is_other and _age(left, folder) < OLD:
            left_alone += 1
            continue
        try:
            with locked(left) as ours:
                if ours:
                    left.unlink(missing_ok=True)
                elif is_other:
                    left_alone += 1
        except PermissionError:
            left_alone += 1
    return left_alone


def _age(path: Path, folder: Path) -> float:
    """Seconds since the last write, by the clock of whoever keeps the folder."""
    try:
        with tempfile.TemporaryFile(dir=folder) as new:
            return os.fstat(new.fileno()).st_mtime - path.stat().st_mtime
    except FileNotFoundError:
        return 0


@cache
def machine() -> str:
    """A short name for this machine: the same while its name and network card are."""
    import platform
    import uuid

    known = f"{platform.node()} {uuid.getnode():x}"
    return hashlib.sha256(known.encode()).hexdigest()[:12]


def unwritten(error: OSError, path: Path) -> Exception:
    """Why a file could not be written, as a refusal."""
    return refused("output_full" if is_full(error) else "output_missing", str(path))


def is_full(error: OSError) -> bool:
    """There is no room left to write."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def same_file(one: Path, other: Path) -> bool:
    """Both names lead to one file."""
    return one.exists() and other.exists() and one.samefile(other)
