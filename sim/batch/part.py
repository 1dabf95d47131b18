"""The runs of a part: simulated, added to its summary, kept where the design says so.

A run that fails (an exception of the rules, a number that is not finite) is left out and recorded with its reason; the
other runs of its chunk are computed again without it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.batch import chunks
from sim.batch.chunks import Sweep, empty_piece
from sim.design import Design
from sim.errors import printable
from sim.outputs import select
from sim.state import State, World, new_state
from sim.store.files import StoreError
from sim.store.folder import Piece
from sim.store.national import NATIONAL_KEYS, national_schema, national_table, national_values
from sim.store.panel import RUNS_PER_PART, Layout, encode_runs, encode_tables, kommunenummer
from sim.store.sketch import RULER_RUNS, Ruler, empty_sketch, grid, make_ruler
from sim.store.study import RUNS_PER_RECORD, Record, StudyFolder

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 4  # runs per kernel call, as in a sweep
Stopped = Callable[[], object]
Tick = Callable[[int], None]


def simulate(
    sweep: Sweep, runs: range, values: np.ndarray, stopped: Stopped, tick: Tick
) -> tuple[Piece, dict[int, str]]:
    """Fills values (outputs, years, runs, units) float32; the sums and draws of the runs, and why some failed."""
    state = new_state(CHUNK, len(sweep.layout.units))
    piece, failed = empty_piece(sweep.layout, len(runs)), dict[int, str]()
    rows = sweep.scenario.rows(runs.start, len(runs))
    for at in range(0, len(runs), CHUNK):
        if stopped():
            break
        some = range(at, min(at + CHUNK, len(runs)))
        failed |= _attempt(sweep, state, runs.start, some, rows, values, piece)
        tick(len(some))
    failed |= _not_finite(sweep, runs.start, values, piece)
    return piece, failed


def _attempt(
    sweep: Sweep, state: State, first_run: int, some: range, rows: np.ndarray, values: np.ndarray, piece: Piece
) -> dict[int, str]:
    """Simulates some runs (counted from first_run) together or, if that fails, one by one."""
    at = slice(some.start, some.stop)
    room = State(state.units[: len(some)], state.nation[: len(some)])
    try:
        done = chunks.run_chunk(sweep, room, first_run + some.start, values[:, :, at], rows[:, at])
    except MemoryError:
        raise
    except Exception as problem:
        if len(some) == 1:
            values[:, :, at], piece.sums[at], piece.draws[at] = np.nan, 0.0, 0.0
            return {first_run + some.start: printable(f"{type(problem).__name__}: {problem}", 200)}
        alone = [_attempt(sweep, state, first_run, range(i, i + 1), rows, values, piece) for i in some]
        return {run: why for found in alone for run, why in found.items()}
    piece.sums[at], piece.draws[at] = done.sums, done.draws
    return {}


def _not_finite(sweep: Sweep, first_run: int, values: np.ndarray, piece: Piece) -> dict[int, str]:
    from sim.kernel.fold import too_large

    bad = (~np.isfinite(piece.sums).all(axis=(1, 2, 3))).astype(np.int8)
    too_large(values, grid(sweep.layout.outputs), bad)
    return {first_run + int(at): "a number that is not finite, or too large to be true" for at in np.flatnonzero(bad)}


def measure_ruler(design: Design, world: World) -> Ruler:
    """Where the bins lie: from the first runs of the design's first scenario, however many the design has."""
    units = tuple(kommunenummer(world.units["kode"], world.units["er_fylke"]))
    outputs = select(design.recorded)
    sweep = Sweep(design.bases[0], world, Layout(outputs, design.kept, units, RULER_RUNS), False)
    values = np.zeros((len(outputs), len(design.kept), RULER_RUNS, len(units)), np.float32)
    _, failed = simulate(sweep, range(RULER_RUNS), values, lambda: False, lambda _: None)
    good = np.array([run not in failed for run in range(RULER_RUNS)])
    return make_ruler(outputs, values[:, :, good] if good.any() else np.zeros_like(values))


class PartWork:
    """A part while it is computed; `kept` is what of it is stored already, `done` the next run."""

    def __init__(
        self, design: Design, world: World, folder: StudyFolder, ruler: Ruler, point: int, part: int,
        kept: Record | None,
    ) -> None:  # fmt: skip
        layout = folder.layout
        self.folder, self.ruler, self.point, self.part = folder, ruler, point, part
        shared = Layout(layout.outputs, layout.years, layout.units, layout.runs)
        self.sweep = Sweep(design.scenario(point), world, shared, False)
        self.first = self.done = part * RUNS_PER_RECORD
        self.sketch, self.failures = empty_sketch(layout.shape), dict[int, str]()
        self.files: dict[str, dict[str, Any]] = {}
        self.tables: list[pa.Table] = []
        if kept is not None and kept.sketch is not None:
            self.done, self.sketch, self.failures = kept.runs.stop, kept.sketch, dict(kept.failures)
            whole = self.done // RUNS_PER_PART
            self.files = {name: said for name, said in kept.files.items() if self._panel_number(name) < whole}
            self.tables = [read_table(folder.path / folder.name(point, "national", part))]

    def _panel_number(self, name: str) -> int:
        stem = Path(name).name.split(".")[0]
        return int(stem.split("-")[1]) if stem.startswith("panel") else RUNS_PER_RECORD * 10**6

    def add(self, runs: range, stopped: Stopped, tick: Tick) -> None:
        """Simulates these runs, of one panel file, and adds them."""
        from sim.kernel.fold import fold

        layout = self.folder.layout
        values = np.empty((layout.shape[0], layout.shape[1], len(runs), layout.shape[2]), np.float32)
        piece, failed = simulate(self.sweep, runs, values, stopped, tick)
        if stopped():
            return
        good = np.array([run not in failed for run in runs])
        ruler, sketch = self.ruler, self.sketch
        fold(
            values, good.astype(np.int8), ruler.scale, ruler.middle, ruler.half, sketch.counts, sketch.sums, sketch.ends
        )
        numbers = np.array(runs, np.int32)[good]
        columns = national_values(piece.sums[good], piece.draws[good])
        self.tables.append(national_table(numbers, layout.years, columns, self.point))
        if layout.panel:
            self._write_panel(values[: layout.panel, :, good], numbers)
        self.failures |= failed
        self.done = runs.stop

    def _write_panel(self, values: np.ndarray, runs: np.ndarray) -> None:
        """The panel file of these runs, after those of the same file that are stored."""
        layout, number = self.folder.layout, self.done // RUNS_PER_PART
        outputs, name = layout.outputs[: layout.panel], self.folder.name(self.point, "panel", number)
        if self.done % RUNS_PER_PART:
            before = read_table(self.folder.path / name)
            rows = np.unique(before.column("run").to_numpy())
            shape = (len(layout.years), len(rows), len(layout.units))
            stored = [before.column(output.name).to_numpy().reshape(shape) for output in outputs]
            values, runs = np.concatenate([np.array(stored), values], axis=2), np.concatenate([rows, runs])
        data = encode_runs(values, outputs, layout.years, layout.units, runs.astype(np.int32), self.point)
        self.files[name] = self.folder.write(name, data)

    def store(self) -> dict[str, dict[str, Any]]:
        """Writes the national table, then the record: the part is finished. The files of the part."""
        import pyarrow as pa

        folder = self.folder
        table = pa.concat_tables(self.tables).combine_chunks()
        name = folder.name(self.point, "national", self.part)
        self.files[name] = folder.write(name, encode_tables(national_schema(True), [table], ("point", *NATIONAL_KEYS)))
        runs = range(self.first, self.done)
        record = Record(self.point, self.part, runs, self.failures, dict(sorted(self.files.items())), self.sketch)
        written = folder.write_record(record)
        return record.files | {folder.name(self.point, "record", self.part): written}


def read_table(path: Path) -> "pa.Table":
    """A Parquet file whole, its checksums verified."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return file.read()
    except (OSError, pa.ArrowException):
        raise StoreError(f"{printable(path, 200)}: damaged; `resume` computes it anew.") from None
