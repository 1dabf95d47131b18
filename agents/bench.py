"""`run.py bench`: how fast the kernel is, how near the floor of its own arithmetic, and what a sweep costs."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sim.errors import UserError
from sim.processors import processors

ROOT = Path(__file__).resolve().parents[1]
SIZES_QUICK, SIZES = (100, 1000), (100, 1000, 10_000)
STUDY_SIZES = (1000, 100_000)  # runs of a study of one point, summaries only: memory must not grow
FREE_DISK = 4 * 2**30  # bytes; the panel of 10,000 runs is a good 1 GB


def run_bench(quick: bool, as_json: bool) -> int:
    """Measures and prints, as a table or as one JSON object; returns the exit code.

    quick leaves out 10,000 runs (`seconds_10000_runs` is then null) and repeats less. UserError if there is too
    little room for temporary files, or a sweep fails.
    """
    if not quick and shutil.disk_usage(tempfile.gettempdir()).free < FREE_DISK:
        raise UserError("bench needs 4 GB free for temporary files; set TMPDIR to a larger disk or use --quick.")
    found = measure(quick)
    if as_json:
        print(json.dumps(found, indent=1))
    else:
        show(found)
    return 0


def measure(quick: bool) -> dict[str, Any]:
    """Everything that bench says, by key."""
    begin = time.perf_counter()
    _say("compiling the kernel, unless that is done")
    _compile()
    compiled = time.perf_counter() - begin
    _say("sweeps of the baseline, written to a temporary folder")
    lines = _child(*(str(size) for size in (SIZES_QUICK if quick else SIZES)))
    sweeps = [json.loads(line) for line in lines.splitlines()]
    _say("the compiled year and plain Mesa objects, in turn")
    from agents import bench_kernel

    found = bench_kernel.measure(3 if quick else 9, 2 if quick else 4, processors())
    seconds = {sweep["runs"]: sweep["seconds"] for sweep in sweeps}
    study = None if quick else _study()
    return {
        **found,
        "peak_rss_mb": max(sweep["peak_rss_mb"] for sweep in sweeps),
        "seconds_10000_runs": seconds.get(10_000),
        "sweeps": sweeps,
        "study": study,
        "cores": processors(),
        "seconds_compiling": compiled,
        "seconds": time.perf_counter() - begin,
    }


def _study() -> dict[str, Any]:
    """Memory of long studies, what a run costs beside its simulating, and what a second worker adds."""
    _say("studies of 1,000 and of 100,000 runs, summaries only; then one by one worker and by two")
    lines = _end(_start(*(str(size) for size in STUDY_SIZES), module="agents.bench_study")).splitlines()
    *sizes, per_run, workers = [json.loads(line) for line in lines]
    return {
        "sizes": sizes, "milliseconds_per_run": per_run,
        "memory_ratio": sizes[-1]["peak_rss_mb"] / sizes[0]["peak_rss_mb"], **workers,
    }  # fmt: skip


def _compile() -> None:
    """Half of the year in a process of its own, the other half and the start here meanwhile: it takes half as long.

    What else a sweep needs is compiled by one of two runs, so that no compiler is in the memory that is measured.
    """
    from agents.bench_compile import compile_autumn
    from sim.cache import use_kernel_cache

    use_kernel_cache()
    spring = _start("spring", module="agents.bench_compile")
    try:
        compile_autumn()
        from agents.model import KommuneModel

        KommuneModel()
    finally:
        _end(spring)
    _child()


def _start(*arguments: str, module: str = "agents.bench_sweep") -> subprocess.Popen:
    # no Mesa and no compiler in the process whose memory is measured
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _end(child: subprocess.Popen) -> str:
    try:
        out, errors = child.communicate()
    except BaseException:
        child.kill()
        child.wait()
        raise
    if child.returncode:
        why = errors.strip().splitlines()[-1:] or ["it was killed"]
        raise UserError(f"a sweep of the benchmark failed: {why[0]}")
    return out


def _child(*arguments: str) -> str:
    return _end(_start(*arguments))


def _say(text: str) -> None:
    print(f"bench: {text} …", file=sys.stderr, flush=True)


def show(found: dict[str, Any]) -> None:
    """Two tables: the kernel, and whole sweeps."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    kernel = Table(title="The compiled year", title_justify="left")
    kernel.add_column("what")
    kernel.add_column("value", justify="right")
    for words, value in _kernel_lines(found):
        kernel.add_row(words, value)
    console.print(kernel)
    sweeps = Table(title="Whole sweeps of the baseline, everything written", title_justify="left")
    for head in ("runs", "seconds", "agent-years per second", "peak memory MB", "written MB"):
        sweeps.add_column(head, justify="right")
    for one in found["sweeps"]:
        sweeps.add_row(
            f"{one['runs']:,}", f"{one['seconds']:.2f}", f"{one['agent_years_per_second']:,.0f}",
            f"{one['peak_rss_mb']:,.0f}", f"{one['written_mb']:,.0f}",
        )  # fmt: skip
    console.print(sweeps)
    if found["study"]:
        _show_study(console, found["study"])


def _show_study(console: Any, study: dict[str, Any]) -> None:
    for one in study["sizes"]:
        console.print(f"study of {one['runs']:,} runs: {one['seconds']:.1f} s, peak {one['peak_rss_mb']:,.0f} MB")
    parts = ", ".join(f"{name} {value:.3f}" for name, value in study["milliseconds_per_run"].items())
    console.print(f"memory of the longer over the shorter: {study['memory_ratio']:.2f}; ms per run: {parts}")
    console.print(f"the same study by two workers: {study['two_worker_scaling']:.2f} times as fast as by one")


def _kernel_lines(f: dict[str, Any]) -> list[tuple[str, str]]:
    scaling = f["two_thread_scaling"]
    return [
        ("agent-years per second per core", f"{f['agent_years_per_second_per_core']:,.0f}"),
        ("ns per agent-year", f"{f['ns_per_agent_year']:,.0f}"),
        ("times a plain Mesa model with the same results", f"{f['speedup_vs_plain_mesa']:,.0f}"),
        ("  agent-years per second of that model", f"{f['plain_mesa_agent_years_per_second']:,.0f}"),
        ("  largest relative difference between the two", f"{f['largest_relative_difference']:.1e}"),
        ("times one that draws from Python's own generator", f"{f['speedup_vs_plain_mesa_own_draws']:,.0f}"),
        ("work of two threads in the time of one", f"{scaling:.2f}" if scaling else "one core only"),
        ("draws per agent-year (of them made normal)",
         f"{f['draws_per_agent_year']:.1f} ({f['normals_per_agent_year']:.1f})"),
        ("ns per draw", f"{f['ns_per_draw']:.2f}"),
        ("share of the time that drawing alone takes", f"{f['share_of_arithmetic_floor']:.0%}"),
    ]  # fmt: skip
