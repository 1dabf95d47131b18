"""Small histories of units: years of the compiled rules with parameters that move, and records of units by hand."""

import numpy as np

from sim.kernel import step
from sim.params import default_rows
from sim.state import FIRST_YEAR, STATE_DTYPE, State
from tests.simulate import opened, rows_with, world

N = 357
RUNS = 6
OTHERS = ("skole_sperre_til",)  # dates that a calendar sets before anything happens


def history(years: int, runs: int = RUNS, start: State | None = None, **params) -> list[np.ndarray]:
    """Units (runs, 372) at the end of each year; a parameter is a number, or a dict {year: from then on}."""
    w = world()
    always = {name: value for name, value in params.items() if not isinstance(value, dict)}
    rows = rows_with(years + 1, runs, always)  # the last year announces what comes after it
    for name, by_year in params.items():
        if isinstance(by_year, dict):
            for year, value in sorted(by_year.items()):
                rows[name][year - FIRST_YEAR :] = value
    state = opened(runs, **always) if start is None else State(start.units.copy(), start.nation.copy())
    found = []
    for at in range(years):
        step.step_year(*state, w.units, w.unit_cost, w.ages, rows[at], rows[at + 1], 11, 0, FIRST_YEAR + at)
        found.append(state.units.copy())
    return found


def same(a: np.ndarray, b: np.ndarray, but: tuple[str, ...] = ()) -> bool:
    return all(np.array_equal(a[name], b[name]) for name in STATE_DTYPE.names or () if name not in but)


def q_with(**values: float) -> np.void:
    row = default_rows([2027])[0]
    for name, value in values.items():
        row[name] = value
    return row[0]


def unit(**values: float) -> np.void:
    record = np.zeros(1, STATE_DTYPE)
    for name, value in values.items():
        record[name] = value
    return record[0]
