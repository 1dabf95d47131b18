"""Short runs for tests: the embedded start, the kernel itself, nothing stored."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from sim import baseline
from sim.kernel import opening, start, step
from sim.params import default_rows
from sim.state import FIRST_YEAR, State, World, new_state


@cache
def world() -> World:
    """The embedded world, read once."""
    return baseline.load_world()


def opened(runs: int = 2, seed: int = 11, first_run: int = 0, spread: float = 1.0, **params: float) -> State:
    """Start accounts and the original budget of 2026."""
    w = world()
    state = new_state(runs, len(w.units))
    start.draw_start(state.units, state.nation, w.units, w.start, w.unit_cost, w.ages, seed, first_run, spread)
    rows = rows_with(1, runs, params)[0]
    opening.open_books(state.units, state.nation, w.units, w.unit_cost, w.ages, rows, rows, seed, first_run)
    return state


def rows_with(years: int, runs: int, params: dict[str, float]) -> np.ndarray:
    """Default rows (years, runs) with some parameters set for all of them."""
    rows = default_rows(list(range(FIRST_YEAR, FIRST_YEAR + years)), runs)
    for name, value in params.items():
        rows[name] = value
    return rows


def advance(state: State, years: int, seed: int = 11, first_run: int = 0, **params: float) -> Iterator[tuple]:
    """Step `state` in place, yielding (year, units before, state, rows of the year)."""
    w = world()
    rows = rows_with(years, len(state.nation), params)
    for index in range(years):
        before = state.units.copy()
        year = FIRST_YEAR + index
        following = rows[min(index + 1, years - 1)]
        step.step_year(
            state.units, state.nation, w.units, w.unit_cost, w.ages, rows[index], following, seed, first_run, year
        )
        yield year, before, state, rows[index]


def run(years: int = 3, runs: int = 2, seed: int = 11, first_run: int = 0, **params: float) -> State:
    """The state after `years` years."""
    state = opened(runs, seed, first_run, **params)
    for _ in advance(state, years, seed, first_run, **params):
        pass
    return state
