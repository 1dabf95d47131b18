"""What is whole of a result that was stored: taken over part by part, so that only what is damaged is computed.

A part is taken over if its panel file is one that the manifest or COMPLETE vouches for and its rows of national.parquet
have the SHA-256 that the panel file holds. Counts lie in the panel file, units.parquet follows from the panel.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.batch.parts import Begun
from sim.kernel.codes import N_EVENTS
from sim.store.files import StoreError, sentence, sha256_of_file
from sim.store.folder import ResultFolder, Stored
from sim.store.identity import Identity, read_identity
from sim.store.manifest import read_manifest, vouched
from sim.store.national import GROUPS, NATIONAL_KEYS, national_schema
from sim.store.panel import KEYS, Layout, digest_of_rows, part_path, read_beside

if TYPE_CHECKING:
    import pyarrow.parquet as pq


@dataclass(frozen=True)
class Kept:
    """A folder with a result of this layout, whole or damaged. sums: what its seals say of each file (SHA-256);
    verified: every identity was checked when it was computed."""

    path: Path
    layout: Layout
    sums: dict[str, set[str]]
    verified: bool


def find_kept(path: Path, layout: Layout, now: Identity) -> Kept | None:
    """What the folder holds of the result that depends on `now`; None if it was begun with something else."""
    try:
        manifest = read_manifest(path)
    except StoreError:
        manifest = {}
    if (manifest.get("begun_with") or read_identity(path)) != now:
        return None
    return Kept(path, layout, vouched(path), bool(manifest.get("verified", False)))


def adopt(folder: ResultFolder, old: Kept) -> dict[int, Begun]:
    """Takes over the whole parts of `old` into the folder, which may be the same; afterwards they are finished there.

    Returns the first runs of parts that are longer in the folder than in `old`. StoreError if it cannot be written.
    """
    begun = {}
    shape = (len(old.layout.years), len(old.layout.units), N_EVENTS)
    with _national(old) as file:
        for part in range(min(old.layout.parts, folder.layout.parts)):
            source = part_path(old.path, part)
            found = _sum(source)
            if folder.is_finished(part) or found not in old.sums.get(f"panel/{source.name}", ()):
                continue
            counts, digest = read_beside(source, shape)
            rows = _rows(file, part, old.layout)
            if rows is None or digest_of_rows(rows) != digest:
                continue
            if folder.layout.runs_of(part) == old.layout.runs_of(part):
                _copy(source, part_path(folder.path, part))
                folder.write_record(part, Stored(rows, counts, found, source.stat().st_size, old.verified))
            else:
                begun[part] = Begun(_values(source, old.layout), rows, counts)
    return begun


@contextmanager
def _national(old: Kept) -> "Iterator[pq.ParquetFile | None]":
    """The table of all runs, as far as it can be opened."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(old.path / "national.parquet", page_checksum_verification=True)
    except (OSError, pa.ArrowException):
        yield None
        return
    with file:
        yield file


def _rows(file: "pq.ParquetFile | None", part: int, layout: Layout) -> np.ndarray | None:
    """Rows (columns, rows) of the national table of a part; None if they cannot be read."""
    import pyarrow as pa

    names = [name for name in national_schema().names if name not in NATIONAL_KEYS]
    try:
        if file is None or part >= file.num_row_groups:
            return None
        table = file.read_row_group(part, columns=names, use_threads=False)
    except (OSError, pa.ArrowException):
        return None
    wanted = (len(layout.runs_of(part)) * len(layout.years) * len(GROUPS), len(names))
    return np.stack([column.to_numpy() for column in table.columns]) if table.shape == wanted else None


def _values(path: Path, layout: Layout) -> np.ndarray:
    """(outputs, years, runs, units) float32 of a panel file that is known to be whole."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, page_checksum_verification=True, partitioning=None)
    names = [name for name in table.column_names if name not in KEYS]
    shape = (len(layout.years), -1, len(layout.units))
    return np.array([table.column(name).to_numpy().reshape(shape) for name in names], np.float32)


def _sum(path: Path) -> str:
    try:
        return sha256_of_file(path)
    except OSError:
        return ""


def _copy(source: Path, target: Path) -> None:
    """The same file under another name: a link where the file system can, else a copy. Files are never changed."""
    if source == target:
        return
    try:
        target.unlink(missing_ok=True)
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copy2(source, target)
    except OSError as problem:
        raise StoreError(sentence(problem, target)) from None
