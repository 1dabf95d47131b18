"""The end of a study: its tables from its parts, the manifest, COMPLETE."""

import itertools
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sim.batch.stop import Stop
from sim.batch.sweep import Clock
from sim.design import Design
from sim.design.document import plain_given
from sim.scenario.values import plain
from sim.state import World
from sim.store.digest import rules_hash, world_hash
from sim.store.files import StoreError, replacing, written
from sim.store.manifest import write_manifest
from sim.store.panel import open_writer
from sim.store.sketch import Ruler
from sim.store.study import RULER, StudyFolder
from sim.store.study_tables import (
    failures_table,
    points_table,
    summary_schema,
    summary_table,
    units_schema,
    units_table,
)

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")
R = TypeVar("R")
TABLES = ("points.parquet", "failures.parquet", "summary.parquet", "units.parquet")
INDEXED = ("point", "run", "year", "gruppe", "quantity", "kommunenummer", "scenario", "status", "reason", "runs")


@dataclass
class StudyTables:
    """Makes the tables of a study whose parts are all finished."""

    design: Design
    world: World
    folder: StudyFolder
    workers: int

    def write(self, refused: dict[int, str], ruler: Ruler, stop: Stop, clock: Clock) -> dict[str, dict[str, Any]]:
        """Writes the tables of the whole study; the files of the study, with SHA-256 and size."""
        layout, folder = self.folder.layout, self.folder
        failures: list[tuple[int, int, str]] = []
        files: dict[str, dict[str, Any]] = {}
        failed = dict.fromkeys(range(layout.points), 0)
        for point in range(layout.points):
            for part in range(layout.parts if point not in refused else 0):
                record = folder.read_record(point, part, whole=False)
                if record is None:
                    raise StoreError(f"{folder.path / folder.name(point, 'record', part)}: damaged; run `resume`.")
                failures += [(point, run, why) for run, why in sorted(record.failures.items())]
                failed[point] += len(record.failures)
                name = folder.name(point, "record", part)
                files |= record.files | {name: written(folder.path / name)}
        first = {point: why for point, _, why in reversed(failures)}
        rows = [self._row(point, refused.get(point, ""), failed[point], first) for point in range(layout.points)]
        texts = {f.name: (f.param.unit, f.param.text) for f in self.design.factors}
        run = [point for point in range(layout.points) if point not in refused]
        self._write("points.parquet", [points_table(rows, texts)], stop)
        self._write("failures.parquet", [failures_table(failures)], stop)
        summaries = in_order(self.workers, lambda point: summary_table(folder, point), run, stop)
        self._write("summary.parquet", _gathered(summaries, 1 << 17, summary_schema().empty_table()), stop)
        clock.lap("summary")
        units = in_order(self.workers, lambda point: units_table(folder, ruler, point), run, stop)
        self._write("units.parquet", units, stop, units_schema(folder))
        clock.lap("units")
        for name in ("design.json", "identity.json", RULER, *TABLES):
            if not stop:
                files[name] = written(folder.path / name)
        return files

    def _row(self, point: int, refused: str, failed: int, failures: dict[int, str]) -> dict[str, Any]:
        runs = 0 if refused else self.folder.layout.runs - failed
        status = "refused" if refused else "ok" if not failed else "partial" if runs else "failed"
        reason = refused or failures.get(point, "")
        place = self.design.points[point]
        base = self.design.bases[place.base]
        row: dict[str, Any] = {"point": point, "scenario": base.name, "status": status, "reason": reason, "runs": runs}
        for factor in self.design.factors:
            if factor.name in place.settings:
                value = plain_given(factor.name, place.settings[factor.name])
            else:
                value = plain(factor.param, base.values[factor.name], base.years)
            row[factor.name] = value if isinstance(value, int | float | str) else json.dumps(value)
        texts = {f.name for f in self.design.factors if f.param.choices}
        return {name: str(value) if name in texts else value for name, value in row.items()}

    def _write(self, name: str, tables: "Iterable[pa.Table]", stop: Stop, schema: "pa.Schema | None" = None) -> None:
        """A Parquet file of the whole study, a row group per table; given up if the flag is up."""
        if stop:
            return
        rows, found = iter(tables), schema
        if found is None:
            first = next(rows, None)
            if first is None:
                return
            rows, found = itertools.chain([first], rows), first.schema
        indexed = [one.name for one in found if one.name in INDEXED]
        with (
            replacing(self.folder.path / name) as temporary,
            open_writer(temporary, found, indexed) as writer,
        ):
            for table in rows:
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
        })  # fmt: skip


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
