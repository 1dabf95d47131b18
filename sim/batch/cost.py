"""What a study will cost, found out by a short probe, and whether it fits this machine."""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.batch.chunks import Sweep
from sim.batch.part import CHUNK, simulate
from sim.batch.task import layout_of
from sim.design import Design
from sim.errors import UserError, printable
from sim.state import World
from sim.store.national import national_schema
from sim.store.panel import RUNS_PER_PART, Layout
from sim.store.study import RUNS_PER_RECORD, StudyLayout

ROOM = 0.9  # share of the free disk or memory that a study may take
BESIDE = 1.25  # summaries and writing, per second of simulating (docs/studies.md)
PART, PART_CELL = 0.015, 2.1e-6  # seconds, measured: of a part beside its runs; of it per output, year and unit
RECORD_CELL, SUMMARY_ROW = 100, 60  # bytes on the disk, measured: per output, year and unit; per row of summary.parquet
PACKED = 0.65  # of the bytes of floats, on the disk
START_MB = 350.0  # interpreter, libraries and compiled rules


@dataclass(frozen=True)
class Cost:
    """Of the whole study: runs, seconds on these workers, bytes on the disk and in memory."""

    points: int
    runs: int
    seconds: float
    disk: float
    memory: float
    workers: int

    def sentence(self) -> str:
        """For the user, before it starts."""
        minutes, seconds = divmod(max(1, round(self.seconds)), 60)
        hours, minutes = divmod(minutes, 60)
        shown = f"{hours} h {minutes} min" if hours else f"{minutes}:{seconds:02d} min"
        total = self.points * self.runs
        return (
            f"{self.points:,} points x {self.runs:,} runs = {total:,} runs: about {shown} with {self.workers} workers, "
            f"{_size(self.disk)} on the disk, {_size(self.memory)} of memory."
        )


def estimate(design: Design, world: World, workers: int) -> Cost:
    """The cost of the whole design; compiles the rules if that has not been done, and simulates a dozen runs."""
    layout, points = layout_of(design, world), len(design.points)
    seconds = seconds_of(layout, _probe(design, world, layout)) / workers
    return Cost(points, design.runs, seconds, disk_bytes(layout), memory_bytes(layout, workers), workers)


def seconds_of(layout: StudyLayout, per_run: float) -> float:
    """Seconds of one core that the study will take, roughly; per_run: of a run's simulating. Small points cost too."""
    beside = PART + PART_CELL * float(np.prod(layout.shape))
    return layout.points * (layout.runs * BESIDE * per_run + layout.parts * beside)


def disk_bytes(layout: StudyLayout) -> float:
    """Bytes that the study will take, roughly."""
    cells, runs = float(np.prod(layout.shape)), layout.points * layout.runs
    columns = len(national_schema(True).names)
    national = runs * len(layout.years) * 2 * columns * 8 * PACKED
    panel = runs * len(layout.units) * len(layout.years) * layout.panel * 4 * PACKED
    records = layout.points * layout.parts * cells * RECORD_CELL
    tables = layout.points * (cells * 9 * 4 + len(layout.years) * 2 * columns * SUMMARY_ROW)
    return national + panel + records + tables


def memory_bytes(layout: StudyLayout, workers: int) -> float:
    """Bytes of memory at the most, roughly: does not grow with runs or points."""
    from sim.kernel.fold import BINS

    cells = float(np.prod(layout.shape))
    runs = min(layout.runs, RUNS_PER_RECORD)
    buffer = min(layout.runs, RUNS_PER_PART) * cells * 4 * 2
    national = runs * len(layout.years) * 2 * 100 * 8 * 3
    return START_MB * 2**20 + workers * (buffer + cells * (BINS * 8 + 60) + national)


def check_fits(cost: Cost, folder: Path) -> None:
    """UserError naming what does not fit: disk or memory. What is in the folder already needs no room again."""
    out = folder.absolute()
    place = next(there for there in (out, *out.parents) if there.exists())
    stored = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) if place == out else 0
    free = shutil.disk_usage(place).free
    if cost.disk - stored > ROOM * free:
        needs = f"the study needs about {_size(cost.disk)} and {_size(free)} are free"
        raise UserError(
            f"{printable(folder, 200)}: {needs}, of which a tenth stays free; keep fewer "
            "years or outputs, ask for fewer points or runs, or choose another --out."
        )
    memory = free_memory()
    if memory is not None and cost.memory > ROOM * memory:
        raise UserError(
            f"the study needs about {_size(cost.memory)} of memory with {cost.workers} workers and {_size(memory)} are "
            "free; use fewer --workers, or summarise fewer outputs or years."
        )


def free_memory() -> float | None:
    """Bytes that this process may still take; None where that cannot be known."""
    found = []
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        found += [1024.0 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")]
        limit = Path("/sys/fs/cgroup/memory.max").read_text("ascii").strip()
        used = Path("/sys/fs/cgroup/memory.current").read_text("ascii").strip()
        found += [float(limit) - float(used)] if limit != "max" else []
    except (OSError, ValueError, IndexError):
        pass
    if not found and "SC_AVPHYS_PAGES" in os.sysconf_names:
        found = [float(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))]
    return min(found) if found else None


def _probe(design: Design, world: World, layout: StudyLayout) -> float:
    """CPU seconds of a run."""
    sweep = Sweep(design.bases[0], world, Layout(layout.outputs, layout.years, layout.units, design.runs), False)
    values = np.empty((*layout.shape[:2], CHUNK, layout.shape[2]), np.float32)
    times = []
    for first in range(0, 3 * CHUNK, CHUNK):
        begin = time.thread_time()
        simulate(sweep, range(first, first + CHUNK), values, lambda: False, lambda _: None)
        times.append((time.thread_time() - begin) / CHUNK)
    return min(times)


def _size(size: float) -> str:
    return f"{size / 2**30:.1f} GB" if size >= 2**30 else f"{max(1.0, size / 2**20):.0f} MB"
