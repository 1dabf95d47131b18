"""Measurements of one process: the compiled year, the same year as plain Mesa objects, the cost of chance.

Times are CPU seconds of the thread, which other work on the machine disturbs least; only the comparison of one
thread with two is by the clock. What is compared is measured in turn, and medians are reported.
"""

import statistics
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from agents.model import KommuneModel
from agents.plain import Chance
from agents.reference import PlainModel
from sim.batch.sweep import CHUNK
from sim.kernel.opening import open_books
from sim.kernel.rng import to_normals, uniforms
from sim.kernel.start import draw_start
from sim.kernel.step import step_year
from sim.state import State, new_state

DRAWS = 2_000_000
TOGETHER = 1000  # normals


@dataclass
class Job:
    """`runs` runs of the baseline, from opened books: what the kernel is timed on."""

    model: KommuneModel
    runs: int = CHUNK

    def __post_init__(self) -> None:
        model, runs = self.model, self.runs
        self.state = new_state(runs, len(model.world.units))
        self.rows = model.scenario.rows(0, runs)
        world, start, unit_cost, ages = model.world
        units, nation = self.state
        seed = model.seed
        draw_start(units, nation, world, start, unit_cost, ages, seed, 0, 1.0)
        open_books(units, nation, world, unit_cost, ages, self.rows[0], self._row(1), seed, 0)
        self.opened = State(units.copy(), nation.copy())
        self.agent_years = runs * len(world) * len(model.scenario.years)

    def _row(self, at: int) -> np.ndarray:
        return self.rows[min(at, len(self.rows) - 1)]

    def back(self) -> None:
        """To the opened books."""
        self.state.units[:], self.state.nation[:] = self.opened

    def years(self) -> None:
        """All years of all runs."""
        world, _, unit_cost, ages = self.model.world
        for at, year in enumerate(self.model.scenario.years):
            step_year(*self.state, world, unit_cost, ages, self.rows[at], self._row(at + 1), self.model.seed, 0, year)


def kernel_seconds(job: Job) -> float:
    """CPU seconds per agent-year of the compiled year."""
    job.back()
    begin = time.thread_time()
    job.years()
    return (time.thread_time() - begin) / job.agent_years


def plain_seconds(start: KommuneModel, chance: Chance, years: int) -> tuple[float, PlainModel]:
    """CPU seconds per agent-year of a plain Mesa model, and the model afterwards."""
    model = PlainModel(start, chance)
    begin = time.thread_time()
    for _ in range(years):
        model.step()
    return (time.thread_time() - begin) / (years * len(model.units)), model


def difference(plain: PlainModel, compiled: KommuneModel) -> float:
    """The largest relative difference between the states of the two in any column, year for year the same."""
    largest, state = 0.0, plain.state()
    for ours, theirs in ((state.units, compiled.state.units), (state.nation, compiled.state.nation)):
        for name in ours.dtype.names or ():
            scale = np.maximum(np.abs(theirs[name]), 1.0)
            largest = max(largest, float((np.abs(ours[name] - theirs[name]) / scale).max()))
    return largest


def two_threads(jobs: tuple[Job, Job]) -> float:
    """How many times the work of one thread two do in the same time."""

    def clock(*used: Job) -> float:
        for job in used:
            job.back()
        threads = [threading.Thread(target=job.years) for job in used]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - begin

    return (clock(jobs[0]) + clock(jobs[1])) / clock(*jobs)


@njit(cache=True, nogil=True)
def many_uniforms(blocks):
    """So many blocks of four uniforms of as many addresses."""
    total = 0.0
    for code in range(blocks):
        a, b, c, d = uniforms(1, 4, 7, code, 2026)
        total += a + b + c + d
    return total


@njit(cache=True, nogil=True)
def many_normals(numbers):
    """So many normals by inversion, a thousand at a time, from numbers spread over (0, 1)."""
    p, z, last, total = np.empty(TOGETHER), np.empty(TOGETHER), 0.5, 0.0
    for i in range(TOGETHER):
        last += 0.6180339887498949
        if last >= 1.0:
            last -= 1.0
        p[i] = last + 1e-12
    for _ in range(numbers // TOGETHER):
        to_normals(p, z)
        total += z[0]
    return total


def draw_seconds() -> tuple[float, float]:
    """CPU seconds of a block of four uniforms, and of turning one of them into a normal."""
    begin = time.thread_time()
    many_uniforms(DRAWS // 4)
    middle = time.thread_time()
    many_normals(DRAWS)
    return (middle - begin) / (DRAWS // 4), (time.thread_time() - middle) / DRAWS


def count_draws(start: KommuneModel, years: int) -> tuple[float, float]:
    """Blocks of four draws, and inversions to normals, per agent-year: counted as the plain rules make them."""
    model = PlainModel(start, "counted")
    for _ in range(years):
        model.step()
    agent_years = years * len(model.units)
    return model.rules.blocks / agent_years, model.rules.inversions / agent_years


def measure(rounds: int, years: int, cores: int) -> dict[str, Any]:
    """All of the above as the keys of `bench --json`; `years` of the plain model per round."""
    model = KommuneModel()
    jobs = Job(model), Job(model)
    many_uniforms(1)  # compiled before the clock runs
    many_normals(TOGETHER)
    names = ("kernel", "same_draws", "own_draws", "threads", "block", "normal")
    times: dict[str, list[float]] = {name: [] for name in names}
    off = 0.0
    for _ in range(rounds):
        times["kernel"].append(kernel_seconds(jobs[0]))
        seconds, plain = plain_seconds(KommuneModel(), "address", years)
        times["same_draws"].append(seconds)
        off = max(off, difference(plain, _after(years)))
        times["own_draws"].append(plain_seconds(KommuneModel(), "mersenne", years)[0])
        times["kernel"].append(kernel_seconds(jobs[1]))
        times["threads"].append(two_threads(jobs) if cores > 1 else 0.0)
        block, normal = draw_seconds()
        times["block"].append(block)
        times["normal"].append(normal)
    at = {name: statistics.median(found) for name, found in times.items()}
    blocks, inversions = count_draws(KommuneModel(), years)
    floor = blocks * at["block"] + inversions * at["normal"]
    return {
        "speedup_vs_plain_mesa": at["same_draws"] / at["kernel"],
        "speedup_vs_plain_mesa_own_draws": at["own_draws"] / at["kernel"],
        "plain_mesa_agent_years_per_second": 1.0 / at["same_draws"],
        "plain_mesa_own_draws_agent_years_per_second": 1.0 / at["own_draws"],
        "largest_relative_difference": off,
        "agent_years_per_second_per_core": 1.0 / at["kernel"],
        "ns_per_agent_year": 1e9 * at["kernel"],
        "two_thread_scaling": at["threads"] if cores > 1 else None,
        "draws_per_agent_year": 4.0 * blocks,
        "normals_per_agent_year": inversions,
        "ns_per_draw": 1e9 * floor / (4.0 * blocks),
        "ns_per_uniform": 1e9 * at["block"] / 4.0,
        "ns_per_normal": 1e9 * at["normal"],
        "share_of_arithmetic_floor": floor / at["kernel"],
    }


def _after(years: int) -> KommuneModel:
    model = KommuneModel()
    for _ in range(years):
        model.step()
    return model
