"""Runs kept in memory: start accounts, opening, and year after year. What facts and calibration are measured on."""

from collections.abc import Iterator

import numpy as np

from sim.state import FIRST_YEAR, State, World, new_state


def first_year(world: World) -> int:
    """The first simulated accounts year of this World: 2026, or earlier in a backtest."""
    return FIRST_YEAR - int(world.start["tidligere_start"][0])


def drawn(world: World, runs: int, seed: int, first_run: int = 0, spread: float = 1.0) -> State:
    """The start accounts of runs first_run, first_run + 1, ...: the same for every set of parameters."""
    from sim.kernel.start import draw_start

    state = new_state(runs, len(world.units))
    w = world
    draw_start(state.units, state.nation, w.units, w.start, w.unit_cost, w.ages, seed, first_run, spread)
    return state


def walk(world: World, state: State, rows: np.ndarray, seed: int, first_run: int = 0) -> Iterator[int]:
    """Opens the books of `state` and steps it in place, yielding each year after it is done.

    rows (years, runs) of ROW_DTYPE from the World's first year; after the last the same law goes on.
    """
    from sim.kernel.opening import open_books
    from sim.kernel.step import step_year

    fixed = (world.units, world.unit_cost, world.ages)
    following = [*rows[1:], rows[-1]]
    open_books(state.units, state.nation, *fixed, rows[0], rows[0], seed, first_run)
    for index, row in enumerate(rows):
        year = first_year(world) + index
        step_year(state.units, state.nation, *fixed, row, following[index], seed, first_run, year)
        yield year
