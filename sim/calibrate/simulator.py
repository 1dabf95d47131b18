"""From parameter sets to moments: the same runs, the same chance for every set; on threads."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from sim.calibrate import moments
from sim.calibrate.priors import NAMES
from sim.state import State, World


class Simulator(Protocol):
    """What a wave needs: how many moments, and mean and spread over runs of the moments of a set."""

    moments: int

    def evaluate(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]: ...


class Backtest:
    """Simulates 2024 and 2025 for a vector of parameters. The start is drawn once: paired chance."""

    def __init__(self, runs: int, seed: int) -> None:
        from sim.batch.walk import drawn
        from sim.validate.backtest import world

        self.runs, self.seed = runs, seed
        self.world: World = world()
        self.start = drawn(self.world, runs, seed)
        self.moments = len(moments.MOMENTS)

    def evaluate(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation over runs of each moment, (moments,)."""
        from sim.validate.backtest import YEARS, backtest_rows
        from sim.validate.paths import follow

        rows = backtest_rows(self.runs, dict(zip(NAMES, vector, strict=True)))
        state = State(self.start.units.copy(), self.start.nation.copy())
        found = moments.measure(follow(self.world, state, rows, self.seed, YEARS))
        return found.mean(axis=1), found.std(axis=1)


Evaluate = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
