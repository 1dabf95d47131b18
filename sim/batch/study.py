"""A study: every point of a design, part by part, into one folder that survives whatever stops it."""

import itertools
import json
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np

from sim.batch import task
from sim.batch.finish import StudyTables, in_order
from sim.batch.part import measure_ruler
from sim.batch.stop import Stop, StoppedError, on_signals, on_threads
from sim.batch.sweep import MOST_WORKERS, Clock, Progress, whole_number
from sim.design import Design, from_document
from sim.design.document import to_document, to_json
from sim.processors import processors
from sim.state import World
from sim.store.asked import read_asked
from sim.store.files import (
    LOCK,
    TEMPORARY,
    StoreError,
    locked,
    make_folder,
    remove_leftovers,
    spool,
    write_file,
)
from sim.store.identity import check_identity, digest, identity, write_identity
from sim.store.manifest import damaged_files, read_manifest
from sim.store.study import StudyFolder

Part = tuple[int, int]  # point, part
Say = Callable[[str], None]
Engine = Callable[[Path, Sequence[Part], Callable[[int], None], Stop], None]


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
    workers = whole_number("workers", workers, processors(), MOST_WORKERS)
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


class Counter:
    """Runs that are done, added up by many threads."""

    def __init__(self) -> None:
        self.runs, self._lock = 0, threading.Lock()

    def add(self, runs: int) -> None:
        """So many more."""
        with self._lock:
            self.runs += runs


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
            refused = self._refused()
            todo = Todo(layout.parts)
            todo.parts.extend(in_order(self.workers, self._missing, self._parts(refused), stop))
            total = int((~refused).sum()) * layout.runs
            stored = total - sum(len(layout.runs_of(part)) for _, part in todo)
            if stored and not stop:
                self.say(f"Going on: {stored} of {total} runs are stored.")
            ruler = self.folder.read_ruler()
            if ruler is None and not stop:
                ruler = measure_ruler(self.design, self.world)
                self.folder.write_ruler(ruler)
            clock.lap("check")
            counted = Counter()

            def report() -> None:
                if self.progress is not None:
                    done = counted.runs
                    self.progress(min(stored + done, total), total, done / max(clock.passed(), 1e-9))

            if ruler is not None and not stop:
                self._compute(task.Study(self.design, self.world, self.folder, ruler), todo, stop, counted.add, report)
            clock.lap("simulate")
            with spool(self.folder.path / f"files{TEMPORARY}") as said:
                tables = StudyTables(self.design, self.world, self.folder, self.workers, said)
                files = {} if stop or ruler is None else tables.write(refused, ruler, stop, clock)
                if not stop:
                    tables.finish(files, clock)
            if stop:
                parts = map(todo.named, self._parts(refused))
                whole = sum(len(layout.runs_of(part)) for p, part in parts if self._record_there(p, part))
                raise StoppedError(stop.signal_number, whole, total)

    def _record_there(self, point: int, part: int) -> bool:
        return (self.folder.path / self.folder.name(point, "record", part)).exists()

    def _refused(self) -> np.ndarray:
        """Which points cannot be run: a bool per point."""
        design = self.design
        return np.fromiter(
            (design.may_contradict and bool(design.refused(at)) for at in range(len(design.points))), bool
        )

    def _parts(self, refused: np.ndarray) -> Iterator[int]:
        """The numbers of all parts that are to be there."""
        parts = self.folder.layout.parts
        return (int(point) * parts + part for point in np.flatnonzero(~refused) for part in range(parts))

    def _missing(self, number: int) -> int | None:
        """The number itself if that part is not finished."""
        return None if self.folder.is_finished(*divmod(number, self.folder.layout.parts)) else number

    def _compute(self, study: task.Study, todo: "Todo", stop: Stop, tick: Callable, report: Callable) -> None:
        self.folder.clean(todo.points())
        if self.engine is not None:
            self.engine(self.folder.path, todo, lambda runs: (tick(runs), report())[1], stop)
            self.folder.clean(todo.points())  # what a lost worker was at
            return
        left = iter(todo.parts)  # taking the next of an array is atomic

        def work() -> None:
            while not stop and (part := next(left, None)) is not None:
                task.compute_part(study, *todo.named(part), lambda: stop, tick)

        on_threads(min(self.workers, max(1, len(todo))), work, stop, report)


class Todo(Sequence[Part]):
    """The parts (point, part) that are missing, in order; eight bytes each."""

    def __init__(self, parts_of_a_point: int) -> None:
        self.each, self.parts = parts_of_a_point, array("q")

    def named(self, number: int) -> Part:
        """A part by its number in the study."""
        return divmod(number, self.each)

    def points(self) -> Iterator[int]:
        """The points concerned, each once."""
        return (point for point, _ in itertools.groupby(self.parts, lambda number: number // self.each))

    def __len__(self) -> int:
        return len(self.parts)

    @overload
    def __getitem__(self, at: int) -> Part: ...
    @overload
    def __getitem__(self, at: slice) -> list[Part]: ...
    def __getitem__(self, at: int | slice) -> Part | list[Part]:
        return [self.named(one) for one in self.parts[at]] if isinstance(at, slice) else self.named(self.parts[at])

    def __iter__(self) -> Iterator[Part]:
        return map(self.named, self.parts)


def stored_design(path: Path) -> Design:
    """The design of a study's folder. StoreError if it is not there as it was written."""
    return read_asked(path, "design", from_document)
