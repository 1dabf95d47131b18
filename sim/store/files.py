"""Writing so that a crash, a full disk or a second process never leaves something that reads as good."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import UserError, printable

TEMPORARY = ".tmp"  # suffix of a file that is being written; never read, removed on the next start
LOCK = ".lock"


class StoreError(UserError):
    """Results that cannot be written, read or trusted: one sentence."""


def sha256(data: bytes | memoryview) -> str:
    """Hexadecimal SHA-256 of these bytes."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_file(path: Path, data: bytes | memoryview) -> str:
    """Writes a file whole or not at all and returns its SHA-256.

    Afterwards the bytes are on the disk under the final name; if anything fails, a file that was there before
    is untouched. Raises StoreError (disk full, read-only folder).
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)
    return sha256(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a temporary path to write to; in the end the file is on the disk under its name, or gone."""
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        yield temporary
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    except OSError as problem:
        raise StoreError(sentence(problem, path)) from None
    finally:
        _discard(temporary)


def sync(path: Path) -> None:
    """Makes a file, or the names in a folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Creates the folder and its parents. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreError(sentence(problem, folder)) from None


def remove_leftovers(folder: Path) -> None:
    """Removes what an interrupted write left in the folder."""
    for path in folder.glob(f"*{TEMPORARY}"):
        _discard(path)


def sentence(problem: OSError, path: Path) -> str:
    """What went wrong and what to do, for a user."""
    place = printable(path, 200)
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{place}: the disk is full; make room (or choose another --out) and run again to go on."
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place}: no permission to write here; choose another place with --out."
    if problem.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"{place}: a file stands where a folder must be; move it or choose another place with --out."
    return f"{place}: {problem.strerror or problem}; choose another place with --out, or run again to go on."


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder alone. StoreError at once if another process holds it; a dead one holds nothing."""
    import fcntl

    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise StoreError(sentence(problem, folder)) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(
                f"{printable(folder, 200)}: another process writes here; wait for it or choose another --out."
            ) from None
        except OSError as problem:  # a file system without locks
            raise StoreError(sentence(problem, folder)) from None
        yield
    finally:
        os.close(handle)


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # what cannot be removed is never read either
