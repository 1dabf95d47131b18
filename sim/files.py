"""Files that are whole or not there, and folders that one process holds: what storing and fetching share.

Problems are plain OSError (or HeldError); who calls says them in the words of its own command.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TEMPORARY = ".tmp"  # suffix of a file that is being written; never read, removed on the next start


class HeldError(Exception):
    """Another process holds the folder."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a temporary path to write to; in the end the file is on the disk under its name, or gone. OSError."""
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        yield temporary
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    finally:
        discard(temporary)


def sync(path: Path) -> None:
    """Makes a file, or the names in a folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Removes a file if it is there and can be: what cannot be removed is never read either."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def hold(lock: Path) -> int:
    """The handle of a lock file that this process holds from now on; closing it, or dying, lets go.

    HeldError at once if another process holds it; OSError if there can be no lock.
    """
    import fcntl

    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise HeldError from None
    except OSError:  # a file system without locks
        os.close(handle)
        raise
    return handle
