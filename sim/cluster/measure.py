"""What a study costs, measured: `python -m sim.cluster.measure > docs/scaling.md` writes the page.

Processor time, not wall time, so that other work on the machine does not count.
"""

import dataclasses
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

YEARS, UNITS = 10, 372
NOTHING = 400  # tasks that do nothing, for the overhead of the scheduler
PANEL = ("netto_driftsresultat", "disposisjonsfond", "robek")


@dataclass(frozen=True)
class Measured:
    """Seconds of one core, and bytes."""

    part: float  # a part of 500 runs, summaries only
    panel: float  # more for a panel of three outputs
    tables: float  # the tables of a study, more per part
    rest: float  # all of a study of one part that is not its part
    task: float  # parent and scheduler, per task
    national: float  # bytes per run
    panel_row: float  # bytes per row (run, year, unit) of three outputs
    record: float  # bytes per part
    runs: int

    @property
    def million(self) -> float:
        """Core seconds per million agent-years."""
        return self.part / self.runs / (UNITS * YEARS) * 1e6


def measure(base: Path, place: Path) -> Measured:
    """Runs small studies of one point on one thread, and tasks that do nothing."""
    from sim.baseline import load_world
    from sim.batch.study import run_study
    from sim.design import read_design
    from sim.outputs import DEFAULT_PANEL
    from sim.store.study import RUNS_PER_RECORD

    def study(name: str, panel: str, runs: int) -> tuple[Path, float, float]:
        """The folder, processor seconds of its parts, and of all else."""
        file, computed = place / f"{name}.toml", []
        summary = ", ".join(f'"{output}"' for output in DEFAULT_PANEL)
        file.write_text(DESIGN.format(base=base, runs=runs, panel=panel, summary=summary), encoding="utf-8")
        begin = time.process_time()
        path = run_study(
            read_design(file), world, place / name, 1,
            engine=lambda folder, parts, tick, stop: computed.append(_seconds(folder, parts)),
        )  # fmt: skip
        return path, sum(computed), time.process_time() - begin - sum(computed)

    world = load_world()
    study("warm", "", 20)  # compiles
    runs = RUNS_PER_RECORD
    _, part, rest = study("plain", "", runs)
    _, parts, more = study("three", "", 3 * runs)
    kept, with_panel, _ = study("kept", ", ".join(f'"{name}"' for name in PANEL), runs)
    files = [file for file in kept.rglob("*") if file.is_file()]
    kinds = ("national", "panel", "record")
    size = {kind: sum(f.stat().st_size for f in files if f.name.startswith(kind)) for kind in kinds}
    part = min(part, parts / 3)
    return Measured(
        part, max(0.0, with_panel - part), max(0.0, (more - rest) / 2), rest, scheduler(),
        size["national"] / runs, size["panel"] / (runs * YEARS * UNITS), size["record"], runs,
    )  # fmt: skip


def _seconds(folder: Path, parts: Sequence[tuple[int, int]]) -> float:
    """Processor seconds of computing these parts here, one after the other."""
    from sim.batch import task

    begin = time.thread_time()
    for part in parts:
        task.compute(str(folder), *part)
    return time.thread_time() - begin


def scheduler(tasks: int = NOTHING) -> float:
    """Processor seconds of this process (client and scheduler) per task that does nothing, sent as parts are."""
    from sim.cluster.address import Address
    from sim.cluster.dask_engine import DaskEngine

    one = DaskEngine(Address("", ""), 1)
    with one.client() as client:
        client.submit(abs, -1, pure=False).result()
        ended = threading.Semaphore(0)
        begin = time.process_time()
        for at in range(tasks):
            future = client.submit(abs, -at, pure=False)
            future.add_done_callback(lambda _: ended.release())
            if at >= 4:
                ended.acquire()
        return (time.process_time() - begin) / tasks


DESIGN = """
[design]
scenarios = ["{base}"]
runs = {runs}
sampling = "grid"
years = 10
[outputs]
panel = [{panel}]
summary = [{summary}]
"""


def projection(m: Measured, cores: int, runs: int = 1_000_000) -> dict[str, float]:
    """Seconds of a study of so many runs (one point) on so many cores: parts, scheduler, tables; and bytes."""
    parts = -(-runs // m.runs)
    rounds = -(-parts // cores)
    return {
        "parts": rounds * m.part, "scheduler": parts * m.task, "tables": m.rest + (parts - 1) * m.tables,
        "national": runs * m.national, "panel": runs * YEARS * UNITS * m.panel_row, "records": parts * m.record,
        "used": parts / (rounds * cores), "tasks": parts,
    }  # fmt: skip


def main(write: Callable[[str], Any] = sys.stdout.write) -> None:
    """Measures and writes the page."""
    from sim.cache import use_kernel_cache
    from sim.cluster.scaling_page import page

    use_kernel_cache()
    base = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.toml"
    with tempfile.TemporaryDirectory(prefix="kommunesim-measure-") as place:
        m = measure(base, Path(place))
    print(dataclasses.asdict(m), file=sys.stderr)
    write(page(m))


if __name__ == "__main__":
    main()
