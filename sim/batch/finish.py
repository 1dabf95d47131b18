"""The end of a study: its tables from its parts, the manifest, COMPLETE."""

import itertools
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from sim.batch.stop import Stop
from sim.batch.sweep import Clock
from sim.design import Design, Factor, Point
from sim.design.document import plain_given
from sim.scenario import Scenario
from sim.scenario.values import plain
from sim.state import World
from sim.store.digest import rules_hash, world_hash
from sim.store.files import StoreError, replacing, written
from sim.store.manifest import file_line, write_manifest
from sim.store.panel import open_writer
from sim.store.sketch import Ruler
from sim.store.study import RULER, StudyFolder
from sim.store.study_tables import (
    failures_schema,
    points_schema,
    summary_schema,
    summary_table,
    table_of,
    units_schema,
    units_table,
)

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

T = TypeVar("T")
R = TypeVar("R")
OWN = (
    "design.json", "identity.json", RULER, "points.parquet", "failures.parquet", "summary.parquet", "units.parquet",
)  # fmt: skip
ROWS = 4096  # points whose rows are in memory at a time
INDEXED = ("point", "run", "year", "gruppe", "quantity", "kommunenummer", "scenario", "status", "reason", "runs")


@dataclass
class StudyTables:
    """Makes the tables of a study whose parts are all finished."""

    design: Design
    world: World
    folder: StudyFolder
    workers: int
    said: TextIO  # for the lines of the manifest about the files of points, until it is written

    def write(self, refused: "np.ndarray", ruler: Ruler, stop: Stop, clock: Clock) -> dict[str, dict[str, Any]]:
        """Writes the tables of the whole study; its own files, with SHA-256 and size. refused: a bool per point.

        What is said of the files of the points goes to a file too, so that memory does not grow with the points.
        """
        folder = self.folder
        self._write_points(refused, stop)
        run = (point for point in range(folder.layout.points) if not refused[point])
        summaries = in_order(self.workers, lambda point: summary_table(folder, point), run, stop)
        self._write("summary.parquet", summary_schema(), summaries, 1 << 17, stop)
        clock.lap("summary")
        run = (point for point in range(folder.layout.points) if not refused[point])
        units = in_order(self.workers, lambda point: units_table(folder, ruler, point), run, stop)
        self._write("units.parquet", units_schema(folder), units, 1 << 16, stop)
        clock.lap("units")
        return {name: written(folder.path / name) for name in OWN if not stop}

    def _write_points(self, refused: "np.ndarray", stop: Stop) -> None:
        """points.parquet, failures.parquet and the lines of the manifest, from the heads of the records."""
        about = {f.name: (f.param.unit, f.param.text, _is_text(self.design, f)) for f in self.design.factors}
        schema, failed = points_schema(about), failures_schema()
        heads = in_order(self.workers, lambda point: self._head(point, bool(refused[point])), range(len(refused)), stop)
        with self._table("points.parquet", schema) as points, self._table("failures.parquet", failed) as failures:
            for some in _batches(heads, ROWS):
                points.write_table(table_of([row for row, _, _ in some], schema))
                lost = [one for _, lost, _ in some for one in lost]
                if lost:
                    failures.write_table(table_of(lost, failed))
                self.said.writelines(f"{line}\n" for _, _, lines in some for line in lines)

    def _head(self, point: int, refused: bool) -> tuple[dict[str, Any], list[dict[str, Any]], list[str]]:
        """The row of a point, the rows of its runs that failed, the lines of its files."""
        folder, lost, files = self.folder, list[dict[str, Any]](), dict[str, dict[str, Any]]()
        for part in range(0 if refused else folder.layout.parts):
            record, name = folder.read_record(point, part, whole=False), folder.name(point, "record", part)
            if record is None:
                raise StoreError(f"{folder.path / name}: damaged; run `resume`.")
            lost += [{"point": point, "run": run, "reason": why} for run, why in sorted(record.failures.items())]
            files |= record.files | {name: written(folder.path / name)}
        row = self._row(point, refused, len(lost), lost[0]["reason"] if lost else "")
        return row, lost, [file_line(name, files[name]) for name in sorted(files)]

    def _row(self, point: int, refused: bool, failed: int, why: str) -> dict[str, Any]:
        runs = 0 if refused else self.folder.layout.runs - failed
        status = "refused" if refused else "ok" if not failed else "partial" if runs else "failed"
        reason = self.design.refused(point) if refused else why
        place = self.design.points[point]
        base = self.design.bases[place.base]
        row: dict[str, Any] = {"point": point, "scenario": base.name, "status": status, "reason": reason, "runs": runs}
        for factor in self.design.factors:
            value = _shown(factor, place, base)
            row[factor.name] = str(value) if _is_text(self.design, factor) else value
        return row

    @contextmanager
    def _table(self, name: str, schema: "pa.Schema") -> "Iterator[pq.ParquetWriter]":
        """A writer of a Parquet file of the whole study, a row group per table."""
        indexed = [one.name for one in schema if one.name in INDEXED or one.type == "string"]
        with replacing(self.folder.path / name) as temporary, open_writer(temporary, schema, indexed) as writer:
            yield writer

    def _write(self, name: str, schema: "pa.Schema", tables: "Iterable[pa.Table]", rows: int, stop: Stop) -> None:
        """A Parquet file of the whole study, with so many rows in a row group; given up if the flag is up."""
        if stop:
            return
        with self._table(name, schema) as writer:
            for table in _gathered(tables, rows, schema.empty_table()):
                writer.write_table(table, row_group_size=max(1, table.num_rows))

    def finish(self, files: dict[str, dict[str, Any]], clock: Clock) -> None:
        """Writes the manifest, then COMPLETE: the study can be opened."""
        layout, design = self.folder.layout, self.design
        write_manifest(self.folder.path, {
            "kind": "study", "name": design.name, "seed": design.seed, "start": design.bases[0].start,
            "workers": self.workers, "panel": list(design.panel), "summary": list(design.summary),
            "years": list(layout.years), "runs": layout.runs, "points": layout.points, "units": len(layout.units),
            "hashes": {"digest": self.folder.digest, "data": world_hash(self.world), "rules": rules_hash()},
            "files": files, "timings": {name: round(seconds, 3) for name, seconds in clock.laps.items()},
        }, self._lines())  # fmt: skip

    def _lines(self) -> Iterator[str]:
        self.said.seek(0)
        return (line.removesuffix("\n") for line in self.said)


def in_order(workers: int, work: Callable[[T], R | None], items: Iterable[T], stop: Stop) -> Iterator[R]:
    """work(item) of every item, on threads, in the order of the items; None is left out. Ends early if stopped."""
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque = deque()
        for item in items:
            if stop:
                break
            waiting.append(pool.submit(work, item))
            if len(waiting) > 2 * workers and (found := waiting.popleft().result()) is not None:
                yield found
        while waiting and not stop:
            if (found := waiting.popleft().result()) is not None:
                yield found


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, so many at a time."""
    left = iter(items)
    while some := list(itertools.islice(left, size)):
        yield some


def _shown(factor: Factor, place: Point, base: Scenario) -> float | int | str:
    """The value of a factor at a point: a number, a choice, or JSON."""
    if factor.name in place.settings:
        value = plain_given(factor.name, place.settings[factor.name])
    else:
        value = plain(factor.param, base.values[factor.name], base.years)
    return value if isinstance(value, int | float | str) else json.dumps(value)


def _is_text(design: Design, factor: Factor) -> bool:
    """True if a value of the factor may be something else than a number."""
    if factor.param.choices or any(not isinstance(level, int | float) for level in factor.levels):
        return True
    plainly = (plain(factor.param, base.values[factor.name], base.years) for base in design.bases)
    return design.sampling == "oat" and any(not isinstance(value, int | float) for value in plainly)


def _gathered(tables: "Iterable[pa.Table]", rows: int, empty: "pa.Table") -> "Iterator[pa.Table]":
    """The rows of many small tables in few larger ones."""
    import pyarrow as pa

    held: list[pa.Table] = [empty]
    for table in tables:
        held.append(table)
        if sum(one.num_rows for one in held) >= rows:
            yield pa.concat_tables(held).combine_chunks()
            held = [empty]
    yield pa.concat_tables(held).combine_chunks()
