"""Files that are whole or not there: written beside, forced to disk, then renamed."""

import csv
import errno
import gzip
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sim.errors import printable
from sim.fetch.errors import FetchError
from sim.files import HeldError, hold, replacing


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """`path` holds exactly `data`, on the disk, or is what it was before (FetchError)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as temporary:
            temporary.write_bytes(data)
    except OSError as problem:
        raise FetchError(_sentence(problem, path)) from None


def table_bytes(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 CSV with LF; compressed, always to the same bytes, if `name` ends in .gz."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = text.getvalue().encode("utf-8")
    return gzip.compress(data, mtime=0) if name.endswith(".gz") else data


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Holds `folder` against a second download into it; a process that was killed holds nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = hold(folder / ".lock")
    except HeldError:
        raise FetchError(
            f"{printable(folder, 200)}: another download writes here; wait for it or choose another --to."
        ) from None
    except OSError as problem:
        raise FetchError(_sentence(problem, folder)) from None
    try:
        yield
    finally:
        os.close(handle)


def _sentence(problem: OSError, path: Path) -> str:
    place = printable(path, 200)
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{place}: the disk is full; make room and run again, finished parts are kept."
    if problem.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        return f"{place}: a file or folder stands in the way; move it or choose another place with --to."
    return f"{place}: cannot be written ({problem.strerror or problem}); choose another place with --to."
