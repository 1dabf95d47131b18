"""Four financial states of a kommune, and how kommuner move between them."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.quantity import unit_arrays

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import Results

STATES = ("healthy", "fund", "deficit", "robek")
NEEDS = ("netto_driftsresultat", "merforbruk", "robek")


def state_of(result: np.ndarray, deficit: np.ndarray, register: np.ndarray) -> np.ndarray:
    """Index into STATES, the worst that applies: registered; uncovered merforbruk at the end of the year; a
    netto driftsresultat below zero that reserves covered; none of these. Arrays of one shape."""
    state = np.where(result < 0.0, 1, 0)
    state = np.where(deficit > 0.0, 2, state)
    return np.where(register > 0.0, 3, state).astype(np.int8)


def has_states(results: "Results") -> bool:
    """True if the panel holds what the states are made of."""
    return set(NEEDS) <= set(results.outputs)


def states(results: "Results", units: list[str], most: int | None = None) -> np.ndarray:
    """(years, units, runs) int8, index into STATES; of the first `most` runs."""
    found = []
    for year in results.years:
        codes, read = unit_arrays(results, NEEDS, year, most)
        place = {code: at for at, code in enumerate(codes)}
        chosen = [place[unit] for unit in units]
        found.append(state_of(*(values[chosen] for values in read)))
    return np.array(found)


def flows(of: np.ndarray) -> np.ndarray:
    """(steps, 4, 4): mean number of units, over runs, that go from state i to state j between two rows.

    of: (years, units, runs), any rows of `states`.
    """
    n, runs = len(STATES), of.shape[2]
    pairs = of[:-1].astype(np.int64) * n + of[1:]
    return np.array([np.bincount(step.ravel(), minlength=n * n).reshape(n, n) / runs for step in pairs])


def shares(of: np.ndarray) -> np.ndarray:
    """(years, 4): mean number of units in each state."""
    return np.array([np.bincount(year.ravel(), minlength=len(STATES)) / of.shape[2] for year in of])


def transitions(of: np.ndarray) -> "pd.DataFrame":
    """Of those in a state (row), the share that is in each state (column) a year later; all years together."""
    import pandas as pd

    total = flows(of).sum(axis=0) if len(of) > 1 else np.zeros((len(STATES), len(STATES)))
    count = total.sum(axis=1, keepdims=True)
    share = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0.0)
    return pd.DataFrame(share, index=list(STATES), columns=list(STATES))
