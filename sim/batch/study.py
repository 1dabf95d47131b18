"""A study: every point of a design, part by part, into one folder that survives whatever stops it."""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sim.batch import task
from sim.batch.part import measure_ruler
from sim.batch.stop import Stop, StoppedError, on_signals, on_threads
from sim.batch.sweep import MOST_WORKERS, Clock, Progress, whole_number
from sim.design import Design, from_document
from sim.design.document import plain_given, to_document, to_json
from sim.errors import printable
from sim.scenario import ScenarioError
from sim.scenario.values import plain
from sim.state import World
from sim.store.digest import rules_hash, world_hash
from sim.store.files import (
    LOCK,
    StoreError,
    locked,
    make_folder,
    remove_leftovers,
    replacing,
    sha256_of_file,
    write_file,
)
from sim.store.identity import check_identity, digest, identity, write_identity
from sim.store.manifest import damaged_files, read_manifest, write_manifest
from sim.store.panel import open_writer
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

Part = tuple[int, int]  # point, part
Say = Callable[[str], None]
Engine = Callable[[Path, list[Part], Callable[[int], None], Stop], None]
T, R = TypeVar("T"), TypeVar("R")


def study_path(design: Design, world: World, out_dir: Path | str) -> Path:
    """Where the study of this design lies."""
    return Path(out_dir) / f"{design.name}-{digest(_identity(design, world))[:8]}"


def run_study(
    design: Design,
    world: World,
    out_dir: Path | str = "results",
    workers: int | None = None,
    progress: Progress | None = None,
    say: Say | None = None,
    engine: Engine | None = None,
) -> Path:
    """Computes what is missing of the design's study and returns its complete folder out_dir/<name>-<digest8>.

    A study that has more runs already keeps them. engine: computes the parts elsewhere, see docs/studies.md. Raises
    UserError, StoreError, or StoppedError after Ctrl-C or SIGTERM.
    """
    return fill(design, world, study_path(design, world, out_dir), workers, progress, say, engine)


def fill(
    design: Design,
    world: World,
    path: Path,
    workers: int | None = None,
    progress: Progress | None = None,
    say: Say | None = None,
    engine: Engine | None = None,
) -> Path:
    """`run_study` in this very folder. StoreError naming the difference if it was begun with something else."""
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    workers = whole_number("workers", workers, len(os.sched_getaffinity(0)), MOST_WORKERS)
    say = say or (lambda _: None)
    make_folder(path)
    with locked(path):
        now = _identity(design, world)
        check_identity(path, now)
        before = stored_runs(path)
        if before is not None and before > design.runs:
            say(f"The study has {before} runs in every point already; they stay.")
            design = design.with_runs(before)
        folder = StudyFolder(path, task.layout_of(design, world), digest(now))
        if _is_complete(folder):
            say("This very study is already there; nothing is computed.")
            return path
        _prepare(folder, design, now)
        _Filling(design, world, folder, workers, progress, say, engine).run()
        (path / LOCK).unlink(missing_ok=True)
    return path


def stored_runs(path: Path) -> int | None:
    """Runs per point that the folder was last asked for."""
    try:
        return int(json.loads((path / "design.json").read_bytes())["runs"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _identity(design: Design, world: World) -> dict[str, dict[str, str]]:
    return identity(to_document(design.with_runs(1)), world)


def _is_complete(folder: StudyFolder) -> bool:
    try:
        manifest = read_manifest(folder.path)
    except StoreError:
        return False
    asked = (folder.digest, folder.layout.runs)
    return (manifest["hashes"]["digest"], manifest["runs"]) == asked and not damaged_files(folder.path, manifest)


def _prepare(folder: StudyFolder, design: Design, now: dict[str, dict[str, str]]) -> None:
    remove_leftovers(folder.path)
    folder.open_again()
    make_folder(folder.path / "points")
    write_file(folder.path / "design.json", to_json(design).encode() + b"\n")
    write_identity(folder.path, now)


@dataclass
class _Filling:
    """One go at a study."""

    design: Design
    world: World
    folder: StudyFolder
    workers: int
    progress: Progress | None
    say: Say
    engine: Engine | None

    def run(self) -> None:
        """All that is missing: ruler, parts, tables, manifest, COMPLETE."""
        stop, clock, layout = Stop(), Clock(), self.folder.layout
        with on_signals(stop):
            refused = {p.number: why for p in self.design.points if (why := self.design.refused(p.number))}
            parts = [(p, part) for p in range(layout.points) if p not in refused for part in range(layout.parts)]
            todo = list(in_order(self.workers, self._missing, parts, stop))
            total = sum(len(layout.runs_of(part)) for _, part in parts)
            stored = total - sum(runs for _, runs in todo)
            if stored and not stop:
                self.say(f"Going on: {stored} of {total} runs are stored.")
            ruler = self.folder.read_ruler()
            if ruler is None and not stop:
                ruler = measure_ruler(self.design, self.world)
                self.folder.write_ruler(ruler)
            clock.lap("check")
            done = 0

            def tick(runs: int) -> None:
                nonlocal done
                done += runs  # under the interpreter's lock; only shown

            def report() -> None:
                if self.progress is not None:
                    self.progress(min(stored + done, total), total, done / max(clock.passed(), 1e-9))

            if ruler is not None and not stop:
                self._compute(task.Study(self.design, self.world, self.folder, ruler), todo, stop, tick, report)
            clock.lap("simulate")
            if not stop and ruler is not None:
                manifest = self._tables(refused, ruler, stop, clock)
            if stop:
                whole = sum(len(layout.runs_of(part)) for p, part in parts if self._record_there(p, part))
                raise StoppedError(stop.signal_number, whole, total)
            self._finish(manifest, clock)

    def _record_there(self, point: int, part: int) -> bool:
        return (self.folder.path / self.folder.name(point, "record", part)).exists()

    def _missing(self, part: Part) -> tuple[Part, int] | None:
        """A part that is not finished, with its runs."""
        if self.folder.is_finished(*part):
            return None
        return part, len(self.folder.layout.runs_of(part[1]))

    def _compute(
        self, study: task.Study, todo: list[tuple[Part, int]], stop: Stop, tick: Callable, report: Callable
    ) -> None:
        if self.engine is not None:
            self.engine(self.folder.path, [part for part, _ in todo], tick, stop)
            report()
            return
        left = iter([part for part, _ in todo])  # taking the next of a list is atomic

        def work() -> None:
            while not stop and (part := next(left, None)) is not None:
                task.compute_part(study, *part, lambda: stop, tick)

        on_threads(min(self.workers, max(1, len(todo))), work, stop, report)

    def _tables(self, refused: dict[int, str], ruler: Any, stop: Stop, clock: Clock) -> dict[str, dict[str, Any]]:
        """Writes the tables of the whole study; the files of the study, with SHA-256 and size."""
        layout, folder = self.folder.layout, self.folder
        failures, files, failed = [], {}, dict.fromkeys(range(layout.points), 0)
        for point in range(layout.points):
            for part in range(layout.parts if point not in refused else 0):
                record = folder.read_record(point, part, whole=False)
                if record is None:
                    raise StoreError(f"{folder.path / folder.name(point, 'record', part)}: damaged; run `resume`.")
                failures += [(point, run, why) for run, why in sorted(record.failures.items())]
                failed[point] += len(record.failures)
                name = folder.name(point, "record", part)
                files |= record.files | {name: _written(folder.path / name)}
        rows = [self._row(point, refused.get(point, ""), failed[point], failures) for point in range(layout.points)]
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
                files[name] = _written(folder.path / name)
        return files

    def _row(self, point: int, refused: str, failed: int, failures: list[tuple[int, int, str]]) -> dict[str, Any]:
        runs = 0 if refused else self.folder.layout.runs - failed
        status = "refused" if refused else "ok" if not failed else "partial" if runs else "failed"
        reason = refused or next((why for at, _, why in failures if at == point), "")
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
        tables = iter(tables)
        first = None if schema is not None else next(tables, None)
        schema = schema if first is None else first.schema
        if stop or schema is None:
            return
        indexed = [one.name for one in schema if one.name in INDEXED]
        with replacing(self.folder.path / name) as temporary, open_writer(temporary, schema, indexed) as writer:
            for table in (first, *()) if first is not None else ():
                writer.write_table(table, row_group_size=max(1, table.num_rows))
            for table in tables:
                writer.write_table(table, row_group_size=max(1, table.num_rows))

    def _finish(self, files: dict[str, dict[str, Any]], clock: Clock) -> None:
        layout, design = self.folder.layout, self.design
        write_manifest(self.folder.path, {
            "kind": "study", "name": design.name, "seed": design.seed, "start": design.bases[0].start,
            "workers": self.workers, "panel": list(design.panel), "summary": list(design.summary),
            "years": list(layout.years), "runs": layout.runs, "points": layout.points, "units": len(layout.units),
            "hashes": {"digest": self.folder.digest, "data": world_hash(self.world), "rules": rules_hash()},
            "files": files, "timings": {name: round(seconds, 3) for name, seconds in clock.laps.items()},
        })  # fmt: skip


TABLES = ("points.parquet", "failures.parquet", "summary.parquet", "units.parquet")
INDEXED = ("point", "run", "year", "gruppe", "quantity", "kommunenummer", "scenario", "status", "reason", "runs")


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


def _written(path: Path) -> dict[str, Any]:
    return {"sha256": sha256_of_file(path), "bytes": path.stat().st_size}


def stored_design(path: Path) -> Design:
    """The design of a study's folder. StoreError if it is not there as it was written."""
    place = printable(path, 200)
    try:
        document = json.loads((path / "design.json").read_bytes())
    except (OSError, ValueError):
        raise StoreError(f"{place}/design.json: damaged or not there; run the design file again.") from None
    try:
        return from_document(document)
    except ScenarioError as problem:
        raise StoreError(f"{place}/design.json: {problem}") from None
