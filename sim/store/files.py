"""Writing so that a crash, a full disk or a second process never leaves something that reads as good."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from sim import files
from sim.errors import UserError, printable
from sim.files import TEMPORARY, HeldError, discard, hold

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


def is_as_written(path: Path, said: dict[str, Any]) -> bool:
    """True if a file has the size and SHA-256 that a record or manifest says."""
    try:
        return path.stat().st_size == said["bytes"] and sha256_of_file(path) == said["sha256"]
    except OSError:
        return False


def written(path: Path) -> dict[str, Any]:
    """SHA-256 and size of a file, as a record or manifest says them."""
    return {"sha256": sha256_of_file(path), "bytes": path.stat().st_size}


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
    try:
        with files.replacing(path) as temporary:
            yield temporary
    except OSError as problem:
        raise StoreError(sentence(problem, path)) from None


@contextmanager
def spool(path: Path) -> Iterator[TextIO]:
    """A text file to write to and read again, for what is too much for memory; gone afterwards. Raises StoreError."""
    try:
        with path.open("w+", encoding="utf-8") as file:
            yield file
    except OSError as problem:
        raise StoreError(sentence(problem, path)) from None
    finally:
        discard(path)


def make_folder(folder: Path) -> None:
    """Creates the folder and its parents. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreError(sentence(problem, folder)) from None


def remove_leftovers(folder: Path) -> None:
    """Removes what an interrupted write left in the folder."""
    for path in folder.glob(f"*{TEMPORARY}"):
        discard(path)


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
    try:
        handle = hold(folder / LOCK)
    except HeldError:
        raise StoreError(
            f"{printable(folder, 200)}: another process writes here; wait for it or choose another --out."
        ) from None
    except OSError as problem:
        raise StoreError(sentence(problem, folder)) from None
    try:
        yield
    finally:
        os.close(handle)
