"""The benchmark says what it promises to say. No test looks at how fast anything was."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from agents import bench, bench_kernel, bench_study, bench_sweep
from sim.errors import UserError
from sim.processors import processors

PROMISED = (
    "speedup_vs_plain_mesa", "agent_years_per_second_per_core", "two_thread_scaling", "ns_per_draw",
    "draws_per_agent_year", "peak_rss_mb",
)  # fmt: skip


STUDY = {
    "sizes": [{"runs": 1000, "seconds": 4.0, "peak_rss_mb": 300.0}], "memory_ratio": 1.02,
    "milliseconds_per_run": {"overhead": 0.04}, "two_worker_scaling": 1.9,
}  # fmt: skip


def sweep(runs: int) -> dict:
    """What a sweep of this size might have cost."""
    return {
        "runs": runs, "seconds": runs / 400, "peak_rss_mb": 300.0, "written_mb": runs / 9,
        "agent_years_per_second": 1e6,
    }  # fmt: skip


@pytest.fixture(scope="module")
def kernel() -> dict:
    """A real measurement, as short as can be."""
    return bench_kernel.measure(rounds=1, years=1, cores=2)


@pytest.fixture
def faked(monkeypatch, kernel):
    """The benchmark with sweeps that cost no time."""
    asked = []

    def child(*sizes: str) -> str:
        asked.append(sizes)
        return "\n".join(json.dumps(sweep(int(size))) for size in sizes)

    monkeypatch.setattr(bench.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**12))
    monkeypatch.setattr(bench, "_compile", lambda: None)
    monkeypatch.setattr(bench, "_study", lambda: STUDY)
    monkeypatch.setattr(bench, "_child", child)
    monkeypatch.setattr(bench_kernel, "measure", lambda rounds, years, cores: dict(kernel))
    return asked


@pytest.mark.parametrize("quick", [True, False])
def test_json_has_every_promised_key_and_10_000_runs_only_without_quick(quick, faked, capsys):
    assert bench.run_bench(quick, True) == 0
    found = json.loads(capsys.readouterr().out)
    for key in PROMISED:
        assert found[key] > 0, key
    assert found["seconds_10000_runs"] == (None if quick else 25.0)
    assert [one["runs"] for one in found["sweeps"]] == ([100, 1000] if quick else [100, 1000, 10_000])
    assert found["study"] == (None if quick else STUDY)
    assert faked == [("100", "1000") if quick else ("100", "1000", "10000")]


def test_the_table_shows_the_numbers(faked, kernel, capsys):
    assert bench.run_bench(True, False) == 0
    shown = capsys.readouterr().out
    assert f"{kernel['agent_years_per_second_per_core']:,.0f}" in shown
    assert f"{kernel['speedup_vs_plain_mesa']:,.0f}" in shown
    assert "1,000" in shown


def test_the_two_models_that_are_compared_did_the_same(kernel):
    assert kernel["largest_relative_difference"] <= 1e-9


def test_the_floor_is_the_draws_times_what_a_draw_costs(kernel):
    floor = kernel["draws_per_agent_year"] * kernel["ns_per_draw"]
    assert floor == pytest.approx(kernel["share_of_arithmetic_floor"] * kernel["ns_per_agent_year"])
    parts = kernel["draws_per_agent_year"] * kernel["ns_per_uniform"]
    assert floor == pytest.approx(parts + kernel["normals_per_agent_year"] * kernel["ns_per_normal"])
    assert 12.0 <= kernel["draws_per_agent_year"] <= 40.0


def test_every_round_starts_from_the_same_books():
    job = bench_kernel.Job(bench_kernel.KommuneModel(), 2)
    job.years()
    first = job.state.units.tobytes()
    job.back()
    assert job.state.units.tobytes() != first
    job.years()
    assert job.state.units.tobytes() == first
    assert job.agent_years == 2 * 372 * 10


def test_a_sweep_is_measured_with_all_it_writes():
    found = bench_sweep.measure(3)
    assert found["runs"] == 3
    assert found["written_mb"] > 0.1
    assert found["peak_rss_mb"] > 50.0
    assert found["agent_years_per_second"] == pytest.approx(3 * 372 * 10 / found["seconds"])


def test_a_child_that_fails_is_one_sentence():
    with pytest.raises(UserError, match=r"a sweep of the benchmark failed: .*invalid literal"):
        bench._child("many")


def test_too_little_disk_is_said_before_anything_is_measured(monkeypatch):
    monkeypatch.setattr(bench.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9))
    with pytest.raises(UserError, match="4 GB free"):
        bench.run_bench(False, True)


def test_the_process_whose_memory_is_measured_does_not_load_mesa(root):
    code = "import sys, agents.bench_sweep as b\nb.measure(1)\nassert 'mesa' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_a_study_is_measured_with_what_a_run_costs_beside_its_simulating(monkeypatch):
    monkeypatch.setattr(bench_study, "OVERHEAD_RUNS", 20)
    found = bench_study.measure(3)
    assert found["runs"] == 3 and found["written_mb"] > 0.05 and found["peak_rss_mb"] > 50.0
    parts = bench_study.overhead()
    assert set(parts) == {"simulate", "summarise", "write", "overhead"}
    assert all(value > 0.0 for value in parts.values())


def test_one_worker_and_two_do_the_same_study_in_turn(monkeypatch):
    asked, took = [], iter([9.0, 6.0, 8.0, 5.0])

    def measured(runs: int, workers: int, years: tuple, points: int) -> dict:
        asked.append((runs, workers, years, points))
        return {"seconds": next(took)}

    monkeypatch.setattr(bench_study, "measure", measured)
    found = bench_study.two_workers(rounds=2, runs=7)
    assert asked == [(7, 1, (), 4), (7, 2, (), 4)] * 2
    assert found == {"seconds_one_worker": 8.0, "seconds_two_workers": 5.0, "two_worker_scaling": 1.6}


def test_processors_are_counted_where_the_system_tells_and_where_it_does_not(monkeypatch) -> None:
    if hasattr(os, "sched_getaffinity"):
        assert processors() == len(os.sched_getaffinity(0))
        monkeypatch.delattr(os, "sched_getaffinity")
    assert processors() == os.cpu_count()
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
