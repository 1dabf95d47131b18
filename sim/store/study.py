"""A study folder while it is filled: parts of points, each finished once its record is there.

A part is at most RUNS_PER_RECORD runs of one point. Its files are written first, its record last; the record starts
with its own SHA-256 and names the digest of the study and the SHA-256 of the part's files, so a part counts as finished
only if every byte is as it was written. A record holds the summary of its runs in whole numbers, so that runs can be
added later without computing any again.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.outputs import Output
from sim.store.files import (
    TEMPORARY,
    StoreError,
    is_as_written,
    make_folder,
    remove_leftovers,
    sentence,
    sha256,
    write_file,
)
from sim.store.manifest import open_again
from sim.store.sketch import Ruler, Sketch

RUNS_PER_RECORD = 500  # a constant of the format; a multiple of RUNS_PER_PART
RULER = "ruler"


@dataclass(frozen=True)
class StudyLayout:
    """What is stored of every point: `outputs` are recorded, the first `panel` of them kept per run and unit."""

    outputs: tuple[Output, ...]
    panel: int
    years: tuple[int, ...]
    units: tuple[str, ...]
    runs: int
    points: int

    @property
    def shape(self) -> tuple[int, int, int]:
        """(outputs, years, units)."""
        return len(self.outputs), len(self.years), len(self.units)

    @property
    def parts(self) -> int:
        """Parts of a point."""
        return -(-self.runs // RUNS_PER_RECORD)

    def runs_of(self, part: int) -> range:
        """The runs of a part."""
        return range(part * RUNS_PER_RECORD, min((part + 1) * RUNS_PER_RECORD, self.runs))


@dataclass(frozen=True)
class Record:
    """What is known of a finished part: its runs, which failed and why, its files, its summary."""

    point: int
    part: int
    runs: range
    failures: dict[int, str]
    files: dict[str, dict[str, Any]]  # name -> sha256, bytes
    sketch: Sketch | None = None  # None: only the head was read


@dataclass(frozen=True)
class StudyFolder:
    """The folder `path` of the study with this digest and layout."""

    path: Path
    layout: StudyLayout
    digest: str
    alone: bool = True  # False: other processes write parts too, so what looks left over may be in the making

    def point_path(self, point: int) -> Path:
        """Where the parts of a point lie."""
        return self.path / "points" / f"{point:05d}"

    def name(self, point: int, kind: str, number: int) -> str:
        """The name of a file in the study: kind is record, national or panel."""
        suffix = "" if kind == "record" else ".parquet"
        return f"points/{point:05d}/{kind}-{number:05d}{suffix}"

    def prepare_point(self, point: int) -> None:
        """The folder of a point is there."""
        make_folder(self.point_path(point))

    def clean(self, points: Iterable[int]) -> None:
        """Nothing that was left half written lies in the folders of these points. For who writes alone."""
        for point in points:
            remove_leftovers(self.point_path(point))

    def open_again(self) -> None:
        """The study no longer counts as complete. Raises StoreError."""
        open_again(self.path)

    def write(self, name: str, data: bytes | memoryview) -> dict[str, Any]:
        """Writes a file of the study whole; its SHA-256 and size."""
        writer = write_file if self.alone else write_beside
        return {"sha256": writer(self.path / name, data), "bytes": len(data)}

    def write_record(self, record: Record) -> dict[str, Any]:
        """The part is finished from here on, also after a crash."""
        assert record.sketch is not None
        head = {
            "digest": self.digest, "point": record.point, "part": record.part,
            "runs": [record.runs.start, record.runs.stop],
            "failures": [[run, why] for run, why in sorted(record.failures.items())], "files": record.files,
        }  # fmt: skip
        arrays = (record.sketch.counts, record.sketch.sums, record.sketch.ends)
        return self.write(self.name(record.point, "record", record.part), encode_arrays(head, arrays))

    def read_record(self, point: int, part: int, whole: bool = True) -> Record | None:
        """The record of a part, or None if there is none that is as it was written and of this study."""
        found = read_arrays(self.path / self.name(point, "record", part), whole)
        if found is None or (found[0]["digest"], found[0]["point"], found[0]["part"]) != (self.digest, point, part):
            return None
        head, arrays = found
        failures = {int(run): str(why) for run, why in head["failures"]}
        sketch = Sketch(*arrays) if whole else None
        return Record(point, part, range(*head["runs"]), failures, head["files"], sketch)

    def is_whole(self, record: Record) -> bool:
        """True if every file of the part is as it was written."""
        return all(is_as_written(self.path / name, said) for name, said in record.files.items())

    def is_finished(self, point: int, part: int) -> bool:
        """True if all runs of the part are stored and every byte is as it was written."""
        record = self.read_record(point, part, whole=False)
        return record is not None and record.runs == self.layout.runs_of(part) and self.is_whole(record)

    def write_ruler(self, ruler: Ruler) -> None:
        """Stores where the bins lie."""
        data = encode_arrays({"digest": self.digest}, (ruler.scale, ruler.middle, ruler.half))
        write_file(self.path / RULER, data)

    def read_ruler(self) -> Ruler | None:
        """Where the bins lie; None if it is not there as it was written."""
        found = read_arrays(self.path / RULER)
        if found is None or found[0]["digest"] != self.digest:
            return None
        return Ruler(*found[1])


def write_beside(path: Path, data: bytes | memoryview) -> str:
    """As `write_file`, where another process may be writing the same file at the same time: the last one stays.

    So it is with a worker that was given up for lost and is not. Raises StoreError.
    """
    own = path.with_name(f"{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    written = write_file(own, data)
    try:
        own.replace(path)
    except OSError as problem:
        raise StoreError(sentence(problem, path)) from None
    return written


def encode_arrays(head: dict[str, Any], arrays: tuple[np.ndarray, ...]) -> bytes:
    """SHA-256 of the rest, a line of JSON, the arrays compressed."""
    import pyarrow as pa

    packed = [pa.compress(pa.py_buffer(np.ascontiguousarray(array)), codec="lz4", asbytes=True) for array in arrays]
    kinds = [[str(a.dtype), list(a.shape), len(p)] for a, p in zip(arrays, packed, strict=True)]
    line = json.dumps(head | {"arrays": kinds}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    body = b"".join([line.encode(), b"\n", *packed])
    return sha256(body).encode() + body


def read_arrays(path: Path, whole: bool = True) -> tuple[dict[str, Any], list[np.ndarray]] | None:
    """What `encode_arrays` was given (without arrays if not `whole`); None if a byte differs."""
    import pyarrow as pa

    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = memoryview(data)[64:]
    if sha256(body).encode() != data[:64]:
        return None
    line_end = data.index(b"\n", 64)
    head, at, arrays = json.loads(data[64:line_end]), line_end + 1, []
    for kind, shape, length in head.pop("arrays") if whole else ():
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        raw = pa.decompress(data[at : at + length], decompressed_size=size, codec="lz4", asbytes=True)
        arrays.append(np.frombuffer(raw, kind).reshape(shape).copy())
        at += length
    return head, arrays
