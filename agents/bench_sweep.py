"""Whole sweeps, timed in a process of their own: python -m agents.bench_sweep 100 1000

Prints one JSON object per size. The sizes run one after the other, smallest first, so that the peak of memory after
each is that of the largest so far: if it does not rise, memory is flat.
"""

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).resolve().parents[1] / "scenarios" / "baseline.toml"


def peak_rss_mb() -> float:
    """The most memory this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def measure(runs: int, workers: int | None = None) -> dict[str, Any]:
    """Seconds of a sweep of the baseline with so many runs, everything written, to a folder that is then removed."""
    from sim.baseline import load_world
    from sim.batch import run
    from sim.scenario import from_file

    scenario = replace(from_file(BASELINE), runs=runs)
    with tempfile.TemporaryDirectory(prefix="kommunesim-bench-") as folder:
        begin = time.perf_counter()
        out = run(scenario, load_world(), folder, workers)
        seconds = time.perf_counter() - begin
        written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    agent_years = runs * len(scenario.years) * len(load_world().units)
    return {
        "runs": runs, "seconds": seconds, "peak_rss_mb": peak_rss_mb(), "written_mb": written / 2**20,
        "agent_years_per_second": agent_years / seconds,
    }  # fmt: skip


def main(arguments: list[str]) -> None:
    """One line of JSON per size, after a sweep of two runs, by which everything is compiled."""
    measure(2)
    for size in sorted(int(size) for size in arguments):
        print(json.dumps(measure(size)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
