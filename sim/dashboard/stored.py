"""Results as the page reads them: finished ones, and of one that is being written the parts that are whole."""

import io
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from sim.store.files import StoreError, sha256, sha256_of_file
from sim.store.manifest import read_manifest
from sim.store.panel import KEYS, RUNS_PER_PART, part_path
from sim.store.results import Results
from sim.words import scenario_words

KEPT = 384 << 20  # bytes of panel columns and what is made of them that stay in memory
MOST_SETS = 2  # settings that stand behind the title of a result
MOST_JSON = 4 << 20  # bytes of a scenario.json; a larger one is none of ours


@dataclass(frozen=True)
class Part:
    """A panel file that is whole: its runs stand in it year by year, run by run, unit by unit."""

    path: Path
    runs: int


@dataclass(frozen=True)
class Stored:
    """A result as far as it is there. `runs` of `planned` runs can be read."""

    key: str  # name of the folder: what stands in the address of the page
    folder: Path
    title: str
    name: str
    digest: str
    seed: int
    start: str
    years: tuple[int, ...]
    units: tuple[str, ...]
    columns: dict[str, tuple[str, str]] = field(repr=False)  # output -> (unit, text)
    parts: tuple[Part, ...] = field(repr=False)
    planned: int
    complete: bool
    levers: dict[str, Any] = field(repr=False)
    stamp: str  # changes when there is more to read
    sets: tuple[str, ...] = ()  # what it sets otherwise than the baseline, the first few

    def called(self, lang: str) -> str:
        """Its title in this language, with what it sets beside today's law where the title does not say so."""
        title = scenario_words({"name": self.name, "title": self.title}, lang)["title"]
        return f"{title} ({', '.join(self.sets)})" if self.sets and self.name == "baseline" else title

    @property
    def runs(self) -> int:
        """Runs that can be read."""
        return sum(part.runs for part in self.parts)

    @property
    def outputs(self) -> list[str]:
        """Names of the outputs in the panel."""
        return list(self.columns)

    @property
    def results(self) -> Results:
        """The finished result. StoreError if it is not finished."""
        return Results(self.folder, read_manifest(self.folder))

    def array(self, output: str) -> np.ndarray:
        """(years, runs, units) float32. StoreError if a file is damaged. Kept in memory while there is room."""
        return self.kept(("column", output), lambda: self._read(output))

    def kept(self, name: tuple, make: Callable[[], Any]) -> Any:
        """What `make` gives for this result, an array or some; kept in memory under this name while there is room."""
        return _CACHE.get((str(self.folder), self.stamp, name), make)

    def _read(self, output: str) -> np.ndarray:
        import pyarrow as pa
        import pyarrow.parquet as pq

        blocks = []
        for part in self.parts:
            try:
                with pq.ParquetFile(part.path, page_checksum_verification=True) as file:
                    column = file.read(columns=[output]).column(0).to_numpy()
                blocks.append(column.reshape(len(self.years), part.runs, len(self.units)))
            except (OSError, ValueError, pa.ArrowException):
                raise StoreError(f"{part.path.name} of {self.key}: damaged; run the scenario again.") from None
        return np.concatenate(blocks, axis=1)


class Cache:
    """The arrays that were read last, as many as fit in `room` bytes."""

    def __init__(self, room: int) -> None:
        self.room, self.lock = room, Lock()
        self.found: OrderedDict[Any, Any] = OrderedDict()

    def get(self, key: Any, read: Callable[[], Any]) -> Any:
        """What `read` gave for this key, now or earlier."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        value = read()
        with self.lock:
            self.found[key] = value
            while len(self.found) > 1 and sum(map(_bytes, self.found.values())) > self.room:
                self.found.popitem(last=False)
        return value


def _bytes(kept: Any) -> int:
    return sum(map(_bytes, kept)) if isinstance(kept, tuple) else int(getattr(kept, "nbytes", 0))


_CACHE = Cache(KEPT)


def open_stored(folder: Path) -> Stored | None:
    """The result in this folder as far as it can be read; None if no part of one can."""
    try:
        return _finished(folder) if (folder / "COMPLETE").is_file() else _filling(folder)
    except (StoreError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _finished(folder: Path) -> Stored | None:
    manifest = read_manifest(folder)
    if manifest.get("kind") == "study":
        return None
    results = Results(folder, manifest)
    runs = range(0, results.runs, RUNS_PER_PART)
    parts = tuple(Part(part_path(folder, at), min(RUNS_PER_PART, results.runs - run)) for at, run in enumerate(runs))
    units, columns = _schema(parts[0].path)
    return _stored(folder, results.scenario, manifest["hashes"]["digest"], units, columns, parts, True)


def _filling(folder: Path) -> Stored | None:
    """Parts whose record and whose panel file are both, byte by byte, what was written."""
    parts, digest, stamp = [], "", []
    for record in sorted((folder / "progress").glob("part-*")):
        note = _note(record)
        if note is None:
            continue
        path = part_path(folder, int(record.name.removeprefix("part-")))
        if path.stat().st_size != note["bytes"] or sha256_of_file(path) != note["sha256"]:
            continue
        digest = note["digest"]
        parts.append(Part(path, note["runs"]))
        stamp.append(note["sha256"])
    if not parts or (folder / "scenario.json").stat().st_size > MOST_JSON:
        return None
    units, columns = _schema(parts[0].path)
    scenario = json.loads((folder / "scenario.json").read_bytes())
    return _stored(folder, scenario, digest, units, columns, tuple(parts), False)


def _note(record: Path) -> dict[str, Any] | None:
    """What a record says of its part, and its number of runs; None if it is not as it was written."""
    data = record.read_bytes()
    body = data[64:]
    if sha256(body).encode() != data[:64]:
        return None
    with np.load(io.BytesIO(body), allow_pickle=False) as stored:
        note = json.loads(str(stored["note"]))
        years, groups = stored["counts"].shape[0], 2
        return {**note, "runs": stored["national"].shape[1] // (years * groups)}


def _schema(path: Path) -> tuple[tuple[str, ...], dict[str, tuple[str, str]]]:
    """Units in their order, and the columns with unit and text."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        columns = {
            one.name: ((one.metadata or {}).get(b"unit", b"").decode(), (one.metadata or {}).get(b"text", b"").decode())
            for one in file.schema_arrow
            if one.name not in KEYS
        }
        first = file.read_row_group(0, columns=["run", "kommunenummer"]).to_pandas()
    units = first.loc[first["run"] == first["run"].iloc[0], "kommunenummer"].astype(str)
    return tuple(units), columns


def _stored(
    folder: Path, scenario: dict, digest: str, units: tuple[str, ...], columns: dict, parts: tuple[Part, ...],
    complete: bool,
) -> Stored:  # fmt: skip
    run = scenario["run"]
    first = int(run.get("first_year", 2026))
    years = tuple(range(first, first + int(run["years"])))
    read = sum(part.runs for part in parts)
    return Stored(
        folder.name, folder, str(scenario["title"] or scenario["name"])[:200], str(scenario["name"])[:80], digest,
        int(run["seed"]), str(run["start"]), years, units, columns, parts, int(run["runs"]), complete,
        dict(scenario["levers"]), f"{digest}:{read}:{complete}", _sets(scenario),
    )  # fmt: skip


def _sets(scenario: dict) -> tuple[str, ...]:
    """NAME=VALUE of the levers that differ, the first few; one that changes by year or is drawn only by its name."""
    difference = scenario.get("difference") or []
    rows = [(str(row["name"])[:60], row["value"]) for row in difference if row["name"] in scenario["levers"]]
    said = [name if isinstance(value, dict | list) else f"{name}={str(value)[:20]}" for name, value in rows]
    return (*said[:MOST_SETS], *(["…"] if len(said) > MOST_SETS else []))
