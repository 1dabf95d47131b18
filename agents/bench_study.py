"""What a study costs beside its simulating, in a process of its own: python -m agents.bench_study 1000 100000

Prints one JSON object per number of runs of one point, summaries only. The numbers come smallest first, so that the
peak of memory after each is that of the largest so far: if it does not rise, memory is flat. Then a line says what
of a run's time is neither simulated nor summarised nor written, and the last how much more two workers do than one.
"""

import json
import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agents.bench_sweep import BASELINE, peak_rss_mb

YEARS = (2026,)  # of the long studies: neither how long a run takes nor the disk is part of the measurement
OVERHEAD_RUNS = 500
SHARED_POINTS, SHARED_RUNS, ROUNDS = 4, 500, 3  # of the study that one worker and two do in turn


def study_design(runs: int, years: tuple[int, ...], points: int = 1) -> Any:
    """So many points, each of them the baseline, summaries only, of these years (none: all)."""
    from sim.design import Design, Grid, Points
    from sim.outputs import DEFAULT_PANEL
    from sim.scenario import from_file

    base = from_file(BASELINE, run={"runs": runs, "years": len(years) or None})
    texts = ("bench", "", "")
    same, plan = (base,) * points, Points(Grid((), points))
    return Design(*texts, same, runs, 1, "grid", 0, (), plan, (), DEFAULT_PANEL, base.years)


def measure(
    runs: int, workers: int | None = None, years: tuple[int, ...] = YEARS, points: int = 1
) -> dict[str, Any]:  # fmt: skip
    """Seconds, peak of memory and bytes of a study with so many runs, written to a folder that is then removed."""
    from sim.baseline import load_world
    from sim.batch.study import run_study

    with tempfile.TemporaryDirectory(prefix="kommunesim-bench-") as folder:
        begin = time.perf_counter()
        out = run_study(study_design(runs, years, points), load_world(), folder, workers)
        seconds = time.perf_counter() - begin
        written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return {"runs": runs, "seconds": seconds, "peak_rss_mb": peak_rss_mb(), "written_mb": written / 2**20}


def overhead() -> dict[str, float]:
    """CPU milliseconds per run of one part: simulating and recording, summarising, writing, and the rest.

    All ten years and twelve outputs are summarised. The rest is what the program that hands out the work costs.
    """
    from sim.baseline import load_world
    from sim.batch import chunks, part, task
    from sim.kernel import fold
    from sim.store import study as store
    from sim.store.files import make_folder

    design, world = study_design(OVERHEAD_RUNS, ()), load_world()
    ruler = part.measure_ruler(design, world)
    clocks = {name: _Clock() for name in ("simulate", "summarise", "write")}
    watched = [
        (chunks, "run_chunk", "simulate"), (fold, "fold", "summarise"), (fold, "too_large", "summarise"),
        (part, "national_values", "summarise"), (part, "national_table", "write"), (part, "encode_tables", "write"),
        (store, "encode_arrays", "write"), (store, "write_file", "write"),
    ]  # fmt: skip
    real = [(module, name, getattr(module, name)) for module, name, _ in watched]
    with tempfile.TemporaryDirectory(prefix="kommunesim-bench-") as place:
        folder = store.StudyFolder(Path(place), task.layout_of(design, world), "bench")
        make_folder(folder.path / "points")
        try:
            for module, name, clock in watched:
                setattr(module, name, clocks[clock].watch(getattr(module, name)))
            begin = time.thread_time()
            task.compute_part(task.Study(design, world, folder, ruler), 0, 0)
            total = time.thread_time() - begin
        finally:
            for module, name, function in real:
                setattr(module, name, function)
    found = {name: 1e3 * clock.seconds / OVERHEAD_RUNS for name, clock in clocks.items()}
    return found | {"overhead": 1e3 * total / OVERHEAD_RUNS - sum(found.values())}


def two_workers(rounds: int = ROUNDS, runs: int = SHARED_RUNS) -> dict[str, float]:
    """Seconds of the same study, all years and everything written, by one worker and by two, and their ratio.

    Measured in turn; the shortest counts, for other work on the machine only ever adds.
    """
    took: dict[int, float] = {1: math.inf, 2: math.inf}
    for _ in range(rounds):
        for workers, before in took.items():
            took[workers] = min(before, measure(runs, workers, (), SHARED_POINTS)["seconds"])
    return {"seconds_one_worker": took[1], "seconds_two_workers": took[2], "two_worker_scaling": took[1] / took[2]}


class _Clock:
    """CPU seconds of the thread inside what is watched."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def watch(self, function: Callable) -> Callable:
        """The same function, timed."""

        def timed(*given: Any, **more: Any) -> Any:
            begin = time.thread_time()
            try:
                return function(*given, **more)
            finally:
                self.seconds += time.thread_time() - begin

        return timed


def main(arguments: list[str]) -> None:
    """One line of JSON per number of runs, after one of 1,000; then the overhead (the least of three), and workers."""
    measure(1000)  # compiled, and every thread has had its memory
    for runs in sorted(int(runs) for runs in arguments):
        print(json.dumps(measure(runs)), flush=True)
    print(json.dumps(min((overhead() for _ in range(3)), key=lambda found: found["overhead"])), flush=True)
    print(json.dumps(two_workers()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
