"""A study's files by way of an fsspec URL, for workers that do not share a folder with the parent.

The parent puts the study's own files there, a worker fetches them into a folder of its own, computes its part
and puts the part's files back; the parent fetches these and compares every byte with the worker's references.
Nothing but references travels through the scheduler.
"""

import atexit
import shutil
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import Any

from sim.store.files import StoreError, make_folder, sha256, write_file
from sim.store.study import RULER, StudyFolder, StudyLayout

SHARED = ("design.json", "identity.json", RULER)  # what a part needs of its study
NO_LAYOUT = StudyLayout((), 0, (), (), 0, 0)  # records say themselves what they hold
FETCHING = threading.Lock()  # threads of a worker share its folder
Reference = dict[str, dict[str, Any]]


def offer(folder: Path, url: str) -> None:
    """The parent: the study's own files lie at the URL afterwards. StoreError if they cannot be written."""
    for name in SHARED:
        _put(folder / name, f"{url}/{name}")


def offer_begun(folder: Path, point: int, part: int, digest: str, url: str) -> list[str]:
    """The parent: the files of a part that has fewer runs so far lie at the URL afterwards; their names."""
    place = StudyFolder(folder, NO_LAYOUT, digest)
    record = place.read_record(point, part, whole=False)
    if record is None or not place.is_whole(record):
        return []
    names = [*record.files, place.name(point, "record", part)]
    for name in names:
        _put(folder / name, f"{url}/{name}")
    return names


def fetch_begun(folder: Path, names: list[str], url: str) -> None:
    """The worker: these files of a part are here, so that its runs need not be computed again."""
    for name in names:
        make_folder((folder / name).parent)
        write_file(folder / name, _get(f"{url}/{name}"))


def fetch_study(url: str, digest: str) -> Path:
    """The worker: a folder of its own with the study's files as they are now, kept for the parts to come."""
    folder = scratch(digest)
    with FETCHING:
        for name in SHARED:
            data = _get(f"{url}/{name}")
            path = folder / name
            if not path.exists() or path.read_bytes() != data:
                write_file(path, data)
    return folder


@cache
def scratch(digest: str) -> Path:
    """A private folder of this process, in the worker's own if there is one, gone with it."""
    from distributed import get_worker

    try:
        base = get_worker().local_directory
    except ValueError:  # not a worker
        base = None
    folder = tempfile.mkdtemp(prefix=f"kommunesim-{digest[:8]}-", dir=base)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def give_back(folder: Path, files: Reference, url: str) -> None:
    """The worker: the files of a part lie at the URL afterwards, and no longer here."""
    for name in files:
        _put(folder / name, f"{url}/{name}")
    for name in files:
        (folder / name).unlink(missing_ok=True)


def collect(folder: Path, files: Reference, url: str) -> None:
    """The parent: the files of a part lie in the study, the record last. StoreError if a byte is not as computed."""
    for name in sorted(files, key=lambda name: Path(name).name.startswith("record")):
        data = _get(f"{url}/{name}")
        if sha256(data) != files[name]["sha256"]:
            raise StoreError(f"{url}/{name}: not what the worker wrote; run the same command again to go on.")
        make_folder((folder / name).parent)
        write_file(folder / name, data)


def _put(path: Path, url: str) -> None:
    import fsspec

    try:
        with fsspec.open(url, "wb", auto_mkdir=True) if url.startswith("file:") else fsspec.open(url, "wb") as file:
            file.write(path.read_bytes())
    except (OSError, ValueError, ImportError) as problem:
        raise StoreError(f"{url}: cannot be written ({_short(problem)}).") from None


def _get(url: str) -> bytes:
    import fsspec

    try:
        with fsspec.open(url, "rb") as file:
            return file.read()
    except (OSError, ValueError, ImportError) as problem:
        raise StoreError(f"{url}: cannot be read ({_short(problem)}).") from None


def _short(problem: BaseException) -> str:
    from sim.errors import printable

    return printable(f"{type(problem).__name__}: {problem}", 120)
